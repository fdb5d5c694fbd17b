"""Sliced work: who is finished at once, who takes turns, and what a turn may cost."""

from __future__ import annotations

from collections.abc import Generator

import pytest

from kafkalite.model.limits import SLICE_MAX_MS, SLICE_MAX_STEP_COUNT, TURN_MAX_MS
from kafkalite.system.clock import ManualClock
from kafkalite.system.work_queue import WorkQueue


class Loop:
    """Counts the turns that a queue asks for."""

    def __init__(self) -> None:
        self.clock = ManualClock()
        self.wanted_count = 0
        self.queue = WorkQueue(self.clock, self._want)

    def _want(self) -> None:
        self.wanted_count += 1

    def turn(self) -> None:
        assert self.wanted_count == 1, "the queue asks exactly once for its next turn"
        self.wanted_count = 0
        self.queue.run_turn()

    def turn_until_idle(self) -> int:
        count = 0
        while self.wanted_count:
            self.turn()
            count += 1
        return count

    def steps(
        self, count: int, *, trace: list[str] | None = None, name: str = "", step_ms: int = 0
    ) -> Generator[None, None, int]:
        for number in range(count):
            if trace is not None:
                trace.append(name)
            self.clock.advance(step_ms)
            yield
            assert number < count
        return count


@pytest.fixture
def loop() -> Loop:
    return Loop()


def test_work_of_one_slice_is_done_at_once_and_asks_for_no_turn(loop: Loop) -> None:
    work = loop.queue.begin(loop.steps(SLICE_MAX_STEP_COUNT - 1))
    assert work.is_done and work.result() == SLICE_MAX_STEP_COUNT - 1
    assert loop.wanted_count == 0 and len(loop.queue) == 0


def test_longer_work_is_done_after_as_many_turns_as_it_has_slices(loop: Loop) -> None:
    done: list[int] = []
    work = loop.queue.begin(loop.steps(3 * SLICE_MAX_STEP_COUNT))
    work.then(lambda: done.append(work.result()))
    assert not work.is_done and done == []
    assert loop.turn_until_idle() == 3
    assert done == [3 * SLICE_MAX_STEP_COUNT]


def test_a_slice_ends_when_its_time_is_up(loop: Loop) -> None:
    trace: list[str] = []
    loop.queue.begin(loop.steps(10, trace=trace, step_ms=SLICE_MAX_MS))
    assert len(trace) == 1


def test_pieces_of_work_take_turns_slice_by_slice(loop: Loop) -> None:
    trace: list[str] = []
    for name in "ab":
        loop.queue.begin(loop.steps(3, trace=trace, name=name, step_ms=SLICE_MAX_MS))
    loop.turn_until_idle()
    assert "".join(trace) == "ababab"


def test_a_turn_ends_when_its_time_is_up_and_the_next_begins_with_who_was_left_out(loop: Loop) -> None:
    trace: list[str] = []
    for name in "abc":
        loop.queue.begin(loop.steps(3, trace=trace, name=name, step_ms=TURN_MAX_MS))
    del trace[:]
    loop.turn()
    assert trace == ["a"]
    loop.turn_until_idle()
    assert "".join(trace) == "abcabc"


def test_what_the_work_raises_is_its_result(loop: Loop) -> None:
    def failing() -> Generator[None, None, int]:
        yield
        raise KeyError("missing")

    work = loop.queue.begin(failing())
    with pytest.raises(KeyError):
        work.result()


def test_abandoned_work_runs_no_further_and_calls_nobody(loop: Loop) -> None:
    trace: list[str] = []
    done: list[str] = []
    work = loop.queue.begin(loop.steps(10, trace=trace, name="x", step_ms=SLICE_MAX_MS))
    work.then(lambda: done.append("done"))
    work.abandon()
    loop.turn_until_idle()
    assert trace == ["x"] and done == []


def test_a_callback_given_after_the_end_is_called_at_once(loop: Loop) -> None:
    done: list[str] = []
    loop.queue.begin(loop.steps(1)).then(lambda: done.append("done"))
    assert done == ["done"]


def test_work_that_is_added_in_a_turn_has_its_first_turn_in_the_next(loop: Loop) -> None:
    trace: list[str] = []

    def adding() -> bool:
        trace.append("first")
        loop.queue.add(lambda: bool(trace.append("second")))
        return False

    loop.queue.add(adding)
    loop.turn()
    assert trace == ["first"]
    loop.turn_until_idle()
    assert trace == ["first", "second"]
