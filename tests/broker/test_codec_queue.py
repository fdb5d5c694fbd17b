"""Large calls of codecs: one at a time, and none while too much of what they produced is held."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import pytest

from kafkalite.broker.codec_queue import CodecQueue
from kafkalite.model.limits import DECOMPRESSED_IN_FLIGHT_BYTES
from kafkalite.records.codec_steps import CodecCall, Steps
from kafkalite.system.clock import ManualClock
from kafkalite.system.work_queue import SlicedWork, WorkQueue


class Thread:
    """Takes jobs and does them when the test says so."""

    def __init__(self) -> None:
        self.jobs: list[Any] = []

    def do_one(self) -> None:
        job = self.jobs.pop(0)
        job.run()
        job.complete()


class SizedCall(CodecCall):
    """A call whose result counts as many bytes as the test says, without taking them."""

    __slots__ = ("_size",)

    def __init__(self, size: int) -> None:
        super().__init__(lambda: b"")
        self._size = size

    def run(self) -> None:
        super().run()
        self.size_bytes = self._size


def opening(*sizes: int, step_count: int = 1) -> Steps[int]:
    """Work that opens something of each size, then walks."""
    for size in sizes:
        yield SizedCall(size)
    for _ in range(step_count):
        yield None
    return len(sizes)


class Bench:
    def __init__(self, *, has_thread: bool = True) -> None:
        self.thread = Thread()
        self.queue = CodecQueue()
        if has_thread:
            self.queue.run_elsewhere = self.thread.jobs.append
        self.work = WorkQueue(ManualClock(), lambda: None)

    def begin(self, steps: Generator[Any, None, int]) -> SlicedWork[int]:
        return self.work.begin(self.queue.drive(steps))

    def turn(self) -> None:
        while len(self.work):
            self.work.run_turn()


def test_without_a_thread_calls_are_made_at_once() -> None:
    bench = Bench(has_thread=False)
    work = bench.begin(opening(5, 7))
    bench.turn()
    assert work.result() == 2 and bench.queue.held_bytes == 0


def test_one_call_at_a_time_in_the_order_in_which_they_came() -> None:
    bench = Bench()
    works = [bench.begin(opening(1)) for _ in range(3)]
    for done_count in range(1, 4):
        assert len(bench.thread.jobs) == 1
        bench.thread.do_one()
        bench.turn()
        assert [work.is_done for work in works] == [True] * done_count + [False] * (3 - done_count)


def test_what_was_opened_is_held_until_its_work_is_done() -> None:
    bench = Bench()
    works = [bench.begin(opening(DECOMPRESSED_IN_FLIGHT_BYTES)) for _ in range(3)]
    bench.thread.do_one()
    assert bench.queue.held_bytes == DECOMPRESSED_IN_FLIGHT_BYTES
    assert bench.thread.jobs == [], "the next one waits while this one is walked"
    bench.turn()
    assert works[0].is_done and not works[1].is_done
    assert len(bench.thread.jobs) == 1
    for _ in range(2):
        bench.thread.do_one()
        bench.turn()
    assert all(work.is_done for work in works) and bench.queue.held_bytes == 0


def test_work_that_holds_something_does_not_wait_for_room() -> None:
    """Work that opens and then closes, each piece of which holds half of what all may hold: they must not wait for
    one another."""
    bench = Bench()
    half = DECOMPRESSED_IN_FLIGHT_BYTES // 2
    works = [bench.begin(opening(half, 1, step_count=0)) for _ in range(6)]
    for _ in range(12):
        bench.thread.do_one()
        bench.turn()
        assert bench.queue.held_bytes <= DECOMPRESSED_IN_FLIGHT_BYTES + half
    assert all(work.is_done for work in works) and bench.queue.held_bytes == 0


def test_work_that_fails_or_is_abandoned_gives_back_what_it_held() -> None:
    bench = Bench()

    def failing() -> Steps[int]:
        yield SizedCall(9)
        raise KeyError("missing")

    failed = bench.begin(failing())
    bench.thread.do_one()
    bench.turn()
    with pytest.raises(KeyError):
        failed.result()
    running, waiting = bench.begin(opening(9)), bench.begin(opening(9))
    running.abandon()
    waiting.abandon()
    bench.thread.do_one()
    assert bench.thread.jobs == [] and bench.queue.held_bytes == 0
    during = bench.begin(opening(9))
    bench.thread.do_one()
    assert bench.queue.held_bytes == 9
    during.abandon()
    assert bench.queue.held_bytes == 0
    assert bench.begin(opening()).is_done


def test_nothing_is_begun_after_a_stop() -> None:
    bench = Bench()
    works = [bench.begin(opening(1)) for _ in range(3)]
    bench.queue.stop()
    bench.thread.do_one()
    bench.turn()
    works.append(bench.begin(opening(1)))
    assert bench.thread.jobs == []
    assert [work.is_done for work in works] == [True, False, False, False]
