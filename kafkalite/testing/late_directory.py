"""A log directory with late appends: a test double of a store that uploads objects and then commits them.

The bytes of a few appends are gathered into one upload. It is committed when it is due and all earlier uploads are
committed; only then are its appends done, and visible to a later holder of the partition. The outcome of a commit may
be unknown at first: until the store has asked again, the appends are neither done nor failed. A holder that lost its
lease learns of it at the commit.

Other writes to files and changes of names are immediate, after a wait for the appends of their partition.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from kafkalite.model.exceptions import StaleLease, StorageFault
from kafkalite.storage.append import DoneAppend, PendingAppend

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kafkalite.model.buffers import Buffer
    from kafkalite.storage.append import Append
    from kafkalite.storage.detached_write import DetachedWrite
    from kafkalite.storage.interface import LogDirectory, PartitionStore
    from kafkalite.storage.stored_range import StoredRange

    Begun = tuple["LateStore", str, PendingAppend]


class Upload:
    """Appends with a common commit.

    Attributes:
        fault: fault of the coming commit; None if it will succeed.
        is_due: whether its commit is due.
        unknown_count: number of times that the store still has to ask for the outcome.
    """

    __slots__ = ("begun", "fault", "is_due", "unknown_count")

    def __init__(self) -> None:
        self.begun: deque[Begun] = deque()
        self.fault: StorageFault | None = None
        self.is_due = False
        self.unknown_count = 0


class LateLogDirectory:
    """The partitions of another directory, with late appends.

    Args:
        inner: holds the bytes; a new opening of a partition cuts off those of unfinished appends.
        call_later: arranges one later call of a function, in the thread of the stores.
        appends_at_once: limit of the number of appends in an upload.

    Attributes:
        fail_next: fault of the next upload; reset to None when that begins.
        unknown_next: number of times that the store has to ask for the outcome of the next upload.
        commit_count: number of committed uploads.
    """

    __slots__ = (
        "_appends_at_once",
        "_call_later",
        "_inner",
        "_stores",
        "_uploads",
        "commit_count",
        "fail_next",
        "path",
        "run_write",
        "unknown_next",
    )

    def __init__(
        self, inner: LogDirectory, call_later: Callable[[Callable[[], None]], object], *, appends_at_once: int = 3
    ) -> None:
        self.path = inner.path
        self.run_write: Callable[[DetachedWrite], None] | None = None  # no thread writes here
        self.fail_next: StorageFault | None = None
        self.unknown_next = 0
        self.commit_count = 0
        self._inner = inner
        self._call_later = call_later
        self._appends_at_once = appends_at_once
        self._uploads: list[Upload] = []
        self._stores: dict[str, LateStore] = {}

    # ---- uploads ---------------------------------------------------------------------------------------------------

    def begin(self, store: LateStore, name: str, position: int) -> PendingAppend:
        """Add an append to the upload that is being gathered."""
        append = PendingAppend(position, self.commit_until)
        if not self._uploads or len(self._uploads[-1].begun) >= self._appends_at_once or self._uploads[-1].is_due:
            self._begin_upload()
        self._uploads[-1].begun.append((store, name, append))
        return append

    def _begin_upload(self) -> None:
        upload = Upload()
        upload.fault, self.fail_next = self.fail_next, None
        upload.unknown_count, self.unknown_next = self.unknown_next, 0
        self._uploads.append(upload)
        self._call_later(lambda: self._commit(upload))

    def _commit(self, upload: Upload) -> None:
        """Commit an upload, and the later ones that were due before it."""
        if upload.unknown_count:
            upload.unknown_count -= 1
            self._call_later(lambda: self._commit(upload))
            return
        upload.is_due = True
        while self._uploads and self._uploads[0].is_due:
            self._end_first()

    def commit_until(self, append: PendingAppend) -> None:
        """Commit all uploads up to that of an append, for a caller that waits."""
        while not append.is_done:
            self._uploads[0].is_due = True
            self._end_first()

    def _end_first(self) -> None:
        """End the oldest upload; a callback of one of its appends may wait for another of them."""
        upload = self._uploads[0]
        while upload.begun:
            store, name, append = upload.begun.popleft()
            if append.is_done:  # it failed with an earlier one
                continue
            if store.is_fenced:
                append.end(StaleLease("append", f"{store.path}/{name}", f"epoch {store.epoch} was fenced"))
            elif upload.fault is not None:
                self._fail(store, upload.fault)
            else:
                try:
                    store.commit(name, append)
                except StorageFault as fault:
                    self._fail(store, fault)
        if self._uploads and self._uploads[0] is upload:
            self._uploads.pop(0)
            self.commit_count += upload.fault is None

    def _fail(self, store: LateStore, fault: StorageFault) -> None:
        """End the unfinished appends of a partition, after a failure of the first one."""
        for append in store.cut_uncommitted():
            append.end(fault)

    def uncommitted(self) -> list[tuple[str, int]]:
        """Return (path, committed size) of the files with uncommitted appends, which the end of the process loses."""
        sizes: dict[str, int] = {}
        for store in self._stores.values():
            for name, append in reversed(store.begun):
                sizes[f"{store.path}/{name}"] = append.position
        return list(sizes.items())

    # ---- partitions ------------------------------------------------------------------------------------------------

    def partitions(self) -> list[str]:
        """Return the names of all directories of partitions."""
        return self._inner.partitions()

    def create(self, directory_name: str) -> None:
        """Create a partition's directory."""
        self._inner.create(directory_name)

    def open(self, directory_name: str, *, epoch: int) -> LateStore:
        """Open the committed files of a partition; the previous holder learns of it at its next commit."""
        holder = self._stores.get(directory_name)
        if holder is not None and not holder.is_fenced and epoch > holder.epoch:
            holder.cut_uncommitted()
            holder.is_fenced = True
        store = LateStore(self, self._inner.open(directory_name, epoch=epoch))
        self._stores[directory_name] = store
        return store

    def rename(self, old_name: str, new_name: str) -> None:
        """Rename a directory."""
        self._settle(old_name)
        self._inner.rename(old_name, new_name)

    def schedule_removal(self, directory_name: str) -> str:
        """Mark a directory for removal, and return its new name."""
        self._settle(directory_name)
        return self._inner.schedule_removal(directory_name)

    def run_removals(self, max_count: int | None = None) -> int:
        """Remove the marked directories, and return their number."""
        return self._inner.run_removals(max_count)

    def _settle(self, directory_name: str) -> None:
        store = self._stores.pop(directory_name, None)
        if store is not None:
            store.settle()

    # ---- the files beside them -------------------------------------------------------------------------------------

    def read_root(self, name: str) -> bytes | None:
        """Return the content of a file beside the partitions, or None."""
        return self._inner.read_root(name)

    def replace_root(self, name: str, data: Buffer, *, durable: bool = True) -> None:
        """Write a file beside the partitions."""
        self._inner.replace_root(name, data, durable=durable)

    def remove_root(self, name: str) -> None:
        """Remove a file beside the partitions."""
        self._inner.remove_root(name)

    def flush_all(self) -> None:
        """Commit everything."""
        for store in list(self._stores.values()):
            store.settle()
        self._inner.flush_all()

    def free_bytes(self) -> int:
        """Return the free space in bytes."""
        return self._inner.free_bytes()

    def total_bytes(self) -> int:
        """Return the total size in bytes."""
        return self._inner.total_bytes()

    def close(self) -> None:
        """Commit everything, close every store and release the directory."""
        for store in list(self._stores.values()):
            store.settle()
        self._inner.close()


class LateStore:
    """The files of one partition; created only by `LateLogDirectory.open`.

    Attributes:
        begun: (file, append) of the unfinished appends, in order.
        is_fenced: whether a later holder has the partition.
    """

    appends_overlap = True

    __slots__ = ("_directory", "_inner", "begun", "epoch", "is_fenced")

    def __init__(self, directory: LateLogDirectory, inner: PartitionStore) -> None:
        self.epoch = inner.epoch
        self.begun: list[tuple[str, PendingAppend]] = []
        self.is_fenced = False
        self._directory = directory
        self._inner = inner

    @property
    def path(self) -> str:
        """The partition's directory."""
        return self._inner.path

    # ---- appends ---------------------------------------------------------------------------------------------------

    def append(self, name: str, buffer: Buffer, is_lasting: bool = False) -> Append:
        """Append at the logical end; the append is done after the commit of its upload."""
        position = self._inner.append(name, buffer).position
        if not len(buffer):
            return DoneAppend(position)
        append = self._directory.begin(self, name, position)
        self.begun.append((name, append))
        return append

    def commit(self, name: str, append: PendingAppend) -> None:
        """End the oldest append with success.

        Raises:
            StorageFault: the flush failed.
        """
        self._inner.flush(name)
        assert self.begun.pop(0) == (name, append), "appends end in order"
        append.end()

    def cut_uncommitted(self) -> list[PendingAppend]:
        """Cut the files to their committed size, and return the appends that lost their bytes."""
        for name, append in reversed(self.begun):
            self._inner.truncate(name, append.position)
        begun, self.begun = self.begun, []
        return [append for _, append in begun]

    def settle(self) -> None:
        """Wait until every append has ended."""
        while self.begun:
            self.begun[-1][1].wait()

    # ---- everything else -------------------------------------------------------------------------------------------

    def list(self) -> list[str]:
        """Return the names of all files."""
        return self._inner.list()

    def size(self, name: str) -> int:
        """Return the logical size of a file, uncommitted appends included."""
        return self._inner.size(name)

    def modified_ms(self, name: str) -> int | None:
        """Return the time of the last write to a file."""
        return self._inner.modified_ms(name)

    def check_room(self, name: str, size: int) -> None:
        """Check whether an append would succeed.

        Raises:
            StorageFault: it would fail.
        """
        self._inner.check_room(name, size)

    def read(self, name: str, position: int, size: int) -> bytes:
        """Return bytes up to the logical end."""
        return self._inner.read(name, position, size)

    def truncate(self, name: str, size: int) -> None:
        """Cut a file."""
        self.settle()
        self._inner.truncate(name, size)

    def flush(self, name: str) -> None:
        """Do nothing: committed bytes are durable."""
        self._inner.flush(name)

    def detached_flush(self, names: Iterable[str]) -> Callable[[], None]:
        """Return a function that does nothing: committed bytes are durable."""
        return self._inner.detached_flush(names)

    def seal(self, name: str) -> None:
        """End the appends to a file; unfinished ones still end later."""
        self._inner.seal(name)

    def replace(self, name: str, data: Buffer, *, durable: bool = True) -> None:
        """Write a small file."""
        self._inner.replace(name, data, durable=durable)

    def read_whole(self, name: str) -> bytes:
        """Return the content of a small file."""
        return self._inner.read_whole(name)

    def rename(self, old_name: str, new_name: str) -> None:
        """Rename a file."""
        self.settle()
        self._inner.rename(old_name, new_name)

    def remove(self, name: str) -> None:
        """Remove a file."""
        self.settle()
        self._inner.remove(name)

    def range(self, name: str, position: int, size: int) -> StoredRange:
        """Return a range of a file."""
        return self._inner.range(name, position, size)

    def close(self) -> None:
        """Commit everything and end the lease."""
        self.settle()
        self._inner.close()
