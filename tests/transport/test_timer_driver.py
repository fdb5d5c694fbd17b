"""The loop wakes for the earliest deadline, and one failing callback does not stop the clock."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread, get_ident
from typing import Any

import pytest

from kafkalite.model.limits import LATE_TIMER_MIN_MS, LATE_TIMER_TURN_COUNT
from kafkalite.system.clock import ManualClock
from kafkalite.system.timers import TimerQueue
from kafkalite.transport.timer_driver import TimerDriver


class PassingClock(ManualClock):
    """A clock that goes by itself, as far as the driver sees: it can be waited for, and asks nobody."""

    def delay_until(self, deadline_ms: int) -> int:  # type: ignore[override]
        return max(0, deadline_ms - self.monotonic_ms())

    def follow(self, follower: object) -> None:
        pass


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
        self.clock = PassingClock(0)
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


def test_another_thread_turns_the_clock_and_all_runs_on_the_loop() -> None:
    async def scene() -> list[tuple[int, int]]:
        clock = ManualClock(0)
        timers = TimerQueue(clock)
        log: list[tuple[int, int]] = []

        def ring() -> None:
            log.append((clock.monotonic_ms(), get_ident()))
            if len(log) < 3:
                timers.schedule(clock.monotonic_ms() + 20_000, ring)

        timers.schedule(20_000, ring)
        driver = TimerDriver(asyncio.get_running_loop(), timers, clock, lambda: None)
        driver.arm()
        await asyncio.to_thread(clock.advance, 61_000)
        assert clock.monotonic_ms() == 61_000
        driver.stop()
        await asyncio.to_thread(clock.advance, 61_000)
        return log

    assert asyncio.run(scene()) == [(instant_ms, get_ident()) for instant_ms in (20_000, 40_000, 60_000)]


def test_who_turns_the_clock_is_told_what_failed_and_waits_for_no_loop_that_stops() -> None:
    async def scene() -> None:
        clock = ManualClock(0)
        timers = TimerQueue(clock)
        driver = TimerDriver(asyncio.get_running_loop(), timers, clock, lambda: None)

        def fail() -> None:
            raise KeyError("bug")

        timers.schedule(5, fail)
        with pytest.raises(KeyError):
            await asyncio.to_thread(clock.advance, 10)
        assert clock.monotonic_ms() == 5
        asked = Event()
        turning = Thread(target=lambda: (asked.set(), clock.advance(10)))
        turning.start()
        asked.wait()  # the loop is held up here, and stops the driver before it answers
        driver.stop()
        turning.join(20)
        assert not turning.is_alive() and clock.monotonic_ms() == 15

    asyncio.run(scene())


def test_a_loop_that_was_closed_is_asked_nothing() -> None:
    async def made() -> TimerDriver:
        timers = TimerQueue(clock)
        timers.schedule(5, lambda: None)
        return TimerDriver(asyncio.get_running_loop(), timers, clock, lambda: None)

    clock = ManualClock(0)
    with ThreadPoolExecutor(1) as other:
        driver = other.submit(lambda: asyncio.run(made())).result()
    assert driver.next_deadline_ms() is None
    clock.advance(10)
