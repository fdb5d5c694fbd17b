"""A disk in memory: for `--data memory` and for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.model.exceptions import StorageFault

if TYPE_CHECKING:
    from kafkalite.model.buffers import Buffer

UNBOUNDED_FREE_BYTES = 1 << 50
"""The free space of a memory disk: there is no true figure for memory."""


class _Directory:
    __slots__ = ("entries",)

    def __init__(self) -> None:
        self.entries: dict[str, _Directory | _File] = {}


class _File:
    __slots__ = ("data",)

    def __init__(self) -> None:
        self.data = bytearray()


class MemoryFileHandle:
    """An open file; a renamed or removed file stays usable through it, as on a POSIX disk."""

    __slots__ = ("_file",)

    def __init__(self, file: _File) -> None:
        self._file = file

    def write_at(self, position: int, buffer: Buffer) -> None:
        """Write all of `buffer` at `position`; a gap before it reads as zeroes."""
        data = self._file.data
        if position > len(data):
            data.extend(bytes(position - len(data)))
        data[position : position + len(buffer)] = buffer

    def read_at(self, position: int, size: int) -> bytes:
        """Return up to `size` bytes from `position`."""
        with memoryview(self._file.data) as view:  # one copy, not two
            return bytes(view[position : position + size])

    def size(self) -> int:
        """Return the size of the file."""
        return len(self._file.data)

    def allocate(self, size: int) -> None:
        """Do nothing: memory is allocated by writes."""

    def truncate(self, size: int) -> None:
        """Truncate or extend the file to `size` bytes."""
        data = self._file.data
        if size < len(data):
            del data[size:]
        else:
            data.extend(bytes(size - len(data)))

    def flush(self) -> None:
        """Do nothing: there is nothing below."""

    def close(self) -> None:
        """Do nothing: the file is only memory."""

    def descriptor(self) -> int | None:
        """Return None: no descriptor to send from."""
        return None


class MemoryLock:
    """A held lock of one MemoryFiles."""

    __slots__ = ("_held", "_path")

    def __init__(self, held: set[str], path: str) -> None:
        self._held = held
        self._path = path

    def release(self) -> None:
        """Release the lock."""
        self._held.discard(self._path)


class MemoryFiles:
    """Files and directories in memory; gone with the object."""

    __slots__ = ("_locks", "_root")

    def __init__(self) -> None:
        self._root = _Directory()
        self._locks: set[str] = set()

    def open(self, path: str, *, create: bool = True) -> MemoryFileHandle:
        """Open `path`; without `create` a missing file is a fault."""
        return MemoryFileHandle(self._file(path, "open", create=create))

    def read(self, path: str) -> bytes:
        """Return the whole file."""
        return bytes(self._file(path, "read").data)

    def write_atomically(self, path: str, data: Buffer, *, durable: bool = True) -> None:
        """Replace the file by `data`; open handles keep the old one, as after a rename."""
        directory, name = self._parent(path, "replace")
        file = _File()
        file.data += data
        directory.entries[name] = file

    def exists(self, path: str) -> bool:
        """Return whether a file or directory exists."""
        return self._find(path) is not None

    def is_directory(self, path: str) -> bool:
        """Return whether a directory exists."""
        return isinstance(self._find(path), _Directory)

    def list_directory(self, path: str) -> list[str]:
        """Return the names in a directory, in the order they were made."""
        found = self._find(path)
        if not isinstance(found, _Directory):
            raise StorageFault("list", path, "no such directory")
        return list(found.entries)

    def make_directory(self, path: str) -> None:
        """Create the directory and its parents."""
        directory = self._root
        for name in _split(path):
            entry = directory.entries.setdefault(name, _Directory())
            if not isinstance(entry, _Directory):
                raise StorageFault("make directory", path, "a file is in the way")
            directory = entry

    def rename(self, old_path: str, new_path: str) -> None:
        """Move a file, replacing an existing one, or a directory."""
        old_directory, old_name = self._parent(old_path, "rename")
        entry = old_directory.entries.get(old_name)
        if entry is None:
            raise StorageFault("rename", old_path, "no such file")
        new_directory, new_name = self._parent(new_path, "rename")
        if isinstance(new_directory.entries.get(new_name), _Directory):
            raise StorageFault("rename", old_path, f"the directory {new_path} is in the way")
        del old_directory.entries[old_name]
        new_directory.entries[new_name] = entry

    def remove(self, path: str) -> None:
        """Remove a file if it exists."""
        directory, name = self._parent(path, "remove")
        if isinstance(directory.entries.get(name), _Directory):
            raise StorageFault("remove", path, "is a directory")
        directory.entries.pop(name, None)

    def remove_tree(self, path: str) -> None:
        """Remove a directory with its content if it exists."""
        directory, name = self._parent(path, "remove")
        directory.entries.pop(name, None)

    def size(self, path: str) -> int:
        """Return the size of a file."""
        return len(self._file(path, "stat").data)

    def modified_ms(self, path: str) -> int | None:  # noqa: ARG002
        """Return None: files have no times here."""
        return None

    def flush_directory(self, path: str) -> None:
        """Do nothing: there is nothing below."""

    def flush_all(self, path: str) -> None:
        """Do nothing: there is nothing below."""

    def lock(self, path: str) -> MemoryLock:
        """Take the lock.

        Raises:
            StorageFault: it is held already.
        """
        if path in self._locks:
            raise StorageFault("lock", path, "this process has the directory open already")
        self._file(path, "lock", create=True)
        self._locks.add(path)
        return MemoryLock(self._locks, path)

    def free_bytes(self, path: str) -> int:
        """Return a figure that no data will reach."""
        return UNBOUNDED_FREE_BYTES

    def total_bytes(self, path: str) -> int:
        """Return the same figure."""
        return UNBOUNDED_FREE_BYTES

    def _find(self, path: str) -> _Directory | _File | None:
        entry: _Directory | _File | None = self._root
        for name in _split(path):
            if not isinstance(entry, _Directory):
                return None
            entry = entry.entries.get(name)
        return entry

    def _parent(self, path: str, operation: str) -> tuple[_Directory, str]:
        *above, name = _split(path)
        directory = self._find("/".join(above))
        if not isinstance(directory, _Directory):
            raise StorageFault(operation, path, "no such directory")
        return directory, name

    def _file(self, path: str, operation: str, *, create: bool = False) -> _File:
        directory, name = self._parent(path, operation)
        entry = directory.entries.get(name)
        if entry is None and create:
            entry = directory.entries[name] = _File()
        if not isinstance(entry, _File):
            raise StorageFault(operation, path, "no such file" if entry is None else "is a directory")
        return entry


def _split(path: str) -> list[str]:
    return [part for part in path.split("/") if part]
