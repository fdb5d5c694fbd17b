"""A model of a disk for power cuts: the data on the medium, and the data that is only in the page cache and journal.

The model of faults, all of them within what POSIX allows:

- A killed process loses no completed write; a write in progress may have reached the file in part.
- A power cut may lose any unflushed writes: none, all, those from a torn one on, or any sectors of them in any order.
  If only the new size of a file survived, reads return zeros.
- A flush of a file does not flush its name. Names (created, renamed, removed) survive a power cut from the next flush
  of their directory on; before it, the first few changes of a directory survive, in order, and the later ones do not.
- A rename within a directory is one change: there are never both names or none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kafkalite.model.exceptions import StorageFault

if TYPE_CHECKING:
    from random import Random

SECTOR_BYTES = 512
"""The size of an atomic write of the disk."""

CREATE = "create"
WRITE = "write"
TRUNCATE = "truncate"
ALLOCATE = "allocate"
FLUSH = "flush"
MAKE_DIRECTORY = "make directory"
RENAME = "rename"
UNLINK = "unlink"
REMOVE_DIRECTORY = "remove directory"
FLUSH_DIRECTORY = "flush directory"

LOST = "lost"
KEPT = "kept"
TORN = "torn"
SCATTERED = "scattered"
UNFLUSHED_FATES = (LOST, KEPT, TORN, SCATTERED)
"""The possible effects of a power cut on unflushed data, from the least loss to the least order."""


class Operation(NamedTuple):
    """One change of the disk.

    Fields:
        path: of the file or directory at the time of the change.
        inode: number of the file, for changes of an open file; otherwise -1.
        position: start of a write, or the new size of a truncation or allocation.
        data: the bytes of a write.
        new_path: of a rename.
    """

    kind: str
    path: str
    inode: int = -1
    position: int = 0
    data: bytes = b""
    new_path: str = ""


class Inode:
    """A file or a directory: its state for processes, and the changes that are not on the medium yet."""

    __slots__ = ("data", "durable_data", "durable_entries", "entries", "is_directory", "unflushed", "unflushed_names")

    def __init__(self, is_directory: bool) -> None:
        self.is_directory = is_directory
        self.data = bytearray()
        self.durable_data = bytearray()
        self.unflushed: list[tuple[str, int, bytes]] = []
        self.entries: dict[str, int] = {}
        self.durable_entries: dict[str, int] = {}
        self.unflushed_names: list[tuple[str, str, int]] = []  # kind, name, inode (of a rename: the new name first)

    def copy(self) -> Inode:
        """Return an independent copy."""
        made = Inode(self.is_directory)
        made.data, made.durable_data = bytearray(self.data), bytearray(self.durable_data)
        made.unflushed, made.unflushed_names = list(self.unflushed), list(self.unflushed_names)
        made.entries, made.durable_entries = dict(self.entries), dict(self.durable_entries)
        return made


class SimulatedDisk:
    """Files and directories by inode number; the root directory is number 0."""

    def __init__(self) -> None:
        self.inodes: list[Inode] = [Inode(True)]

    def copy(self) -> SimulatedDisk:
        """Return an independent copy."""
        made = SimulatedDisk()
        made.inodes = [inode.copy() for inode in self.inodes]
        return made

    # ---- looking -------------------------------------------------------------------------------------------------

    def find(self, path: str) -> int | None:
        """Return the inode number of a path, or None."""
        number = 0
        for name in _parts(path):
            found = self.inodes[number].entries.get(name)
            if found is None:
                return None
            number = found
        return number

    def used_bytes(self) -> int:
        """Return the total size of all files with a name."""
        return sum(len(self.inodes[number].data) for number in self._linked(0))

    def _linked(self, number: int) -> list[int]:
        found = [number]
        for child in self.inodes[number].entries.values():
            found += self._linked(child)
        return found

    # ---- changing ------------------------------------------------------------------------------------------------

    def apply(self, operation: Operation) -> int:
        """Apply a change, and return the number of the inode concerned.

        Raises:
            StorageFault: the change is impossible.
        """
        kind = operation.kind
        if kind in (WRITE, TRUNCATE, ALLOCATE, FLUSH):
            self._change_data(self.inodes[operation.inode], operation)
            return operation.inode
        if kind == CREATE:
            return self._link_new(operation.path, False)
        if kind == MAKE_DIRECTORY:
            return self._link_new(operation.path, True)
        if kind == RENAME:
            return self._rename(operation.path, operation.new_path)
        if kind == FLUSH_DIRECTORY:
            return self._flush_directory(operation.path)
        return self._unlink(operation.path, operation.kind)

    def _change_data(self, file: Inode, operation: Operation) -> None:
        if operation.kind == FLUSH:
            for change in file.unflushed:
                _change(file.durable_data, *change)
            file.unflushed.clear()
            return
        change = (operation.kind, operation.position, operation.data)
        _change(file.data, *change)
        file.unflushed.append(change)

    def _link_new(self, path: str, is_directory: bool) -> int:
        directory, name = self._parent(path)
        if name in directory.entries:
            raise StorageFault("create", path, "exists already")
        self.inodes.append(Inode(is_directory))
        self._link(directory, name, len(self.inodes) - 1)
        return directory.entries[name]

    def _link(self, directory: Inode, name: str, number: int) -> None:
        directory.entries[name] = number
        directory.unflushed_names.append((CREATE, name, number))

    def _unlink(self, path: str, kind: str) -> int:
        directory, name = self._parent(path)
        number = directory.entries.get(name)
        if number is None:
            raise StorageFault("remove", path, "no such file")
        if self.inodes[number].is_directory is not (kind == REMOVE_DIRECTORY) or self.inodes[number].entries:
            raise StorageFault("remove", path, "is a directory, or none, or is not empty")
        del directory.entries[name]
        directory.unflushed_names.append((UNLINK, name, number))
        return number

    def _rename(self, old_path: str, new_path: str) -> int:
        directory, old_name = self._parent(old_path)
        target, new_name = self._parent(new_path)
        number = directory.entries.get(old_name)
        if number is None:
            raise StorageFault("rename", old_path, "no such file")
        if target is not directory:
            raise StorageFault("rename", old_path, f"{new_path} is in another directory, which is not simulated")
        replaced = directory.entries.get(new_name, number)
        if replaced != number and not self._may_replace(self.inodes[number], self.inodes[replaced]):
            raise StorageFault("rename", old_path, f"{new_path} is in the way")
        del directory.entries[old_name]
        directory.entries[new_name] = number
        directory.unflushed_names.append((RENAME, f"{new_name}/{old_name}", number))
        return number

    @staticmethod
    def _may_replace(moved: Inode, replaced: Inode) -> bool:
        """Return whether a rename may replace a target: files replace files, directories replace empty directories."""
        return moved.is_directory is replaced.is_directory and not replaced.entries

    def _flush_directory(self, path: str) -> int:
        number = self.find(path)
        if number is None or not self.inodes[number].is_directory:
            raise StorageFault("flush", path, "no such directory")
        directory = self.inodes[number]
        for change in directory.unflushed_names:
            _change_names(directory.durable_entries, *change)
        directory.unflushed_names.clear()
        return number

    def _parent(self, path: str) -> tuple[Inode, str]:
        *above, name = _parts(path)
        number = self.find("/".join(above))
        if number is None or not self.inodes[number].is_directory:
            raise StorageFault("find", path, "no such directory")
        return self.inodes[number], name

    # ---- power cut -----------------------------------------------------------------------------------------------

    def after_power_cut(self, random: Random, fate: str | None = None) -> SimulatedDisk:
        """Return a possible state of the disk after a power cut now, with everything on the medium.

        Args:
            random: chooses among the possible outcomes.
            fate: one of UNFLUSHED_FATES for every file and directory, or None to draw one for each.
        """
        survivor = SimulatedDisk()
        self._survive(0, survivor, 0, random, fate)
        return survivor

    def _survive(self, number: int, survivor: SimulatedDisk, new_number: int, random: Random, fate: str | None) -> None:
        inode, new_inode = self.inodes[number], survivor.inodes[new_number]
        own_fate = fate or random.choice(UNFLUSHED_FATES)
        if not inode.is_directory:
            new_inode.data = _surviving_data(inode, random, own_fate)
            new_inode.durable_data = bytearray(new_inode.data)
            return
        for name, child in _surviving_names(inode, random, own_fate).items():
            survivor.inodes.append(Inode(self.inodes[child].is_directory))
            new_child = len(survivor.inodes) - 1
            new_inode.entries[name] = new_inode.durable_entries[name] = new_child
            self._survive(child, survivor, new_child, random, fate)


def _surviving_names(directory: Inode, random: Random, fate: str) -> dict[str, int]:
    changes = directory.unflushed_names
    count = {LOST: 0, KEPT: len(changes)}.get(fate)
    if count is None:
        count = random.randint(0, len(changes))
    names = dict(directory.durable_entries)
    for change in changes[:count]:
        _change_names(names, *change)
    return names


def _surviving_data(file: Inode, random: Random, fate: str) -> bytearray:
    data = bytearray(file.durable_data)
    if fate == KEPT:
        return bytearray(file.data)
    if fate == TORN and file.unflushed:
        torn = random.randrange(len(file.unflushed))
        for change in file.unflushed[:torn]:
            _change(data, *change)
        for piece in _sectors(*file.unflushed[torn])[: random.randint(0, 1 << 16)]:
            if random.random() < 0.2:
                break
            _change(data, *piece)
    elif fate == SCATTERED:
        for change in file.unflushed:
            for piece in _sectors(*change):
                if random.random() < 0.5:
                    _change(data, *piece)
        if len(data) < len(file.data) and random.random() < 0.5:
            data.extend(bytes(len(file.data) - len(data)))  # the size survived, the sectors did not
    return data


def _sectors(kind: str, position: int, data: bytes) -> list[tuple[str, int, bytes]]:
    """Split a write at the sectors of the disk; other changes stay whole."""
    if kind != WRITE:
        return [(kind, position, data)]
    cuts = [*range(SECTOR_BYTES - position % SECTOR_BYTES, len(data), SECTOR_BYTES), len(data)]
    starts = [0, *cuts[:-1]]
    return [(kind, position + start, data[start:end]) for start, end in zip(starts, cuts, strict=True)]


def _change(content: bytearray, kind: str, position: int, data: bytes) -> None:
    if kind == TRUNCATE and position < len(content):
        del content[position:]
    elif position > len(content):
        content.extend(bytes(position - len(content)))
    if kind == WRITE:
        content[position : position + len(data)] = data


def _change_names(names: dict[str, int], kind: str, name: str, number: int) -> None:
    if kind == UNLINK:
        names.pop(name, None)
        return
    new_name, _, old_name = name.partition("/")
    if kind == RENAME:
        names.pop(old_name, None)
    names[new_name] = number


def _parts(path: str) -> list[str]:
    return [part for part in path.split("/") if part]
