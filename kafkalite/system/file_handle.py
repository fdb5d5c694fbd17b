"""An open file of the machine's disk, read and written by position; every failure is a StorageFault with its path."""

from __future__ import annotations

import os
from os import fsync
from typing import TYPE_CHECKING, cast

from kafkalite.model.exceptions import StorageFault

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    Buffer: TypeAlias = bytes | bytearray | memoryview

_allocate = getattr(os, "posix_fallocate", None)
_flush_data = getattr(os, "fdatasync", fsync)
_read = cast("Callable[[int, int, int], bytes]", getattr(os, "pread", None))
_write = cast("Callable[[int, Buffer, int], int]", getattr(os, "pwrite", None))


class SystemFileHandle:
    """A file descriptor; made by `SystemFiles.open` alone."""

    __slots__ = ("_descriptor", "_path")

    def __init__(self, descriptor: int, path: str) -> None:
        self._descriptor = descriptor
        self._path = path

    def write_at(self, position: int, buffer: Buffer) -> None:
        """Write all of `buffer` (one byte per element) at `position`."""
        try:
            written = _write(self._descriptor, buffer, position)
            if written != len(buffer):
                self._write_rest(position + written, memoryview(buffer)[written:])
        except OSError as error:
            raise StorageFault("write", self._path, error) from error

    def _write_rest(self, position: int, rest: memoryview) -> None:
        while len(rest):
            written = _write(self._descriptor, rest, position)
            position += written
            rest = rest[written:]

    def read_at(self, position: int, size: int) -> bytes:
        """Return up to `size` bytes from `position`."""
        try:
            data = _read(self._descriptor, size, position)
            if 0 < len(data) < size:
                data = self._read_rest(position, size, data)
        except OSError as error:
            raise StorageFault("read", self._path, error) from error
        return data

    def _read_rest(self, position: int, size: int, start: bytes) -> bytes:
        parts = [start]
        got = len(start)
        while got < size:
            part = _read(self._descriptor, size - got, position + got)
            if not part:
                break
            parts.append(part)
            got += len(part)
        return b"".join(parts) if len(parts) > 1 else start

    def size(self) -> int:
        """Return the size of the file."""
        try:
            return os.fstat(self._descriptor).st_size
        except OSError as error:
            raise StorageFault("stat", self._path, error) from error

    def allocate(self, size: int) -> None:
        """Allocate disk space for the file up to `size`; do nothing on file systems that cannot."""
        if _allocate is None:
            return
        try:
            _allocate(self._descriptor, 0, size)
        except OSError as error:
            from errno import EINVAL, ENOSYS, EOPNOTSUPP

            if error.errno not in (EINVAL, ENOSYS, EOPNOTSUPP):
                raise StorageFault("allocate", self._path, error) from error

    def truncate(self, size: int) -> None:
        """Truncate the file to `size` bytes."""
        try:
            os.ftruncate(self._descriptor, size)
        except OSError as error:
            raise StorageFault("truncate", self._path, error) from error

    def flush(self) -> None:
        """Flush data and the metadata needed to read it back."""
        try:
            _flush_data(self._descriptor)
        except OSError as error:
            raise StorageFault("flush", self._path, error) from error

    def close(self) -> None:
        """Close the descriptor."""
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor < 0:
            return
        try:
            os.close(descriptor)
        except OSError as error:
            raise StorageFault("close", self._path, error) from error

    def descriptor(self) -> int | None:
        """Return the file descriptor."""
        return self._descriptor
