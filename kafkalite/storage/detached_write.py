"""One write to the logical end of a file, cut so that its slow part may run in another thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.model.exceptions import StorageFault

if TYPE_CHECKING:
    from collections.abc import Callable

    from kafkalite.storage.open_files import OpenFile
    from kafkalite.system.files import Buffer, FileHandle


class DetachedWrite:
    """A write that has begun; made by `PartitionStore.begin_append`. Until it is complete nothing else may be appended
    to the file, nor may the file be truncated, sealed, renamed or closed; reading goes on.

    Attributes:
        position: where the bytes go.
    """

    __slots__ = ("_append_again", "_buffer", "_cut_torn_tail", "_fault", "_file", "_handle", "position")

    def __init__(
        self,
        file: OpenFile,
        handle: FileHandle,
        buffer: Buffer,
        cut_torn_tail: Callable[[OpenFile], None],
        append_again: Callable[[OpenFile, Buffer, StorageFault], None],
    ) -> None:
        self.position = file.size
        self._file = file
        self._handle = handle
        self._buffer = buffer
        self._cut_torn_tail = cut_torn_tail
        self._append_again = append_again
        self._fault: StorageFault | None = None
        file.is_pinned = True

    def run(self) -> None:
        """Write; may run in any thread, once. Never raises: whatever it met, the bytes are not known to be there."""
        try:
            self._handle.write_at(self.position, self._buffer)
        except StorageFault as fault:
            self._fault = fault
        except Exception as bug:
            self._fault = StorageFault("write", f"position {self.position}", repr(bug))

    def complete(self) -> None:
        """Make the bytes part of the file, where the store is used; raises the StorageFault that `run` met,
        unless it was a lack of space that others could give back."""
        file = self._file
        file.is_pinned = False
        if self._fault is not None:
            self._cut_torn_tail(file)
            self._append_again(file, self._buffer, self._fault)
        file.size = self.position + len(self._buffer)
        file.is_recent = True
