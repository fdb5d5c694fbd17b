"""The clocks agree on units, and the manual one moves only when told."""

from __future__ import annotations

import time

import pytest

from kafkalite.system.clock import ManualClock, SystemClock


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
