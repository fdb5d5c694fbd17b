"""Coroutines on a clock."""

from __future__ import annotations

import pytest

from kafkalite.testing.simulated_clock import SimulatedClock
from kafkalite.testing.simulation.tasks import Awaited, Task, sleep


def test_a_task_sleeps_and_waits() -> None:
    clock, awaited = SimulatedClock(), Awaited[int]()
    steps: list[object] = []

    async def live() -> None:
        steps.append("born")
        await sleep(clock, clock.timers, 1000)
        steps.append(clock.monotonic_ms())
        steps.append(await awaited)
        try:
            await failing
        except ValueError as failure:
            steps.append(str(failure))

    failing = Awaited[None]()
    failing.fail(ValueError("known before"))
    task = Task("life", live())
    assert steps == ["born"]
    clock.advance(5000)
    assert steps == ["born", 1000]
    awaited.complete(7)
    awaited.complete(8)
    awaited.fail(ValueError("too late"))
    assert steps == ["born", 1000, 7, "known before"] and task.is_done


def test_a_failure_comes_out_where_the_task_was_resumed() -> None:
    awaited = Awaited[None]()

    async def live() -> None:
        await awaited
        raise AssertionError("wrong")

    task = Task("life", live())
    with pytest.raises(AssertionError, match="wrong"):
        awaited.complete(None)
    assert not task.is_done
