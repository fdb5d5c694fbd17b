"""Jobs run in threads that nothing waits for, and are completed on the loop while there is one."""

from __future__ import annotations

import asyncio
import threading

from kafkalite.transport.passing_threads import PassingThreads
from tests.transport.loopback import run, until


class Job:
    """Waits for the test before it is done."""

    def __init__(self) -> None:
        self.may_end = threading.Event()
        self.thread: threading.Thread | None = None
        self.is_complete = False

    def run(self) -> None:
        self.thread = threading.current_thread()
        self.may_end.wait()

    def complete(self) -> None:
        assert threading.current_thread() is threading.main_thread()
        self.is_complete = True


def test_a_job_that_waits_holds_up_neither_the_loop_nor_another() -> None:
    turns: list[str] = []

    async def scene() -> None:
        threads = PassingThreads(asyncio.get_running_loop(), "passing", lambda: turns.append("after"))
        slow, quick = Job(), Job()
        threads.run(slow)
        quick.may_end.set()
        threads.run(quick)
        await until(lambda: quick.is_complete)
        assert not slow.is_complete
        assert slow.thread is not None
        assert slow.thread.daemon
        slow.may_end.set()
        await until(lambda: slow.is_complete)

    run(scene())
    assert turns == ["after", "after"]


def test_no_job_is_completed_after_a_stop_and_none_after_the_loop() -> None:
    stopped, late = Job(), Job()

    async def scene() -> None:
        threads = PassingThreads(asyncio.get_running_loop(), "passing")
        threads.run(late)
        threads.run(stopped)
        threads.stop()
        await until(lambda: stopped.thread is not None)
        stopped.may_end.set()
        assert stopped.thread is not None
        await asyncio.to_thread(stopped.thread.join)
        await asyncio.sleep(0)

    run(scene())
    late.may_end.set()
    assert late.thread is not None
    late.thread.join()  # a fault in it would be reported by pytest
    assert (stopped.is_complete, late.is_complete) == (False, False)
