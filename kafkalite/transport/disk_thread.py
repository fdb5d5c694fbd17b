"""A thread that waits for the disk instead of the loop: large writes, and flushes that no reply depends on.

``pwrite`` and ``fdatasync`` release the interpreter lock while they wait, so the loop keeps serving; the log itself is
only changed on the loop, before and after. The codecs of large batches, whose C code releases it too, have another
thread.
"""

from __future__ import annotations

from asyncio import sleep, wait
from concurrent.futures import ThreadPoolExecutor
from logging import getLogger
from typing import TYPE_CHECKING, Protocol

from kafkalite.model.exceptions import StorageFault

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop, Future
    from collections.abc import Callable

_log = getLogger("kafkalite.log")


class DiskJob(Protocol):
    """Work that has begun on the loop and ends there."""

    def run(self) -> None:
        """Run the slow part, in any thread."""

    def complete(self) -> None:
        """Complete the job on the loop.

        Raises:
            StorageFault: the slow part failed.
        """


class DiskThread:
    """Runs jobs, one after the other, beside the loop. The thread starts with the first one.

    Args:
        loop: begins and completes jobs.
        name: the name of the thread.
        after_job: called on the loop after the completion of each job.
    """

    def __init__(self, loop: AbstractEventLoop, name: str, after_job: Callable[[], None] = lambda: None) -> None:
        self._loop = loop
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
        self._running: set[Future[None]] = set()
        self._after_job = after_job

    def run(self, job: DiskJob) -> None:
        """Queue a job, which is completed later on the loop."""
        future = self._loop.run_in_executor(self._executor, job.run)
        self._running.add(future)
        future.add_done_callback(lambda done: self._complete(done, job))

    async def stop(self) -> None:
        """Wait for the queued jobs, and end the thread."""
        while self._running:
            await wait(self._running)
            await sleep(0)  # `_complete` runs in the turn of the loop that follows
        self._executor.shutdown()

    def _complete(self, future: Future[None], job: DiskJob) -> None:
        self._running.discard(future)
        bug = future.exception()
        if bug is not None:  # unknown bytes reached the disk: the job must not be acknowledged
            _log.error("a job of the disk thread failed", exc_info=bug)
            return
        try:
            job.complete()
        except StorageFault:
            pass  # the log has reported it
        finally:
            self._after_job()
