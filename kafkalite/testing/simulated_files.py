"""`Files` over a simulated disk, with a record of every change, and the state after a crash at any of them.

A test runs its history once, notes `len(files.operations)` at each promise, and then gets, for each number of
operations, the files after the end of the process (`kill`) or a power cut (`crash`). `fail` injects faults.
"""

from __future__ import annotations

from contextlib import suppress
from random import Random
from typing import TYPE_CHECKING

from kafkalite.model.exceptions import StorageFault
from kafkalite.system.files import TEMPORARY_SUFFIX
from kafkalite.testing.simulated_disk import (
    ALLOCATE,
    CREATE,
    FLUSH,
    FLUSH_DIRECTORY,
    MAKE_DIRECTORY,
    REMOVE_DIRECTORY,
    RENAME,
    TRUNCATE,
    UNLINK,
    WRITE,
    Inode,
    Operation,
    SimulatedDisk,
)

if TYPE_CHECKING:
    from typing import Self

    from kafkalite.model.buffers import Buffer

READ = "read"
"""The only kind of operation without a change: it can fail, but is not recorded."""

ANY_CHANGE = "any change"
"""For `fail`: every kind of operation except reads."""

UNBOUNDED_CAPACITY_BYTES = 1 << 50


class ProcessDied(BaseException):
    """The process ended during an operation of its disk: no code of it may run any more.

    A BaseException, so that the broker's error handling does not catch it; every later operation of the broker raises
    it again.
    """


class Fault:
    """An injected failure of future operations; created only by `SimulatedFiles.fail`.

    Attributes:
        hit_count: number of operations that it has failed so far.
    """

    def __init__(self, kind: str, error: OSError, path_part: str, skip: int, count: int | None, written: int) -> None:
        self.hit_count = 0
        self.written_bytes = written
        self.error = error
        self._kind = kind
        self._path_part = path_part
        self._skip_count = skip
        self._left_count = count

    def cancel(self) -> None:
        """End the failures."""
        self._left_count = 0

    def strikes(self, kind: str, path: str) -> bool:
        """Return whether this operation has to fail, and count it."""
        is_kind = kind == self._kind or (self._kind == ANY_CHANGE and kind != READ)
        if not is_kind or self._path_part not in path or self._left_count == 0:
            return False
        if self._skip_count:
            self._skip_count -= 1
            return False
        if self._left_count is not None:
            self._left_count -= 1
        self.hit_count += 1
        return True


class SimulatedFileHandle:
    """An open file; it stays usable after a rename or removal."""

    __slots__ = ("_files", "_inode", "_is_open", "_path")

    def __init__(self, files: SimulatedFiles, path: str, inode: int) -> None:
        self._files = files
        self._path = path
        self._inode = inode
        self._is_open = True

    def write_at(self, position: int, buffer: Buffer) -> None:
        """Write all of `buffer` at `position`."""
        self._run(WRITE, position, bytes(buffer))

    def read_at(self, position: int, size: int) -> bytes:
        """Return up to `size` bytes from `position`."""
        self._check_open(READ)
        self._files.check_fault(READ, self._path)
        return bytes(self._files.inode(self._inode).data[position : position + size])

    def size(self) -> int:
        """Return the size of the file, allocated space included."""
        return len(self._files.inode(self._inode).data)

    def allocate(self, size: int) -> None:
        """Grow the file to `size`; leave a larger file unchanged."""
        self._run(ALLOCATE, size)

    def truncate(self, size: int) -> None:
        """Cut or extend the file to `size` bytes."""
        self._run(TRUNCATE, size)

    def flush(self) -> None:
        """Flush the written data to the medium."""
        self._run(FLUSH)

    def close(self) -> None:
        """Close the handle: refuse later use."""
        self._is_open = False

    def descriptor(self) -> int | None:
        """Return None: there is no descriptor to send from."""
        return None

    def _run(self, kind: str, position: int = 0, data: bytes = b"") -> None:
        self._check_open(kind)
        self._files.run(Operation(kind, self._path, self._inode, position, data))

    def _check_open(self, kind: str) -> None:
        if not self._is_open:
            raise StorageFault(kind, self._path, "the handle was closed")


class SimulatedLock:
    """A held lock; it ends with the process, like the operating system's locks."""

    __slots__ = ("_held", "_path")

    def __init__(self, held: set[str], path: str) -> None:
        self._held = held
        self._path = path

    def release(self) -> None:
        """Release the lock."""
        self._held.discard(self._path)


class SimulatedFiles:
    """Files in memory with a record of their changes.

    Args:
        disk: the initial content, an empty disk by default; it is not changed if `is_recorded`.
        capacity_bytes: limit of the total size; writes and allocations beyond it fail as on a full disk.
        is_recorded: whether the operations are recorded, for `kill` and `crash`.

    Attributes:
        operations: every successful change so far, in order.
    """

    def __init__(
        self,
        disk: SimulatedDisk | None = None,
        *,
        capacity_bytes: int = UNBOUNDED_CAPACITY_BYTES,
        is_recorded: bool = True,
    ) -> None:
        self.operations: list[Operation] = []
        self.capacity_bytes = capacity_bytes
        self._is_recorded = is_recorded
        self._start = SimulatedDisk() if disk is None else disk
        self._disk = self._start
        if is_recorded:
            self._start = self._start.copy()
            self._disk = self._start.copy()
        self._faults: list[Fault] = []
        self._locks: set[str] = set()
        self._left_count: int | None = None
        self._torn: Random | None = None

    # ---- crashes and faults ----------------------------------------------------------------------------------------

    def kill(self, *, after_operation: int, seed: int | None = None) -> SimulatedFiles:
        """Return the files for the next process after a kill of this one.

        Args:
            after_operation: number of completed operations.
            seed: decides the point at which the next operation, if it is a write, was torn; None: it had not begun.
        """
        disk = self._replayed(after_operation)
        if seed is not None and after_operation < len(self.operations):
            operation = self.operations[after_operation]
            if operation.kind == WRITE:
                torn_size = Random(f"{seed} {after_operation}").randint(0, len(operation.data))
                disk.apply(operation._replace(data=operation.data[:torn_size]))
        return SimulatedFiles(disk, capacity_bytes=self.capacity_bytes)

    def crash(self, *, after_operation: int, seed: int = 0, fate: str | None = None) -> SimulatedFiles:
        """Return the files after a power cut.

        Args:
            after_operation: number of completed operations; the next one counts as unflushed.
            seed: chooses among the possible effects of the power cut.
            fate: one of `simulated_disk.UNFLUSHED_FATES` for all unflushed data, or None to draw.
        """
        disk = self._replayed(after_operation)
        if after_operation < len(self.operations) and self.operations[after_operation].kind in (WRITE, RENAME):
            disk.apply(self.operations[after_operation])
        survivor = disk.after_power_cut(Random(f"{seed} {after_operation}"), fate)
        return SimulatedFiles(survivor, capacity_bytes=self.capacity_bytes)

    def die_after(self, operation_count: int, random: Random) -> None:
        """Raise ProcessDied at the change after `operation_count` more; a write reaches the file in part."""
        self._left_count, self._torn = operation_count, random

    def found_after_kill(self) -> Self:
        """Return the files for the next process after the end of this one; `self` must not be used any more."""
        return self._found(self._disk)

    def found_after_power_cut(self, random: Random, fate: str | None = None) -> Self:
        """Return the files after a power cut now; see `crash` for the fate."""
        return self._found(self._disk.after_power_cut(random, fate))

    def _found(self, disk: SimulatedDisk) -> Self:
        return type(self)(disk, capacity_bytes=self.capacity_bytes, is_recorded=self._is_recorded)

    def fail(
        self,
        kind: str,
        error: OSError,
        *,
        path_part: str = "",
        skip_count: int = 0,
        count: int | None = 1,
        written_bytes: int = 0,
    ) -> Fault:
        """Let future operations fail with a StorageFault.

        Args:
            kind: one of the kinds of `simulated_disk`, "read", or ANY_CHANGE.
            error: cause of the fault, such as OSError(errno.ENOSPC, "No space left on device").
            path_part: only paths that contain it are affected.
            skip_count: number of operations that succeed first.
            count: number of failures; None for all.
            written_bytes: number of bytes of a failing write that reach the file nevertheless.
        """
        fault = Fault(kind, error, path_part, skip_count, count, written_bytes)
        self._faults.append(fault)
        return fault

    # ---- the interface Files ---------------------------------------------------------------------------------------

    def open(self, path: str, *, create: bool = True) -> SimulatedFileHandle:
        """Open `path`, and create a missing file if `create`.

        Raises:
            StorageFault: the file is missing, or the operation has to fail.
        """
        number = self._disk.find(path)
        if number is None and create:
            number = self.run(Operation(CREATE, path))
        return SimulatedFileHandle(self, path, self._file_number(number, "open", path))

    def read(self, path: str) -> bytes:
        """Return the whole file."""
        number = self._file_number(self._disk.find(path), READ, path)
        self.check_fault(READ, path)
        return bytes(self._disk.inodes[number].data)

    def write_atomically(self, path: str, data: Buffer, *, durable: bool = True) -> None:
        """Write beside `path`, flush if `durable`, and rename over it: each step is a separate operation.

        The file beside `path` is removed after a failed step.
        """
        temporary_path = path + TEMPORARY_SUFFIX
        handle = self.open(temporary_path)
        try:
            if handle.size():
                handle.truncate(0)
            handle.write_at(0, data)
            if durable:
                handle.flush()
            handle.close()
            self.rename(temporary_path, path)
        except StorageFault:
            with suppress(StorageFault):
                self.remove(temporary_path)
            raise
        if durable:
            self.flush_directory(path.rpartition("/")[0])

    def exists(self, path: str) -> bool:
        """Return whether a file or directory exists."""
        return self._disk.find(path) is not None

    def is_directory(self, path: str) -> bool:
        """Return whether a directory exists."""
        number = self._disk.find(path)
        return number is not None and self._disk.inodes[number].is_directory

    def list_directory(self, path: str) -> list[str]:
        """Return the names in a directory."""
        if not self.is_directory(path):
            raise StorageFault("list", path, "no such directory")
        return list(self.inode(self._disk.find(path) or 0).entries)

    def make_directory(self, path: str) -> None:
        """Create the directory and those above it."""
        made = ""
        for name in path.split("/"):
            made = f"{made}/{name}" if made else name
            if made and not self.is_directory(made):
                self.run(Operation(MAKE_DIRECTORY, made))

    def rename(self, old_path: str, new_path: str) -> None:
        """Rename a file, replacing an existing one, or a directory, within its directory."""
        self.run(Operation(RENAME, old_path, new_path=new_path))

    def remove(self, path: str) -> None:
        """Remove a file, if it exists."""
        if self.exists(path):
            self.run(Operation(UNLINK, path))

    def remove_tree(self, path: str) -> None:
        """Remove a directory and everything below it, file by file."""
        if not self.exists(path):
            return
        for name in self.list_directory(path):
            below = f"{path}/{name}"
            if self.is_directory(below):
                self.remove_tree(below)
            else:
                self.remove(below)
        self.run(Operation(REMOVE_DIRECTORY, path))

    def size(self, path: str) -> int:
        """Return the size of a file."""
        return len(self.inode(self._file_number(self._disk.find(path), "stat", path)).data)

    def modified_ms(self, path: str) -> int | None:  # noqa: ARG002
        """Return None: files have no times here."""
        return None

    def flush_directory(self, path: str) -> None:
        """Flush the names of a directory to the medium."""
        self.run(Operation(FLUSH_DIRECTORY, path))

    def flush_all(self, path: str) -> None:
        """Flush every file and every name below a directory to the medium, one after the other."""
        for name in self.list_directory(path):
            below = f"{path}/{name}"
            if self.is_directory(below):
                self.flush_all(below)
            else:
                handle = self.open(below, create=False)
                handle.flush()
                handle.close()
        self.flush_directory(path)

    def lock(self, path: str) -> SimulatedLock:
        """Take the lock.

        Raises:
            StorageFault: the lock is held.
        """
        if path in self._locks:
            raise StorageFault("lock", path, "this process has the directory open already")
        self.open(path).close()
        self._locks.add(path)
        return SimulatedLock(self._locks, path)

    def free_bytes(self, path: str) -> int:
        """Return the rest of the capacity in bytes."""
        return max(0, self.capacity_bytes - self._disk.used_bytes())

    def total_bytes(self, path: str) -> int:
        """Return the capacity in bytes."""
        return self.capacity_bytes

    # ---- for handles -----------------------------------------------------------------------------------------------

    def inode(self, number: int) -> Inode:
        """Return a file by its number."""
        return self._disk.inodes[number]

    def run(self, operation: Operation) -> int:
        """Apply and record a change, unless it has to fail, and return the number of the inode concerned.

        Raises:
            StorageFault: the change failed.
            ProcessDied: the process has ended.
        """
        if self._left_count is not None:
            self._count_down(operation)
        self.check_fault(operation.kind, operation.path, operation)
        self._check_capacity(operation)
        number = self._disk.apply(operation)
        if self._is_recorded:
            self.operations.append(operation)
        return number

    def _count_down(self, operation: Operation) -> None:
        assert self._left_count is not None
        if self._left_count == 0 and self._torn is not None and operation.kind == WRITE:
            size = self._torn.randint(0, len(operation.data))
            self._disk.apply(operation._replace(data=operation.data[:size]))
        self._left_count -= 1
        if self._left_count < 0:
            raise ProcessDied

    def check_fault(self, kind: str, path: str, operation: Operation | None = None) -> None:
        """Check for an injected fault of an operation.

        Raises:
            StorageFault: the operation has to fail.
        """
        for fault in self._faults:
            if fault.strikes(kind, path):
                if operation is not None and fault.written_bytes and kind == WRITE:
                    torn = operation._replace(data=operation.data[: fault.written_bytes])
                    self._disk.apply(torn)
                    if self._is_recorded:
                        self.operations.append(torn)
                raise StorageFault(kind, path, fault.error) from fault.error

    # ---- inside ----------------------------------------------------------------------------------------------------

    def _replayed(self, operation_count: int) -> SimulatedDisk:
        if not self._is_recorded:
            raise ValueError("the operations are not recorded")
        if not 0 <= operation_count <= len(self.operations):
            raise ValueError(f"{operation_count} operations of {len(self.operations)}")
        disk = self._start.copy()
        for operation in self.operations[:operation_count]:
            disk.apply(operation)
        return disk

    def _check_capacity(self, operation: Operation) -> None:
        if self.capacity_bytes == UNBOUNDED_CAPACITY_BYTES or operation.kind not in (WRITE, ALLOCATE):
            return
        end = operation.position + len(operation.data)
        growth = end - len(self.inode(operation.inode).data)
        if growth > 0 and growth > self.free_bytes(operation.path):
            from errno import ENOSPC

            error = OSError(ENOSPC, "No space left on device")
            raise StorageFault(operation.kind, operation.path, error) from error

    def _file_number(self, number: int | None, operation: str, path: str) -> int:
        if number is None or self._disk.inodes[number].is_directory:
            raise StorageFault(operation, path, "no such file" if number is None else "is a directory")
        return number
