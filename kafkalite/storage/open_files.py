"""The shared file descriptors of all partitions of one directory.

A broker may have many thousands of partitions, a process only a limited number of descriptors: handles are opened on
use, and at the limit the least recently used ones (by second chance) are closed.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from kafkalite.model.limits import SEGMENT_PREALLOCATION_START_BYTES

if TYPE_CHECKING:
    from kafkalite.storage.append import PendingAppend
    from kafkalite.system.files import FileHandle, Files


class OpenFile:
    """A file, open or not, with the state that the storage keeps in memory.

    Attributes:
        size: the logical end, at which appends begin.
        allocated: end of the allocated space; less than `size` if the next append has to check it first.
        allocates_from: an append that ends before it allocates no space ahead.
        is_torn: whether a failed append may have left bytes at the end.
        handle: None while closed. `OpenFiles.handle` opens it.
        is_recent: set by every use; the limit spares such a handle once.
        pending: the write of another thread through the handle, which must stay open; None for none.
        is_gone: whether the file was removed or its store closed, so that the path may belong to another file.
    """

    __slots__ = (
        "allocated",
        "allocates_from",
        "handle",
        "is_gone",
        "is_recent",
        "is_torn",
        "path",
        "pending",
        "size",
    )

    def __init__(self, path: str, size: int) -> None:
        self.path = path
        self.size = size
        self.allocated = size
        self.handle: FileHandle | None = None
        self.is_recent = False
        self.pending: PendingAppend | None = None
        self.is_gone = False
        self.is_torn = False
        self.allocates_from = SEGMENT_PREALLOCATION_START_BYTES


class OpenFiles:
    """The open handles, limited in number.

    Args:
        files: the disk.
        max_count: limit of open handles, at least 1.
    """

    __slots__ = ("_files", "_max_count", "_open")

    def __init__(self, files: Files, max_count: int) -> None:
        self._files = files
        self._max_count = max_count
        self._open: deque[OpenFile] = deque()

    def handle(self, file: OpenFile, *, create: bool = False) -> FileHandle:
        """Return the open handle of `file`, closing another file's handle at the limit."""
        file.is_recent = True
        handle = file.handle
        if handle is None:
            if len(self._open) >= self._max_count:
                self._close_one()
            handle = file.handle = self._files.open(file.path, create=create)
            self._open.append(file)
        return handle

    def open_new(self, path: str, *, create: bool) -> OpenFile:
        """Open a file that is not in use; its size is that on the disk."""
        file = OpenFile(path, 0)
        file.size = file.allocated = self.handle(file, create=create).size()
        return file

    def close(self, file: OpenFile) -> None:
        """Close the handle of `file`, if it is open."""
        handle, file.handle = file.handle, None
        if handle is not None:
            self._open.remove(file)
            handle.close()

    def let_go(self, file: OpenFile) -> None:
        """Close a file and mark it as gone, so that a late reader does not open another file under its path."""
        file.is_gone = True
        self.close(file)

    def _close_one(self) -> None:
        """Close the least recently used handle; none if all are pinned, which exceeds the limit for a moment."""
        files = self._open
        for _ in range(2 * len(files)):
            file = files.popleft()
            if not (file.is_recent or file.pending is not None):
                handle, file.handle = file.handle, None
                if handle is not None:
                    handle.close()
                return
            file.is_recent = False
            files.append(file)
