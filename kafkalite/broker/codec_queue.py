"""Large calls of codecs, made one at a time in a thread; what they produced is counted until it is thrown away.

A batch of a megabyte may open to hundreds: the next one is only opened while those that are still looked at hold less
than DECOMPRESSED_IN_FLIGHT_BYTES, so that neither their number nor their ratio decides how much memory is needed.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from kafkalite.model.limits import DECOMPRESSED_IN_FLIGHT_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Protocol, TypeVar

    from kafkalite.records.codec_steps import CodecCall, Steps
    from kafkalite.system.work_queue import SlicedSteps

    class Job(Protocol):
        """Work for a thread: `run` there, then `complete` on the loop."""

        def run(self) -> None: ...

        def complete(self) -> None: ...

    T = TypeVar("T")


class CodecJob:
    """One call on its way: an errand of the work that needs it, and the job of the thread that makes it.

    Attributes:
        is_first: the work has made no call before, so it holds nothing.
        is_dropped: the work ended; what the call may still produce is held by nothing.
    """

    __slots__ = ("_call", "_queue", "_resume", "is_dropped", "is_first")

    def __init__(self, queue: CodecQueue, call: CodecCall, *, is_first: bool) -> None:
        self._queue = queue
        self._call = call
        self.is_first = is_first
        self._resume: Callable[[], object] | None = None
        self.is_dropped = False

    @property
    def size_bytes(self) -> int:
        """The bytes of the result in memory, 0 before it is there."""
        return self._call.size_bytes

    def begin(self, resume: Callable[[], object]) -> None:
        """Have the call made when it is its turn, and call ``resume`` afterwards."""
        self._resume = resume
        self._queue.take(self)

    def run(self) -> None:
        """Make the call; in any thread."""
        self._call.run()

    def complete(self) -> None:
        """Take the result in, on the loop."""
        self._queue.finished(self)
        assert self._resume is not None
        self._resume()


class CodecQueue:
    """The calls that wait, and the one that is being made.

    Attributes:
        run_elsewhere: hands a job to a thread, which runs and completes it; None makes the calls at once.
        held_bytes: the bytes that finished calls produced and their work has not thrown away yet.
    """

    __slots__ = ("_is_running", "_is_stopped", "_waiting", "_waiting_further", "held_bytes", "run_elsewhere")

    def __init__(self) -> None:
        self.run_elsewhere: Callable[[Job], None] | None = None
        self.held_bytes = 0
        self._waiting: deque[CodecJob] = deque()
        self._waiting_further: deque[CodecJob] = deque()
        self._is_running = False
        self._is_stopped = False

    def drive(self, steps: Steps[T]) -> SlicedSteps[T]:
        """Return `steps` as sliced work, which makes its calls of codecs here."""
        jobs: list[CodecJob] = []
        try:
            while True:
                try:
                    call = next(steps)
                except StopIteration as end:
                    result: T = end.value
                    return result
                if call is None:
                    yield None
                else:
                    jobs.append(CodecJob(self, call, is_first=not jobs))
                    yield jobs[-1]
        finally:
            for job in jobs:
                self.held_bytes -= job.size_bytes
                job.is_dropped = True
            if jobs:
                self._begin_next()

    def stop(self) -> None:
        """Make no more calls: what waits for one is never resumed."""
        self._waiting.clear()
        self._waiting_further.clear()
        self._is_stopped = True

    def take(self, job: CodecJob) -> None:
        """Make a job's call when it is its turn."""
        (self._waiting if job.is_first else self._waiting_further).append(job)
        self._begin_next()

    def finished(self, job: CodecJob) -> None:
        """Count what a call produced, and go on with the next one."""
        self._is_running = False
        if not job.is_dropped:
            self.held_bytes += job.size_bytes
        self._begin_next()

    def _begin_next(self) -> None:
        while (job := self._next_job()) is not None:
            if job.is_dropped:
                continue
            self._is_running = True
            if self.run_elsewhere is not None:
                self.run_elsewhere(job)
            else:
                job.run()
                job.complete()

    def _next_job(self) -> CodecJob | None:
        if self._is_stopped or self._is_running:
            return None
        if self._waiting_further:
            return self._waiting_further.popleft()
        if self._waiting and self.held_bytes < DECOMPRESSED_IN_FLIGHT_BYTES:
            return self._waiting.popleft()
        return None
