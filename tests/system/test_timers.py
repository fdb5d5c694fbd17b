"""Deadlines run in order, once, and leave nothing behind."""

from __future__ import annotations

import pytest

from kafkalite.system.clock import ManualClock
from kafkalite.system.timers import TimerQueue


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def timers(clock: ManualClock) -> TimerQueue:
    return TimerQueue(clock)


def test_runs_what_is_due_in_order_of_deadline_then_of_scheduling(timers: TimerQueue, clock: ManualClock) -> None:
    ran: list[str] = []
    timers.schedule(20, lambda: ran.append("late"))
    timers.schedule(10, lambda: ran.append("first of two"))
    timers.schedule(10, lambda: ran.append("second of two"))
    timers.schedule(31, lambda: ran.append("not yet"))
    clock.advance(30)
    assert timers.run_due() == 3
    assert ran == ["first of two", "second of two", "late"]
    assert timers.next_deadline_ms() == 31


def test_nothing_is_due_before_its_deadline(timers: TimerQueue, clock: ManualClock) -> None:
    timers.schedule(10, lambda: pytest.fail("ran early"))
    clock.advance(9)
    assert timers.run_due() == 0
    assert len(timers) == 1


def test_cancelled_timer_does_not_run_and_is_not_the_next_deadline(timers: TimerQueue, clock: ManualClock) -> None:
    cancelled = timers.schedule(5, lambda: pytest.fail("was cancelled"))
    timers.schedule(50, lambda: None)
    cancelled.cancel()
    cancelled.cancel()
    assert not cancelled.is_pending
    assert timers.next_deadline_ms() == 50
    clock.advance(10)
    assert timers.run_due() == 0
    assert len(timers) == 1


def test_cancelled_timers_do_not_pile_up(timers: TimerQueue) -> None:
    kept = timers.schedule(1_000_000, lambda: None)
    for deadline_ms in range(10_000):
        timers.schedule(2_000_000 + deadline_ms, lambda: None).cancel()
    assert len(timers._heap) < 200
    assert len(timers) == 1
    assert timers.next_deadline_ms() == kept.deadline_ms


def test_callback_may_cancel_one_that_is_due_in_the_same_turn(timers: TimerQueue, clock: ManualClock) -> None:
    ran: list[str] = []
    victim = None

    def cancel_victim() -> None:
        assert victim is not None
        victim.cancel()
        ran.append("canceller")

    timers.schedule(1, cancel_victim)
    victim = timers.schedule(2, lambda: ran.append("victim"))
    clock.advance(5)
    timers.run_due()
    assert ran == ["canceller"]
    assert len(timers) == 0
    assert timers.next_deadline_ms() is None


def test_what_a_callback_schedules_waits_for_the_next_turn(timers: TimerQueue, clock: ManualClock) -> None:
    ran: list[int] = []

    def again() -> None:
        ran.append(clock.monotonic_ms())
        timers.schedule(0, again)

    timers.schedule(0, again)
    assert timers.run_due() == 1
    assert timers.run_due() == 1
    assert ran == [0, 0]


def test_a_failing_callback_does_not_lose_the_others(timers: TimerQueue, clock: ManualClock) -> None:
    ran: list[str] = []

    def fail() -> None:
        raise RuntimeError("bug")

    timers.schedule(1, fail)
    timers.schedule(2, lambda: ran.append("after"))
    clock.advance(5)
    with pytest.raises(RuntimeError, match="bug"):
        timers.run_due()
    assert timers.run_due() == 1
    assert ran == ["after"]
