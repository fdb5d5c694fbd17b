"""The clocks agree on units, and the manual one moves only when told."""

from __future__ import annotations

import time

import pytest

from kafkalite.system.clock import ManualClock, SystemClock
from kafkalite.system.timers import TimerQueue


def test_system_clock_counts_milliseconds() -> None:
    clock = SystemClock()
    before_ms = int(time.time() * 1000) - 1
    assert before_ms <= clock.now_ms() <= int(time.time() * 1000) + 1
    first = clock.monotonic_ms()
    assert first <= clock.monotonic_ms()
    assert abs(first - time.monotonic() * 1000) < 1000


def test_manual_clock_advances_both_clocks() -> None:
    clock = ManualClock(now_ms=5_000)
    clock.advance(250)
    assert (clock.now_ms(), clock.monotonic_ms()) == (5_250, 250)


def test_stepping_the_wall_clock_leaves_deadlines_alone() -> None:
    clock = ManualClock(now_ms=5_000)
    clock.set_now(1_000)
    assert (clock.now_ms(), clock.monotonic_ms()) == (1_000, 0)


def test_time_does_not_pass_backwards() -> None:
    with pytest.raises(ValueError, match="backwards"):
        ManualClock().advance(-1)


def test_what_can_be_waited_for() -> None:
    system, manual = SystemClock(), ManualClock()
    assert 0 < system.delay_until(system.monotonic_ms() + 60_000) <= 60_000
    assert system.delay_until(system.monotonic_ms() - 1) == 0
    assert (manual.delay_until(0), manual.delay_until(1)) == (0, None)


def test_followers_run_at_their_own_instants() -> None:
    clock = ManualClock()
    seen: list[tuple[str, int]] = []
    first, second = TimerQueue(clock), TimerQueue(clock)
    clock.follow(first)
    clock.follow(second)
    second.schedule(100, lambda: seen.append(("second", clock.monotonic_ms())))
    first.schedule(200, lambda: seen.append(("first", clock.monotonic_ms())))
    clock.advance(150)
    clock.unfollow(first)
    clock.unfollow(first)
    clock.advance(1_000)
    assert seen == [("second", 100)] and clock.monotonic_ms() == 1_150
    clock.follow(first)
    clock.advance(0)
    assert seen[1:] == [("first", 1_150)]
