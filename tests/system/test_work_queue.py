"""Sliced work: who is finished at once, who takes turns, and what a turn may cost."""

from __future__ import annotations

from collections.abc import Callable, Generator

import pytest

from kafkalite.model.limits import SLICE_MAX_MS, SLICE_MAX_STEP_COUNT, TURN_MAX_MS
from kafkalite.system.clock import ManualClock
from kafkalite.system.work_queue import Errand, WorkQueue


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


class Waits:
    """An errand that is over when the test says so, or at once."""

    def __init__(self, *, at_once: bool = False) -> None:
        self.at_once = at_once
        self.resume: Callable[[], object] | None = None

    def begin(self, resume: Callable[[], object]) -> None:
        self.resume = resume
        if self.at_once:
            resume()


def test_work_stands_aside_for_an_errand(loop: Loop) -> None:
    errand = Waits()

    def steps() -> Generator[Errand | None, None, str]:
        yield None
        yield errand
        yield None
        return "done"

    work = loop.queue.begin(steps())
    assert not work.is_done and len(loop.queue) == 0 and loop.wanted_count == 0
    assert errand.resume is not None
    errand.resume()
    assert not work.is_done
    assert loop.turn_until_idle() == 1
    assert work.result() == "done"


def test_an_errand_may_be_over_at_once(loop: Loop) -> None:
    def steps() -> Generator[Errand | None, None, str]:
        yield Waits(at_once=True)
        yield Waits(at_once=True)
        return "done"

    work = loop.queue.begin(steps())
    assert loop.turn_until_idle() == 2
    assert work.result() == "done"


def test_an_errand_that_ends_after_its_work_was_abandoned_wakes_nothing(loop: Loop) -> None:
    errand = Waits()
    trace: list[str] = []

    def steps() -> Generator[Errand | None, None, None]:
        yield errand
        trace.append("went on")

    work = loop.queue.begin(steps())
    work.abandon()
    assert errand.resume is not None
    errand.resume()
    loop.turn_until_idle()
    assert trace == []
