"""A write to the logical end of a file, whose slow part may run in another thread."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from kafkalite.model.exceptions import StorageFault
from kafkalite.storage.append import PendingAppend

if TYPE_CHECKING:
    from collections.abc import Callable

    from kafkalite.model.buffers import Buffer
    from kafkalite.storage.open_files import OpenFile
    from kafkalite.system.files import FileHandle


class DetachedWrite(PendingAppend):
    """A write in progress; created only by `FilePartitionStore.append`.

    The file is not changed otherwise before the write has ended, and its handle stays open; reads continue.

    Args:
        append_again: repeats a write that failed for lack of space, if other files can release some; otherwise raises
            the StorageFault.
    """

    __slots__ = ("_append_again", "_buffer", "_cut_torn_tail", "_fault", "_file", "_handle", "_writing")

    def __init__(
        self,
        file: OpenFile,
        handle: FileHandle,
        buffer: Buffer,
        cut_torn_tail: Callable[[OpenFile], None],
        append_again: Callable[[OpenFile, Buffer, StorageFault], None],
    ) -> None:
        super().__init__(file.size, _settle)
        self._file = file
        self._handle = handle
        self._buffer = buffer
        self._cut_torn_tail = cut_torn_tail
        self._append_again = append_again
        self._fault: StorageFault | None = None
        self._writing = Lock()
        self._writing.acquire()
        file.pending = self

    def run(self) -> None:
        """Write the bytes, once, in any thread. Never raises: after any exception the write counts as failed."""
        try:
            self._handle.write_at(self.position, self._buffer)
        except StorageFault as fault:
            self._fault = fault
        except Exception as bug:
            self._fault = StorageFault("write", f"position {self.position}", repr(bug))
        finally:
            self._writing.release()

    def complete(self) -> None:
        """Make the bytes part of the file, in the thread of the store; do nothing if called again."""
        if self.is_done:
            return
        file = self._file
        file.pending = None
        if self._fault is not None:
            self._cut_torn_tail(file)
            try:
                self._append_again(file, self._buffer, self._fault)
            except StorageFault as fault:
                self.end(fault)
                return
        file.size = self.position + len(self._buffer)
        file.is_recent = True
        self.end()

    def settle(self) -> None:
        """Wait for the write, in whichever thread it runs, and complete it."""
        with self._writing:
            pass
        self.complete()


def _settle(append: PendingAppend) -> None:
    assert isinstance(append, DetachedWrite)
    append.settle()
