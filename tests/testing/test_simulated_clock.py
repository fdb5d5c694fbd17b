"""A clock that runs timers when its time is set."""

from __future__ import annotations

import pytest

from kafkalite.system.timers import TimerQueue
from kafkalite.testing.simulated_clock import SimulatedClock


def test_timers_run_at_their_own_instant_and_in_order() -> None:
    clock = SimulatedClock(now_ms=1_000)
    seen: list[tuple[str, int, int]] = []
    for name, deadline_ms in (("late", 500), ("early", 20), ("never", 2_000)):
        clock.timers.schedule(
            deadline_ms,
            lambda name=name: seen.append((name, clock.monotonic_ms(), clock.now_ms())),  # type: ignore[misc]
        )
    clock.advance(1_000)
    assert seen == [("early", 20, 1_020), ("late", 500, 1_500)]
    assert (clock.monotonic_ms(), clock.now_ms()) == (1_000, 2_000)


def test_timers_that_come_up_on_the_way_run_too() -> None:
    clock = SimulatedClock()
    beats: list[int] = []

    def beat() -> None:
        beats.append(clock.monotonic_ms())
        clock.timers.schedule(clock.monotonic_ms() + 3_000, beat)

    clock.timers.schedule(0, beat)
    clock.advance(3_600_000)
    assert len(beats) == 1_201
    assert beats[-1] == 3_600_000


def test_queues_that_were_attached_share_the_time() -> None:
    clock = SimulatedClock()
    other = clock.attach(TimerQueue(clock))
    seen: list[str] = []
    other.schedule(5, lambda: seen.append("other"))
    clock.timers.schedule(10, lambda: seen.append("own"))
    assert clock.next_deadline_ms() == 5
    clock.advance(10)
    assert seen == ["other", "own"]
    assert clock.next_deadline_ms() is None


def test_one_deadline_at_a_time() -> None:
    clock = SimulatedClock()
    seen: list[int] = []
    for deadline_ms in (7, 7, 60_000):
        clock.timers.schedule(deadline_ms, lambda: seen.append(clock.monotonic_ms()))
    assert clock.advance_to_next_deadline()
    assert seen == [7, 7]
    assert clock.advance_to_next_deadline()
    assert not clock.advance_to_next_deadline()
    assert seen == [7, 7, 60_000]
    assert clock.monotonic_ms() == 60_000


def test_a_wall_clock_step_moves_no_timer() -> None:
    clock = SimulatedClock()
    seen: list[int] = []
    clock.timers.schedule(10, lambda: seen.append(1))
    clock.set_now(clock.now_ms() + 1_000_000)
    clock.advance(9)
    assert not seen
    clock.advance(1)
    assert seen


def test_timers_without_end_and_time_backwards_are_refused() -> None:
    clock = SimulatedClock()

    def again() -> None:
        clock.timers.schedule(clock.monotonic_ms(), again)

    clock.timers.schedule(5, again)
    with pytest.raises(RuntimeError, match="without end"):
        clock.advance(10)
    with pytest.raises(ValueError, match="backwards"):
        SimulatedClock().advance(-1)


def test_an_exception_stops_the_clock_where_it_happened() -> None:
    clock = SimulatedClock()

    def burst() -> None:
        raise KeyError("burst")

    clock.timers.schedule(5, burst)
    with pytest.raises(KeyError):
        clock.advance(10)
    assert clock.monotonic_ms() == 5
