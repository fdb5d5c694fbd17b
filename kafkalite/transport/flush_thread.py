"""The one thread of a log directory that waits for the disk: flushes that nobody's reply depends on.

``fdatasync`` gives the interpreter lock back while it waits, so the loop goes on serving; the log itself is only
touched on the loop, before and after.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from logging import getLogger
from typing import TYPE_CHECKING

from kafkalite.model.exceptions import StorageFault

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop, Future

    from kafkalite.log.flush_job import FlushJob

_log = getLogger("kafkalite.log")


class FlushThread:
    """Runs flush jobs, one after the other, beside the loop.

    Args:
        loop: where jobs are begun and completed.
    """

    def __init__(self, loop: AbstractEventLoop) -> None:
        self._loop = loop
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="kafkalite-flush")
        self._running: set[Future[None]] = set()

    def run(self, job: FlushJob) -> None:
        """Take a job; it is completed on the loop, later. The thread starts with the first one."""
        future = self._loop.run_in_executor(self._executor, job.run)
        self._running.add(future)
        future.add_done_callback(lambda done: self._complete(done, job))

    async def stop(self) -> None:
        """Wait for the jobs that were taken, and end the thread."""
        while self._running:
            for future in list(self._running):
                await future
        self._executor.shutdown()

    def _complete(self, future: Future[None], job: FlushJob) -> None:
        self._running.discard(future)
        try:
            job.complete()
        except StorageFault as fault:
            _log.error("%s is offline: %s", job.log.topic_partition, fault)
