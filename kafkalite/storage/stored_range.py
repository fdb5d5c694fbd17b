"""A range of a stored file, which is read when it is sent and not when it is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.model.exceptions import StorageFault

if TYPE_CHECKING:
    from kafkalite.storage.open_files import OpenFile, OpenFiles
    from kafkalite.system.files import FileHandle


class StoredRange:
    """Bytes of one file, which must have been appended before the creation of the range.

    The file may be renamed meanwhile. After a removal of the file or its partition the range is unreadable, since its
    name may belong to another file.

    Args:
        open_files: reopens the file if it was closed.
        position: start of the range, in bytes.
        size: size of the range, in bytes.
    """

    __slots__ = ("_file", "_open_files", "_position", "_size")

    def __init__(self, open_files: OpenFiles, file: OpenFile, position: int, size: int) -> None:
        self._open_files = open_files
        self._file = file
        self._position = position
        self._size = size

    def __len__(self) -> int:
        """Return the size in bytes."""
        return self._size

    def read(self, position: int, size: int) -> bytes:
        """Return exactly `size` bytes from a position within the range.

        Raises:
            StorageFault: the disk failed, or the file has been removed or cut.
        """
        data = self._handle().read_at(self._position + position, size)
        if len(data) != size:
            reason = f"{len(data)} bytes at {self._position + position} where {size} were written"
            raise StorageFault("read", self._file.path, reason)
        return data

    def descriptor(self) -> tuple[int, int] | None:
        """Return (descriptor, position of the range in it), or None if the storage has no descriptors.

        The descriptor is valid until the next call of any store of the directory.

        Raises:
            StorageFault: the file has been removed or cannot be opened.
        """
        descriptor = self._handle().descriptor()
        return None if descriptor is None else (descriptor, self._position)

    def _handle(self) -> FileHandle:
        file = self._file
        if file.is_gone:
            raise StorageFault("read", file.path, "the file was removed while it was being sent")
        return file.handle or self._open_files.handle(file)
