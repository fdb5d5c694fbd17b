"""Named timers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kafkalite.coordinators.runtime.shard_timers import ShardTimers
from kafkalite.testing.simulated_clock import SimulatedClock


def make() -> tuple[SimulatedClock, ShardTimers, list[str]]:
    clock = SimulatedClock()
    fired: list[str] = []
    return clock, ShardTimers(clock.timers, clock, lambda operation: operation() and None), fired


def note(fired: list[str], name: str) -> Callable[[], Any]:
    def operation() -> None:
        fired.append(name)

    return operation


def test_a_timer_fires_once_when_its_time_has_come() -> None:
    clock, timers, fired = make()
    timers.schedule("a", 10, note(fired, "a"))
    clock.advance(9)
    assert fired == [] and "a" in timers
    clock.advance(100)
    assert fired == ["a"] and "a" not in timers


def test_a_name_has_one_timer() -> None:
    clock, timers, fired = make()
    timers.schedule("a", 10, note(fired, "first"))
    timers.schedule("a", 20, note(fired, "second"))
    assert len(timers) == 1
    clock.advance(100)
    assert fired == ["second"]


def test_a_timer_that_is_there_can_be_left_alone() -> None:
    clock, timers, fired = make()
    timers.schedule("a", 10, note(fired, "first"))
    timers.schedule_if_absent("a", 1, note(fired, "second"))
    timers.schedule_if_absent("b", 1, note(fired, "b"))
    clock.advance(100)
    assert fired == ["b", "first"]


def test_cancelled_timers_leave_nothing_behind() -> None:
    clock, timers, fired = make()
    for name in "abc":
        timers.schedule(name, 10, note(fired, name))
    timers.cancel("a")
    timers.cancel("never there")
    assert timers.keys() == ["b", "c"]
    timers.cancel_all()
    clock.advance(100)
    assert fired == [] and len(timers) == 0 and len(clock.timers) == 0


def test_a_firing_timer_may_schedule_itself_again() -> None:
    clock, timers, fired = make()

    def again() -> None:
        fired.append("again")
        timers.schedule("a", 10, again)

    timers.schedule("a", 10, again)
    clock.advance(35)
    assert fired == ["again"] * 3
