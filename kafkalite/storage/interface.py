"""The storage interface for the log: the files of one partition, and the directory of all partitions.

Names are file names without a path. Sizes are logical: they count appended bytes, never space allocated ahead. All
operations raise StorageFault if the storage refuses, and StaleLease once a later holder has opened the files.
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
    """The files of one partition under a lease, which ends when a later holder opens them with a higher epoch."""

    epoch: int

    @property
    def path(self) -> str:
        """The location of the files, for messages."""
        ...

    def list(self) -> list[str]:
        """Return the names of all files, in no particular order."""
        ...

    def size(self, name: str) -> int:
        """Return the logical size of a file.

        Raises:
            StorageFault: the file is missing or cannot be read.
        """
        ...

    def modified_ms(self, name: str) -> int | None:
        """Return the wall clock of the last write to a file, None where the storage does not know it."""
        ...

    @property
    def appends_overlap(self) -> bool:
        """Whether an append may begin before the previous one is done; otherwise it waits for that one.

        Overlapping appends end in order. If one fails, all that were begun after it fail too, to any file of the
        partition.
        """
        ...

    def append(self, name: str, buffer: Buffer, is_lasting: bool = False) -> Append:
        """Append all of `buffer` at the logical end, now or later, and create a missing file.

        A crash may lose an append that is not done. A failed one does not move the logical end; a torn write is cut
        off.

        Args:
            is_lasting: `buffer` stays unchanged until the append is done, so that it need not be copied. Otherwise the
                bytes can be read at once, done or not.

        Raises:
            StorageFault: the append failed at once.
        """
        ...

    def check_room(self, name: str, size: int) -> None:
        """Check whether an append of `size` bytes would succeed now, as far as that can be known without one.

        It may allocate space, which later writes to the file use.

        Raises:
            StorageFault: the append would fail.
        """
        ...

    def read(self, name: str, position: int, size: int) -> bytes:
        """Return up to `size` bytes from `position`; fewer, possibly none, only at the logical end."""
        ...

    def truncate(self, name: str, size: int) -> None:
        """Set the logical end to `size`, which is at most the logical size."""
        ...

    def flush(self, name: str) -> None:
        """Flush the file, up to the last append that is done, and its name, so that they survive a power loss."""
        ...

    def detached_flush(self, names: Iterable[str]) -> Callable[[], None]:
        """Return a function that flushes the present content of the files and may run in another thread.

        It skips files that have been removed meanwhile.
        """
        ...

    def seal(self, name: str) -> None:
        """End the appends to a file: release the space allocated ahead. The file stays readable.

        A log seals during an append: if appends overlap, this does not wait for any of them.
        """
        ...

    def replace(self, name: str, data: Buffer, *, durable: bool = True) -> None:
        """Replace the content of a small file with `data`; readers see either the old or the new one, even after a
        crash.
        """
        ...

    def read_whole(self, name: str) -> bytes:
        """Return the content of a small file.

        Raises:
            StorageFault: the file is missing or cannot be read.
        """
        ...

    def rename(self, old_name: str, new_name: str) -> None:
        """Rename a file, replacing an existing one."""
        ...

    def remove(self, name: str) -> None:
        """Remove a file; a missing one is not a fault."""
        ...

    def range(self, name: str, position: int, size: int) -> StoredRange:
        """Return a range of up to `size` bytes from `position`, read when it is sent; fewer only at the logical end.

        The ranges of a renamed file stay readable, those of a removed file do not.
        """
        ...

    def close(self) -> None:
        """Trim and release all files; later calls raise StaleLease."""
        ...


class LogDirectory(Protocol):
    """The directory of all partitions, and of the few files beside them.

    Attributes:
        run_write: hands a slow write to a thread, which calls its `run` and arranges the call of its `complete` in the
            thread of the stores. None if every write is immediate; a directory with other ways to write ignores it.
    """

    path: str
    run_write: Callable[[DetachedWrite], None] | None

    def partitions(self) -> list[str]:
        """Return the names of all directories of partitions, including those marked for removal, in no order."""
        ...

    def create(self, directory_name: str) -> None:
        """Create a partition's directory; an existing one is not a fault."""
        ...

    def open(self, directory_name: str, *, epoch: int) -> PartitionStore:
        """Open the files of a partition.

        A store that has them open with a lower epoch is fenced.

        Raises:
            StaleLease: a store has them open with an equal or higher epoch.
            StorageFault: the directory cannot be used.
        """
        ...

    def rename(self, old_name: str, new_name: str) -> None:
        """Rename a partition's directory, and close its open store."""
        ...

    def schedule_removal(self, directory_name: str) -> str:
        """Rename a directory so that no start takes it for a partition, note it for `run_removals`, and return the new
        name.

        A directory that is marked already keeps its name.
        """
        ...

    def run_removals(self, max_count: int | None = None) -> int:
        """Remove the noted directories, at most `max_count`, and return their number; large files may take long."""
        ...

    def read_root(self, name: str) -> bytes | None:
        """Return the content of a file beside the partitions; None for none."""
        ...

    def replace_root(self, name: str, data: Buffer, *, durable: bool = True) -> None:
        """Replace the content of a file beside the partitions with `data`, atomically."""
        ...

    def remove_root(self, name: str) -> None:
        """Remove a file beside the partitions; a missing one is not a fault."""
        ...

    def flush_all(self) -> None:
        """Flush everything in all partitions, and beside them, so that it survives a power loss."""
        ...

    def free_bytes(self) -> int:
        """Return the space for new data, in bytes."""
        ...

    def total_bytes(self) -> int:
        """Return the total size of the directory's device, used or not, in bytes."""
        ...

    def close(self) -> None:
        """Close every open store and release the lock of the directory."""
        ...
