"""Jobs run beside the loop, one after the other, and end on it; none that failed counts as done."""

from __future__ import annotations

import asyncio
import threading

import pytest

from kafkalite.model.exceptions import StorageFault
from kafkalite.transport.disk_thread import DiskThread
from tests.transport.loopback import run, until


class Job:
    """Notes where its parts ran."""

    def __init__(self, log: list[str], name: str, *, run_error: Exception | None = None, fault: bool = False) -> None:
        self._log = log
        self._name = name
        self._run_error = run_error
        self._fault = fault

    def run(self) -> None:
        assert threading.current_thread() is not threading.main_thread()
        self._log.append(f"run {self._name}")
        if self._run_error is not None:
            raise self._run_error

    def complete(self) -> None:
        assert threading.current_thread() is threading.main_thread()
        self._log.append(f"complete {self._name}")
        if self._fault:
            raise StorageFault("write", "orders-0", "No space left on device")


def disk_thread(log: list[str]) -> DiskThread:
    return DiskThread(asyncio.get_running_loop(), "disk", lambda: log.append("after"))


def test_jobs_run_in_order_and_complete_on_the_loop() -> None:
    log: list[str] = []

    async def scene() -> None:
        thread = disk_thread(log)
        for name in "abc":
            thread.run(Job(log, name))
        await thread.stop()

    run(scene())
    assert [line for line in log if line.startswith("run")] == ["run a", "run b", "run c"]
    assert [line for line in log if line.startswith("complete")] == ["complete a", "complete b", "complete c"]
    assert log.count("after") == 3 and log[-1] == "after"


def test_stopping_without_jobs_starts_no_thread() -> None:
    before = threading.active_count()

    async def scene() -> None:
        await disk_thread([]).stop()

    run(scene())
    assert threading.active_count() == before


def test_a_fault_is_told_by_its_log_and_the_turn_ends_all_the_same(caplog: pytest.LogCaptureFixture) -> None:
    log: list[str] = []

    async def scene() -> None:
        thread = disk_thread(log)
        thread.run(Job(log, "a", fault=True))
        await until(lambda: "after" in log)
        thread.run(Job(log, "b"))
        await thread.stop()

    run(scene())
    assert log == ["run a", "complete a", "after", "run b", "complete b", "after"]
    assert caplog.text == ""


def test_a_job_that_breaks_is_not_completed_and_does_not_stop_the_next(caplog: pytest.LogCaptureFixture) -> None:
    log: list[str] = []

    async def scene() -> None:
        thread = disk_thread(log)
        thread.run(Job(log, "a", run_error=ValueError("a bug")))
        thread.run(Job(log, "b"))
        await thread.stop()

    run(scene())
    assert log == ["run a", "run b", "complete b", "after"]
    assert "a bug" in caplog.text
