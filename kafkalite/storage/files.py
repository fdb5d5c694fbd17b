"""Partitions as directories of files, laid out as Apache Kafka lays out a log directory.

``<root>/<topic>-<partition>/`` holds the files of a partition, ``<root>/`` the checkpoints of all; a directory marked
for removal has the name ``<topic>-<partition>.<32 hex digits>-delete``. The module works with any `Files`: the disk,
memory, or a simulated disk with faults.

Source: org.apache.kafka.storage.internals.log.LocalLog (directory names).
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from kafkalite.model.exceptions import StaleLease, StorageFault
from kafkalite.model.limits import (
    DETACHED_WRITE_MIN_BYTES,
    PREALLOCATION_FREE_FACTOR,
    PREALLOCATION_RETRY_BYTES,
    SEGMENT_PREALLOCATION_BYTES,
)
from kafkalite.storage.append import DoneAppend
from kafkalite.storage.detached_write import DetachedWrite
from kafkalite.storage.directory_names import DELETE_SUFFIX, marked_directory_name
from kafkalite.storage.open_files import OpenFiles
from kafkalite.storage.stored_range import StoredRange
from kafkalite.system.descriptors import descriptor_limit, open_files_share

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kafkalite.model.buffers import Buffer
    from kafkalite.storage.append import Append
    from kafkalite.storage.open_files import OpenFile
    from kafkalite.system.entropy import Entropy
    from kafkalite.system.files import FileHandle, Files

LOCK_NAME = ".lock"


def _flush_unless_gone(files: Files, path: str) -> None:
    """Flush a file that may have been removed, with its segment or its partition, since the request."""
    try:
        handle = files.open(path, create=False)
    except StorageFault:
        if files.exists(path):
            raise
        return
    try:
        handle.flush()
    finally:
        handle.close()


class FilePartitionStore:
    """The files of one partition directory; created only by `FileLogDirectory.open`."""

    appends_overlap = False

    __slots__ = (
        "_directory",
        "_fence_reason",
        "_files",
        "_has_new_names",
        "_known",
        "_open_files",
        "_path",
        "directory_name",
        "epoch",
    )

    def __init__(self, directory: FileLogDirectory, directory_name: str, epoch: int) -> None:
        self.epoch = epoch
        self.directory_name = directory_name
        self._directory = directory
        self._files = directory.files
        self._open_files = directory.open_files
        self._path = f"{directory.path}/{directory_name}"
        self._known: dict[str, OpenFile] = {}
        self._has_new_names = True  # possibly from the previous process
        self._fence_reason: str | None = None

    @property
    def path(self) -> str:
        """The partition's directory."""
        return self._path

    def list(self) -> list[str]:
        """Return the names of all files."""
        self._check_lease("list")
        return self._files.list_directory(self._path)

    def size(self, name: str) -> int:
        """Return the logical size of a file."""
        file = self._known.get(name)
        if file is None:
            self._check_lease("stat")
            return self._files.size(f"{self._path}/{name}")
        return file.size

    def modified_ms(self, name: str) -> int | None:
        """Return the time of the last write to a file."""
        self._check_lease("stat")
        return self._files.modified_ms(f"{self._path}/{name}")

    def append(self, name: str, buffer: Buffer, is_lasting: bool = False) -> Append:
        """Write at the logical end, in one call; another thread writes a large lasting buffer."""
        file = self._known.get(name) or self._open(name, create=True)
        if file.pending is not None:
            file.pending.wait()
        handle = file.handle or self._open_files.handle(file)
        if is_lasting and len(buffer) > DETACHED_WRITE_MIN_BYTES and self._directory.run_write is not None:
            return self._detach(file, handle, buffer, self._directory.run_write)
        position = file.size
        end = position + len(buffer)
        try:
            if end > file.allocated:
                self._allocate(file, end)
            handle.write_at(position, buffer)
        except StorageFault as fault:
            self._cut_torn_tail(file)
            self._append_again(file, buffer, fault)
        file.size = end
        file.is_recent = True
        return DoneAppend(position)

    def check_room(self, name: str, size: int) -> None:
        """Allocate the space for an append; on file systems that cannot, only the append shows a shortage."""
        file = self._settled(name, create=True)
        if file.is_torn:
            self._cut(file)
        end = file.size + size
        if end > file.allocated:
            try:
                self._open_files.handle(file).allocate(end)
            except StorageFault as fault:
                self._cut_torn_tail(file)
                if not fault.is_shortage or not self._directory.give_back_allocated():
                    raise
                self._open_files.handle(file).allocate(end)
            file.allocated = end

    def _detach(
        self, file: OpenFile, handle: FileHandle, buffer: Buffer, run_write: Callable[[DetachedWrite], None]
    ) -> DetachedWrite:
        """Allocate space for a write, and hand it to a thread."""
        end = file.size + len(buffer)
        if end > file.allocated:
            self._allocate(file, end)
        write = DetachedWrite(file, handle, buffer, self._cut_torn_tail, self._append_again)
        run_write(write)
        return write

    def read(self, name: str, position: int, size: int) -> bytes:
        """Return bytes up to the logical end, in one call."""
        file = self._known.get(name) or self._open(name)
        handle = file.handle or self._open_files.handle(file)
        file.is_recent = True
        left = file.size - position
        if left < size:
            size = left
        return handle.read_at(position, size) if size > 0 else b""

    def truncate(self, name: str, size: int) -> None:
        """Cut the file, including the space allocated ahead."""
        file = self._settled(name)
        if size > file.size:
            raise StorageFault("truncate", file.path, f"to {size} bytes of {file.size}")
        self._open_files.handle(file).truncate(size)
        file.size = file.allocated = size
        file.is_torn = False

    def flush(self, name: str) -> None:
        """Flush the data, and the directory if it has new names."""
        file = self._settled(name)
        self._open_files.handle(file).flush()
        self._flush_names()

    def detached_flush(self, names: Iterable[str]) -> Callable[[], None]:
        """Return a function that flushes the files through separate handles, and thus may run in any thread."""
        files = self._files
        paths = [f"{self._path}/{name}" for name in names]
        directories = [self._path] if self._has_new_names else []
        self._has_new_names = False
        self._directory.flush_names()

        def flush() -> None:
            for path in paths:
                _flush_unless_gone(files, path)
            for directory in directories:
                if files.exists(directory):
                    files.flush_directory(directory)

        return flush

    def seal(self, name: str) -> None:
        """Trim the file to its logical size and close the handle; a read opens it again."""
        file = self._settled(name)
        self._trim(file)
        self._open_files.close(file)

    def replace(self, name: str, data: Buffer, *, durable: bool = True) -> None:
        """Write a small file atomically."""
        self._check_lease("replace")
        self._forget(name)
        self._files.write_atomically(f"{self._path}/{name}", data, durable=durable)
        if not durable:
            self._has_new_names = True

    def read_whole(self, name: str) -> bytes:
        """Return the content of a small file."""
        file = self._known.get(name)
        if file is not None:
            return self.read(name, 0, file.size)
        self._check_lease("read")
        return self._files.read(f"{self._path}/{name}")

    def rename(self, old_name: str, new_name: str) -> None:
        """Rename a file; its handle is closed first, since Windows cannot rename an open file."""
        self._check_lease("rename")
        self._forget(new_name)
        new_path = f"{self._path}/{new_name}"
        file = self._settled(old_name) if old_name in self._known else None
        if file is not None:
            self._trim(file)
            self._open_files.close(file)
        self._files.rename(f"{self._path}/{old_name}", new_path)
        self._has_new_names = True
        if file is not None:  # its ranges, which may be in use by senders, stay valid
            file.path = new_path
            self._known[new_name] = self._known.pop(old_name)

    def remove(self, name: str) -> None:
        """Remove a file; its handle is closed first."""
        self._check_lease("remove")
        self._forget(name, trims=False)
        self._files.remove(f"{self._path}/{name}")

    def range(self, name: str, position: int, size: int) -> StoredRange:
        """Return a range of a file, to be read when it is sent."""
        file = self._known.get(name) or self._open(name)
        file.is_recent = True
        return StoredRange(self._open_files, file, position, max(0, min(size, file.size - position)))

    def close(self) -> None:
        """Trim and close all files and end the lease."""
        self._settle()
        if self._fence_reason is None:
            self._directory.release(self)
            self._let_go("the store was closed")

    def fence(self, epoch: int) -> None:
        """End the lease for a later holder; nothing more is written, not even a trim."""
        self._settle()
        self._let_go(f"epoch {self.epoch} was fenced by epoch {epoch}", trims=False)

    def _let_go(self, reason: str, *, trims: bool = True) -> None:
        self._fence_reason = reason
        known, self._known = self._known, {}
        for file in known.values():
            try:
                if trims:
                    self._trim(file)
            finally:
                self._open_files.let_go(file)

    def _check_lease(self, operation: str) -> None:
        if self._fence_reason is not None:
            raise StaleLease(operation, self._path, self._fence_reason)

    def _open(self, name: str, *, create: bool = False) -> OpenFile:
        """Open a file; the hot paths call this once per file, and after the end of the lease."""
        self._check_lease("open")
        path = f"{self._path}/{name}"
        if create and not self._files.exists(path):
            self._has_new_names = True
        file = self._known[name] = self._open_files.open_new(path, create=create)
        return file

    def _settled(self, name: str, *, create: bool = False) -> OpenFile:
        """Return a file without a write in another thread, waiting for one."""
        file = self._known.get(name) or self._open(name, create=create)
        if file.pending is not None:
            file.pending.wait()
        return file

    def _settle(self) -> None:
        for file in list(self._known.values()):
            if file.pending is not None:
                file.pending.wait()

    def _forget(self, name: str, *, trims: bool = True) -> None:
        file = self._known.pop(name, None)
        if file is not None:
            if file.pending is not None:
                file.pending.wait()
            if trims:
                self._trim(file)
            self._open_files.let_go(file)

    def _trim(self, file: OpenFile) -> None:
        if file.allocated > file.size or file.is_torn:
            self._cut(file)

    def _allocate(self, file: OpenFile, end: int) -> None:
        """Prepare an append up to `end`: cut the remains of a failed one, and allocate space ahead in a large file."""
        if file.is_torn:
            self._cut(file)
        file.allocated = end
        if end >= file.allocates_from:
            self._allocate_ahead(file, end)

    def _allocate_ahead(self, file: OpenFile, end: int) -> None:
        """Allocate as much space ahead as the file has, up to the step, unless space is short; never fails."""
        ahead_bytes = min(end, SEGMENT_PREALLOCATION_BYTES)
        handle = self._open_files.handle(file)
        try:
            if self._directory.free_bytes() >= PREALLOCATION_FREE_FACTOR * SEGMENT_PREALLOCATION_BYTES:
                handle.allocate(end + ahead_bytes)
                file.allocated = end + ahead_bytes
                return
        except StorageFault:
            with suppress(StorageFault):  # releases a partial allocation; the write meets the fault
                handle.truncate(file.size)
        file.allocates_from = end + PREALLOCATION_RETRY_BYTES

    def give_back_allocated(self) -> bool:
        """Release the space that was allocated ahead, and return whether there was any."""
        is_any = False
        for file in self._known.values():
            if file.allocated > file.size and file.pending is None:
                with suppress(StorageFault):
                    self._trim(file)
                    is_any = True
        return is_any

    def _append_again(self, file: OpenFile, buffer: Buffer, fault: StorageFault) -> None:
        """Repeat a failed write once, if it lacked space that other files can release.

        Raises:
            StorageFault: `fault`, or the fault of the second attempt.
        """
        if not fault.is_shortage or not self._directory.give_back_allocated():
            raise fault
        try:
            if file.is_torn:
                self._cut(file)
            self._open_files.handle(file).write_at(file.size, buffer)
            file.allocated = file.size + len(buffer)
        except StorageFault:
            self._cut_torn_tail(file)
            raise

    def _cut_torn_tail(self, file: OpenFile) -> None:
        """Cut the file to its logical end after a failed append; if that fails too, the next append does it first, or
        recovery.
        """
        file.is_torn = True
        file.allocated = -1
        with suppress(StorageFault):  # only the first fault is reported
            self._cut(file)

    def _cut(self, file: OpenFile) -> None:
        self._open_files.handle(file).truncate(file.size)
        file.allocated = file.size
        file.is_torn = False

    def _flush_names(self) -> None:
        if self._has_new_names:
            self._files.flush_directory(self._path)
            self._has_new_names = False
        self._directory.flush_names()


class FileLogDirectory:
    """One log directory, locked for this process from construction to `close`.

    Args:
        files: the disk.
        path: the directory; created if missing.
        entropy: source of the names of directories marked for removal.
        open_files_max_count: None for the process's share of descriptors for files of partitions.

    Attributes:
        run_write: see `LogDirectory`.

    Raises:
        StorageFault: another process, or another object of this one, holds the directory.
    """

    __slots__ = (
        "_entropy",
        "_has_new_partitions",
        "_lock",
        "_removals",
        "_stores",
        "files",
        "open_files",
        "path",
        "run_write",
    )

    def __init__(self, files: Files, path: str, entropy: Entropy, *, open_files_max_count: int | None = None) -> None:
        self.files = files
        self.path = path
        self.run_write: Callable[[DetachedWrite], None] | None = None
        self.open_files = OpenFiles(files, open_files_max_count or open_files_share(descriptor_limit()))
        self._entropy = entropy
        self._stores: dict[str, FilePartitionStore] = {}
        self._removals: list[str] = []
        self._has_new_partitions = True  # possibly from the previous process
        if files.exists(path) and not files.is_directory(path):
            raise StorageFault("open", path, "expected a log directory, found a file")
        files.make_directory(path)
        self._lock = files.lock(f"{path}/{LOCK_NAME}")

    def partitions(self) -> list[str]:
        """Return the names of all subdirectories that could be partitions."""
        names = self.files.list_directory(self.path)
        is_directory = self.files.is_directory
        return [name for name in names if "-" in name and is_directory(f"{self.path}/{name}")]

    def create(self, directory_name: str) -> None:
        """Create a partition's directory."""
        self._has_new_partitions = True
        self.files.make_directory(f"{self.path}/{directory_name}")

    def open(self, directory_name: str, *, epoch: int) -> FilePartitionStore:
        """Open the files of a partition, and fence the store that has them open.

        Raises:
            StaleLease: that store has an equal or higher epoch.
            StorageFault: the directory cannot be used.
        """
        holder = self._stores.get(directory_name)
        if holder is not None:
            if epoch <= holder.epoch:
                raise StaleLease("open", f"{self.path}/{directory_name}", f"epoch {holder.epoch} has it open")
            holder.fence(epoch)
        store = FilePartitionStore(self, directory_name, epoch)
        self._stores[directory_name] = store
        return store

    def release(self, store: FilePartitionStore) -> None:
        """Drop a store that closes itself."""
        if self._stores.get(store.directory_name) is store:
            del self._stores[store.directory_name]

    def rename(self, old_name: str, new_name: str) -> None:
        """Rename a directory."""
        self._close_store(old_name)
        self._has_new_partitions = True
        self.files.rename(f"{self.path}/{old_name}", f"{self.path}/{new_name}")

    def schedule_removal(self, directory_name: str) -> str:
        """Mark a directory for removal by its name, and return the new name."""
        marked_name = directory_name
        if not directory_name.endswith(DELETE_SUFFIX):
            marked_name = marked_directory_name(directory_name, DELETE_SUFFIX, self._entropy)
            self.rename(directory_name, marked_name)
        self._removals.append(marked_name)
        return marked_name

    def run_removals(self, max_count: int | None = None) -> int:
        """Remove the marked directories, at most `max_count`, and return their number."""
        count = 0
        while self._removals and count != max_count:
            self.files.remove_tree(f"{self.path}/{self._removals[-1]}")
            self._removals.pop()
            count += 1
        return count

    def read_root(self, name: str) -> bytes | None:
        """Return the content of a file beside the partitions, or None."""
        path = f"{self.path}/{name}"
        return self.files.read(path) if self.files.exists(path) else None

    def replace_root(self, name: str, data: Buffer, *, durable: bool = True) -> None:
        """Write a file beside the partitions atomically."""
        self.files.write_atomically(f"{self.path}/{name}", data, durable=durable)

    def remove_root(self, name: str) -> None:
        """Remove a file beside the partitions, durably: a marker of a clean stop must not reappear after a crash."""
        path = f"{self.path}/{name}"
        if self.files.exists(path):
            self.files.remove(path)
            self.files.flush_directory(self.path)

    def flush_all(self) -> None:
        """Flush the whole directory."""
        self.files.flush_all(self.path)
        self._has_new_partitions = False

    def flush_names(self) -> None:
        """Flush the names of partitions if some are new."""
        if self._has_new_partitions:
            self.files.flush_directory(self.path)
            self._has_new_partitions = False

    def give_back_allocated(self) -> bool:
        """Release the space allocated ahead by all open stores, and return whether there was any."""
        return sum(store.give_back_allocated() for store in self._stores.values()) > 0

    def free_bytes(self) -> int:
        """Return the space left on the disk."""
        return self.files.free_bytes(self.path)

    def total_bytes(self) -> int:
        """Return the size of the disk."""
        return self.files.total_bytes(self.path)

    def close(self) -> None:
        """Close every store and release the lock; do nothing if called again."""
        for name in list(self._stores):
            self._close_store(name)
        self._lock.release()

    def _close_store(self, directory_name: str) -> None:
        store = self._stores.get(directory_name)
        if store is not None:
            store.close()
