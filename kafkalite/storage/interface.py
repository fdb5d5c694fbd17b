"""What the log asks of a storage: files of one partition, and the directory that holds the partitions.

Names are file names without a path. Sizes are logical: what was appended, never what was allocated ahead. All
operations raise StorageFault when the storage refuses, and StaleLease once the files were opened by a later holder.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kafkalite.model.buffers import Buffer
    from kafkalite.storage.append import Append
    from kafkalite.storage.detached_write import DetachedWrite
    from kafkalite.storage.stored_range import StoredRange


class PartitionStore(Protocol):
    """The files of one partition under a lease: whoever opens it later with a higher epoch ends this one."""

    epoch: int

    @property
    def path(self) -> str:
        """Where the files are, for messages."""
        ...

    def list(self) -> list[str]:
        """Return the names of all files, in no order."""
        ...

    def size(self, name: str) -> int:
        """Return the logical size of a file; a missing file is a fault."""
        ...

    def modified_ms(self, name: str) -> int | None:
        """Return the wall clock of the last write to a file, None where the storage does not know it."""
        ...

    @property
    def appends_overlap(self) -> bool:
        """Whether an append may begin before the one before it is done. They end in order, and when one fails, those
        begun after it fail too, to whatever file of the partition. Else one that begins waits for the one before it."""
        ...

    def append(self, name: str, buffer: Buffer, is_lasting: bool = False) -> Append:
        """Append all of `buffer` at the logical end, now or later; creates a missing file.

        Before an append is done a crash may cost it. One that fails leaves the logical end where it was; a torn write
        is cut off.

        Args:
            is_lasting: `buffer` stays as it is until the append is done, so that it need not be copied. Without it the
                bytes can be read at once, done or not.

        Raises:
            StorageFault: it failed at once.
        """
        ...

    def check_room(self, name: str, size: int) -> None:
        """Raise the StorageFault that an append of `size` bytes would meet now, as far as that can be known without
        one. What is written to the file afterwards may use the space that this took for it."""
        ...

    def read(self, name: str, position: int, size: int) -> bytes:
        """Return up to `size` bytes from `position`; fewer, down to none, only at the logical end."""
        ...

    def truncate(self, name: str, size: int) -> None:
        """Make `size`, at most the logical size, the new logical end."""
        ...

    def flush(self, name: str) -> None:
        """Return when everything appended to the file, up to the last append that is done, and its name survive a power
        loss."""
        ...

    def detached_flush(self, names: Iterable[str]) -> Callable[[], None]:
        """Return a function that flushes the files as they are now and may run in another thread.

        Files that are removed before it gets to them are left out.
        """
        ...

    def seal(self, name: str) -> None:
        """Say that nothing more will be appended: gives back what was allocated ahead. Reading goes on.

        A log seals in the middle of an append: where appends overlap this waits for none of them.
        """
        ...

    def replace(self, name: str, data: Buffer, *, durable: bool = True) -> None:
        """Make `data` the whole content of a small file; any reader sees the old or the new, also after a crash."""
        ...

    def read_whole(self, name: str) -> bytes:
        """Return the content of a small file; a missing file is a fault."""
        ...

    def rename(self, old_name: str, new_name: str) -> None:
        """Give a file another name, over a file that may be there."""
        ...

    def remove(self, name: str) -> None:
        """Remove a file; a missing one is no fault."""
        ...

    def range(self, name: str, position: int, size: int) -> StoredRange:
        """Return up to `size` bytes from `position`, which are read when they are sent; fewer only at the logical end.

        A file that is renamed can be read on by its ranges, one that is removed cannot.
        """
        ...

    def close(self) -> None:
        """Trim and let go of all files; later calls raise StaleLease."""
        ...


class LogDirectory(Protocol):
    """The directory of all partitions, and the few files beside them.

    Attributes:
        run_write: hands a slow write to a thread, which has to call its `run` and then, where the stores are used, its
            `complete`. None where all is written at once; a directory with other ways to write has no use for it.
    """

    path: str
    run_write: Callable[[DetachedWrite], None] | None

    def partitions(self) -> list[str]:
        """Return the names of all directories of partitions, also of those marked for removal, in no order."""
        ...

    def create(self, directory_name: str) -> None:
        """Make a partition's directory; one that is there is no fault."""
        ...

    def open(self, directory_name: str, *, epoch: int) -> PartitionStore:
        """Open the files of a partition.

        Raises StaleLease unless `epoch` is higher than that of a store that is open; that store is fenced.
        """
        ...

    def rename(self, old_name: str, new_name: str) -> None:
        """Give a partition's directory another name; its open store is closed."""
        ...

    def schedule_removal(self, directory_name: str) -> str:
        """Rename the directory so that no start takes it for a partition, and note it for `run_removals`.

        Returns the name it has from now on; one that is marked already keeps it.
        """
        ...

    def run_removals(self, max_count: int | None = None) -> int:
        """Remove the directories noted, all or so many, and return how many; costs as much as the files are large."""
        ...

    def read_root(self, name: str) -> bytes | None:
        """Return the content of a file beside the partitions, or None when there is none."""
        ...

    def replace_root(self, name: str, data: Buffer, *, durable: bool = True) -> None:
        """Make `data` the whole content of a file beside the partitions, atomically."""
        ...

    def remove_root(self, name: str) -> None:
        """Remove a file beside the partitions; a missing one is no fault."""
        ...

    def flush_all(self) -> None:
        """Return when everything in all partitions, and beside them, survives a power loss."""
        ...

    def free_bytes(self) -> int:
        """Return the space left for new data."""
        ...

    def total_bytes(self) -> int:
        """Return the size of what the directory lies on, used or not."""
        ...

    def close(self) -> None:
        """Close every open store and give the directory's lock up."""
        ...
