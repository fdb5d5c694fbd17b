"""The disk door: named files and directories, every failure a StorageFault that names its path.

Paths are plain strings with ``/`` between their parts. Positions and sizes are bytes. Nothing here depends on Kafka,
and nothing maps files into memory: writing into allocated space and reading by position is as fast and never faults.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from os import fsync
from os import open as open_descriptor
from typing import TYPE_CHECKING, Protocol

from kafkalite.model.exceptions import StorageFault
from kafkalite.system.file_handle import SystemFileHandle

if TYPE_CHECKING:
    from kafkalite.model.buffers import Buffer


TEMPORARY_SUFFIX = ".tmp"
"""The suffix of the file that `write_atomically` writes first. Source: org.apache.kafka CheckpointFile."""


class Lock(Protocol):
    """A held lock file."""

    def release(self) -> None:
        """Release the lock and keep the file; do nothing the second time."""
        ...


class FileHandle(Protocol):
    """One open file, read and written by position."""

    def write_at(self, position: int, buffer: Buffer) -> None:
        """Write all of `buffer` at `position`, extending the file if needed.

        Raises:
            StorageFault: the write failed.
        """
        ...

    def read_at(self, position: int, size: int) -> bytes:
        """Return up to `size` bytes from `position`; fewer, down to none, only at the end of the file."""
        ...

    def size(self) -> int:
        """Return the size of the file, allocated space included."""
        ...

    def allocate(self, size: int) -> None:
        """Allocate disk space for the file up to `size` (its new size), if the system can; else do nothing."""
        ...

    def truncate(self, size: int) -> None:
        """Truncate the file to `size` bytes."""
        ...

    def flush(self) -> None:
        """Flush: on return, the written bytes survive a power loss."""
        ...

    def close(self) -> None:
        """Close the descriptor; do nothing the second time."""
        ...

    def descriptor(self) -> int | None:
        """Return the system's file descriptor for sendfile, or None if there is none."""
        ...


class Files(Protocol):
    """The operations on paths. All raise StorageFault."""

    def open(self, path: str, *, create: bool = True) -> FileHandle:
        """Open `path` for reading and writing; without `create` a missing file is a fault."""
        ...

    def read(self, path: str) -> bytes:
        """Return the whole file."""
        ...

    def write_atomically(self, path: str, data: Buffer, *, durable: bool = True) -> None:
        """Replace the file by `data`: every reader, even after a crash, sees all of the old or of the new content.

        Args:
            durable: on return, the new content also survives a power loss (file and directory are flushed).
        """
        ...

    def exists(self, path: str) -> bool:
        """Return whether a file or directory exists."""
        ...

    def is_directory(self, path: str) -> bool:
        """Return whether a directory exists."""
        ...

    def list_directory(self, path: str) -> list[str]:
        """Return the names in a directory, in no order."""
        ...

    def make_directory(self, path: str) -> None:
        """Create the directory and its parents; existing ones are no fault."""
        ...

    def rename(self, old_path: str, new_path: str) -> None:
        """Move a file or directory within one file system, replacing an existing file."""
        ...

    def remove(self, path: str) -> None:
        """Remove a file; a missing one is no fault."""
        ...

    def remove_tree(self, path: str) -> None:
        """Remove a directory with its content; a missing one is no fault."""
        ...

    def size(self, path: str) -> int:
        """Return the size of a file."""
        ...

    def modified_ms(self, path: str) -> int | None:
        """Return the wall clock of the last write to a file, None where files have no times."""
        ...

    def flush_directory(self, path: str) -> None:
        """Flush a directory: added and removed names survive a power loss, if the system supports it."""
        ...

    def flush_all(self, path: str) -> None:
        """Flush everything below the directory `path`: on return, all data and names survive a power loss."""
        ...

    def lock(self, path: str) -> Lock:
        """Take the lock file `path` for this process.

        Raises:
            StorageFault: another process holds it.
        """
        ...

    def free_bytes(self, path: str) -> int:
        """Return the free space of an ordinary user on the file system of `path`."""
        ...

    def total_bytes(self, path: str) -> int:
        """Return the total size of the file system of `path`."""
        ...


# ---- the real disk -------------------------------------------------------------------------------------------------

_OPEN_FLAGS = os.O_RDWR | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_has_positional_calls = hasattr(os, "pread") and hasattr(os, "pwrite")


class SystemFiles:
    """The disk of the machine."""

    __slots__ = ()

    def open(self, path: str, *, create: bool = True) -> SystemFileHandle:
        """Open `path` for reading and writing."""
        try:
            descriptor = open_descriptor(path, _OPEN_FLAGS | (os.O_CREAT if create else 0), 0o644)
        except OSError as error:
            raise StorageFault("open", path, error) from error
        if _has_positional_calls:
            return SystemFileHandle(descriptor, path)
        from kafkalite.system.seeking_file_handle import SeekingFileHandle  # needed on few systems

        return SeekingFileHandle(descriptor, path)

    def read(self, path: str) -> bytes:
        """Return the whole file."""
        try:
            with open(path, "rb", buffering=0) as file:
                return file.read()
        except OSError as error:
            raise StorageFault("read", path, error) from error

    def write_atomically(self, path: str, data: Buffer, *, durable: bool = True) -> None:
        """Write beside `path`, flush, and rename over it."""
        temporary_path = path + TEMPORARY_SUFFIX
        try:
            with open(temporary_path, "wb", buffering=0) as file:
                rest = memoryview(data)
                while len(rest):
                    rest = rest[file.write(rest) or 0 :]
                if durable:
                    fsync(file.fileno())
            os.replace(temporary_path, path)
        except OSError as error:
            with suppress(OSError):  # on a full disk it would occupy the space
                os.unlink(temporary_path)
            raise StorageFault("replace", path, error) from error
        if durable:
            self.flush_directory(os.path.dirname(path) or ".")

    def exists(self, path: str) -> bool:
        """Return whether a file or directory exists."""
        return os.path.exists(path)

    def is_directory(self, path: str) -> bool:
        """Return whether a directory exists."""
        return os.path.isdir(path)

    def list_directory(self, path: str) -> list[str]:
        """Return the names in a directory."""
        try:
            return os.listdir(path)
        except OSError as error:
            raise StorageFault("list", path, error) from error

    def make_directory(self, path: str) -> None:
        """Create the directory and its parents."""
        try:
            os.makedirs(path, exist_ok=True)
        except OSError as error:
            raise StorageFault("make directory", path, error) from error

    def rename(self, old_path: str, new_path: str) -> None:
        """Move a file, replacing an existing one, or a directory."""
        try:
            os.replace(old_path, new_path)
        except OSError as error:
            raise StorageFault("rename", old_path, error) from error

    def remove(self, path: str) -> None:
        """Remove a file if it exists."""
        try:
            os.unlink(path)
        except FileNotFoundError:
            pass
        except OSError as error:
            raise StorageFault("remove", path, error) from error

    def remove_tree(self, path: str) -> None:
        """Remove a directory with its content if it exists."""
        try:
            for directory, _, names in os.walk(path, topdown=False):
                for name in names:
                    os.unlink(f"{directory}/{name}")
                os.rmdir(directory)
        except OSError as error:
            raise StorageFault("remove", path, error) from error

    def size(self, path: str) -> int:
        """Return the size of a file."""
        try:
            return os.stat(path).st_size
        except OSError as error:
            raise StorageFault("stat", path, error) from error

    def modified_ms(self, path: str) -> int | None:
        """Return the time of the last write to a file."""
        try:
            return os.stat(path).st_mtime_ns // 1_000_000
        except OSError as error:
            raise StorageFault("stat", path, error) from error

    def flush_directory(self, path: str) -> None:
        """Flush the names of a directory; Windows has no such operation and needs none."""
        if os.name == "nt":
            return
        try:
            descriptor = open_descriptor(path, os.O_RDONLY)
            try:
                fsync(descriptor)
            finally:
                os.close(descriptor)
        except OSError as error:
            raise StorageFault("flush", path, error) from error

    def flush_all(self, path: str) -> None:
        """Flush all file systems in one call if the system waits for its end, else file by file."""
        if sys.platform == "linux":
            os.sync()
            return
        try:
            for directory, _, names in os.walk(path):
                for name in names:
                    descriptor = open_descriptor(f"{directory}/{name}", _OPEN_FLAGS)
                    try:
                        fsync(descriptor)
                    finally:
                        os.close(descriptor)
                self.flush_directory(directory)
        except OSError as error:
            raise StorageFault("flush", path, error) from error

    def lock(self, path: str) -> Lock:
        """Take a lock that other processes see, Apache Kafka's among them."""
        from kafkalite.system.lock_file import LockFile

        return LockFile(path)

    def free_bytes(self, path: str) -> int:
        """Return the free space of an ordinary user."""
        try:
            if hasattr(os, "statvfs"):
                status = os.statvfs(path)
                return status.f_bavail * status.f_frsize
            from shutil import disk_usage

            return disk_usage(path).free
        except OSError as error:
            raise StorageFault("stat", path, error) from error

    def total_bytes(self, path: str) -> int:
        """Return the size of the whole file system."""
        try:
            if hasattr(os, "statvfs"):
                status = os.statvfs(path)
                return status.f_blocks * status.f_frsize
            from shutil import disk_usage

            return disk_usage(path).total
        except OSError as error:
            raise StorageFault("stat", path, error) from error
