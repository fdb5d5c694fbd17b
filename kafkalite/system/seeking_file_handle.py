"""An open file on a system that reads and writes only at the position of the descriptor, as Windows does.

The position belongs to the descriptor, which the loop and the disk thread share: a lock makes the seek and the
following operation atomic.
"""

from __future__ import annotations

import os
from threading import Lock
from typing import TYPE_CHECKING

from kafkalite.model.exceptions import StorageFault
from kafkalite.system.file_handle import SystemFileHandle

if TYPE_CHECKING:
    from kafkalite.model.buffers import Buffer


class SeekingFileHandle(SystemFileHandle):
    """A file descriptor without positional calls; made by `SystemFiles.open` alone."""

    __slots__ = ("_lock",)

    def __init__(self, descriptor: int, path: str) -> None:
        super().__init__(descriptor, path)
        self._lock = Lock()

    def write_at(self, position: int, buffer: Buffer) -> None:
        """Write all of `buffer` (one byte per element) at `position`."""
        rest = memoryview(buffer)
        try:
            with self._lock:
                os.lseek(self._descriptor, position, os.SEEK_SET)
                while len(rest):
                    rest = rest[os.write(self._descriptor, rest) :]
        except OSError as error:
            raise StorageFault("write", self._path, error) from error

    def read_at(self, position: int, size: int) -> bytes:
        """Return up to `size` bytes from `position`."""
        parts: list[bytes] = []
        try:
            with self._lock:
                os.lseek(self._descriptor, position, os.SEEK_SET)
                while size > 0:
                    part = os.read(self._descriptor, size)
                    if not part:
                        break
                    parts.append(part)
                    size -= len(part)
        except OSError as error:
            raise StorageFault("read", self._path, error) from error
        return b"".join(parts)
