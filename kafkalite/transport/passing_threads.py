"""A thread for each job that may wait for the network longer than a stop of the server may.

Such threads are daemons: neither the server's stop nor the end of the process waits for them.
"""

from __future__ import annotations

from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop
    from collections.abc import Callable
    from typing import Protocol

    class PassingJob(Protocol):
        """Work that has begun on the loop and ends there."""

        def run(self) -> None:
            """Run the slow part, in any thread; must not raise."""

        def complete(self) -> None:
            """Complete the job on the loop."""


class PassingThreads:
    """Runs each job in a new thread; the caller limits their number.

    Args:
        loop: begins and completes jobs.
        name: the name of the threads.
        after_job: called on the loop after the completion of each job.
    """

    def __init__(self, loop: AbstractEventLoop, name: str, after_job: Callable[[], None] = lambda: None) -> None:
        self._loop = loop
        self._name = name
        self._after_job = after_job
        self._is_stopped = False

    def run(self, job: PassingJob) -> None:
        """Start a job, which is completed later on the loop."""
        Thread(target=self._run, args=(job,), name=self._name, daemon=True).start()

    def stop(self) -> None:
        """Complete no more jobs."""
        self._is_stopped = True

    def _run(self, job: PassingJob) -> None:
        job.run()
        try:
            self._loop.call_soon_threadsafe(self._complete, job)
        except RuntimeError:  # the loop is closed: nothing waits for the outcome
            pass

    def _complete(self, job: PassingJob) -> None:
        if self._is_stopped:
            return
        try:
            job.complete()
        finally:
            self._after_job()
