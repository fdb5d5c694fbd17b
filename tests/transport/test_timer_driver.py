"""The loop wakes for the earliest deadline, and one failing callback does not stop the clock."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from kafkalite.model.limits import LATE_TIMER_MIN_MS, LATE_TIMER_TURN_COUNT
from kafkalite.system.clock import ManualClock
from kafkalite.system.timers import TimerQueue
from kafkalite.transport.timer_driver import TimerDriver


class PlayedLoop:
    """Keeps what it was asked to call, and calls it when the test says so."""

    def __init__(self, clock: ManualClock) -> None:
        self._clock = clock
        self.calls: list[PlayedHandle] = []
        self.soon: list[PlayedHandle] = []

    def call_later(self, delay_s: float, callback: Callable[[], None]) -> PlayedHandle:
        handle = PlayedHandle(round(delay_s * 1000), callback)
        self.calls.append(handle)
        return handle

    def call_soon(self, callback: Callable[..., None], *arguments: object) -> PlayedHandle:
        handle = PlayedHandle(0, lambda: callback(*arguments))
        self.soon.append(handle)
        return handle

    def turn(self) -> None:
        """Call what was to be called soon when the turn began."""
        soon, self.soon = self.soon, []
        for handle in soon:
            if not handle.is_over:
                handle.callback()

    @property
    def delays_ms(self) -> list[int]:
        return [handle.delay_ms for handle in self.calls if not handle.is_over]

    def fire(self, *, late_ms: int = 0) -> None:
        [handle] = [handle for handle in self.calls if not handle.is_over]
        self._clock.advance(handle.delay_ms + late_ms)
        handle.is_over = True
        handle.callback()


class PlayedHandle:
    def __init__(self, delay_ms: int, callback: Callable[[], None]) -> None:
        self.delay_ms = delay_ms
        self.callback = callback
        self.is_over = False

    def cancel(self) -> None:
        self.is_over = True


class Scene:
    def __init__(self) -> None:
        self.clock = ManualClock(0)
        self.timers = TimerQueue(self.clock)
        self.loop = PlayedLoop(self.clock)
        self.log: list[str] = []
        loop: Any = self.loop
        self.driver = TimerDriver(loop, self.timers, self.clock, lambda: self.log.append("after"))

    def schedule(self, delay_ms: int, name: str) -> Any:
        return self.timers.schedule(self.clock.monotonic_ms() + delay_ms, lambda: self.log.append(name))


def test_nothing_scheduled_is_nothing_awaited() -> None:
    scene = Scene()
    scene.driver.arm()
    assert scene.loop.calls == []


def test_it_wakes_for_the_earliest_and_then_for_the_next() -> None:
    scene = Scene()
    scene.schedule(500, "late")
    scene.schedule(100, "early")
    scene.driver.arm()
    assert scene.loop.delays_ms == [100]
    scene.loop.fire()
    assert scene.log == ["early", "after"] and scene.loop.delays_ms == [400]
    scene.loop.fire()
    assert scene.log == ["early", "after", "late", "after"] and scene.loop.delays_ms == []


def test_an_earlier_deadline_moves_the_alarm_and_a_later_one_does_not() -> None:
    scene = Scene()
    scene.schedule(500, "a")
    scene.driver.arm()
    scene.schedule(900, "b")
    scene.driver.arm()
    assert len(scene.loop.calls) == 1
    scene.schedule(100, "c")
    scene.driver.arm()
    assert len(scene.loop.calls) == 2 and scene.loop.delays_ms == [100]


def test_an_alarm_for_a_cancelled_timer_rings_for_nothing() -> None:
    scene = Scene()
    scene.schedule(100, "never").cancel()
    timer = scene.schedule(200, "never either")
    scene.schedule(300, "kept")
    scene.driver.arm()
    timer.cancel()
    scene.driver.arm()
    assert scene.loop.delays_ms == [200]
    scene.loop.fire()
    assert scene.log == ["after"] and scene.loop.delays_ms == [100]


def test_a_deadline_in_the_past_is_due_at_once() -> None:
    scene = Scene()
    scene.schedule(-50, "overdue")
    scene.driver.arm()
    assert scene.loop.delays_ms == [0]


def test_a_callback_that_fails_does_not_stop_the_others() -> None:
    scene = Scene()

    def fail() -> None:
        raise RuntimeError("a bug")

    scene.timers.schedule(100, fail)
    scene.schedule(100, "beside it")
    scene.schedule(200, "after it")
    scene.driver.arm()
    with pytest.raises(RuntimeError):
        scene.loop.fire()
    scene.loop.fire()
    assert "beside it" in scene.log
    scene.loop.fire()
    assert "after it" in scene.log


def test_stopped_is_stopped() -> None:
    scene = Scene()
    scene.schedule(100, "never")
    scene.driver.arm()
    scene.driver.stop()
    scene.driver.stop()
    assert scene.loop.delays_ms == []


def test_after_a_pause_what_waits_in_sockets_is_read_before_deadlines_count() -> None:
    scene = Scene()
    expiry = scene.schedule(100, "member expired")
    scene.driver.arm()
    scene.loop.fire(late_ms=LATE_TIMER_MIN_MS)
    for _ in range(LATE_TIMER_TURN_COUNT - 1):
        scene.loop.turn()
        assert scene.log == []
    expiry.cancel()  # as its heartbeat does, which lay in the socket
    scene.schedule(100, "after it")
    scene.driver.arm()
    assert scene.loop.delays_ms == [], "armed once the late timers ran"
    scene.loop.turn()
    assert scene.log == ["after"] and scene.loop.delays_ms == [100]


def test_a_timer_that_is_hardly_late_runs_at_once() -> None:
    scene = Scene()
    scene.schedule(100, "due")
    scene.driver.arm()
    scene.loop.fire(late_ms=LATE_TIMER_MIN_MS - 1)
    assert scene.log == ["due", "after"]


def test_late_timers_do_not_run_after_a_stop() -> None:
    scene = Scene()
    scene.schedule(100, "never")
    scene.driver.arm()
    scene.loop.fire(late_ms=1000)
    scene.driver.stop()
    for _ in range(LATE_TIMER_TURN_COUNT):
        scene.loop.turn()
    assert scene.log == []


def test_on_a_real_loop() -> None:
    async def scene() -> list[str]:
        clock = ManualClock(0)
        timers = TimerQueue(clock)
        rung = asyncio.Event()
        driver = TimerDriver(asyncio.get_running_loop(), timers, clock, rung.set)
        log: list[str] = []
        timers.schedule(0, lambda: log.append("rang"))
        driver.arm()
        await asyncio.wait_for(rung.wait(), 20)
        return log

    assert asyncio.run(scene()) == ["rang"]
