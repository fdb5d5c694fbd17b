"""Retention goes through all logs in bounded steps, and deletes files when they are due."""

from __future__ import annotations

import pytest

from kafkalite.log.retained_log import DELETED_AT_ONCE_MAX_COUNT
from kafkalite.model.identifiers import TopicPartition
from kafkalite.model.steps import finish
from kafkalite.testing.simulated_disk import RENAME, UNLINK
from kafkalite.testing.simulated_files import SimulatedFiles
from tests.log.harness import Harness, append

BROKEN = OSError(28, "No space left on device")
DELAY_MS = 60_000


def logs(count: int = 3, segments: int = 3, files: SimulatedFiles | None = None) -> Harness:
    harness = Harness(files, config={"internal.segment.bytes": "150", "retention.bytes": "0"})
    for partition in range(count):
        log = harness.open(TopicPartition("t", partition))
        for _ in range(segments):
            append(log, b"x" * 60)
    return harness


def counts(harness: Harness) -> list[int]:
    return [log.segment_count for log in harness.manager.logs()]


def test_every_log_has_its_turn() -> None:
    harness = logs()
    assert counts(harness) == [3, 3, 3]
    finish(harness.manager.retention.steps())
    assert counts(harness) == [1, 1, 1]
    assert {log.log_start_offset for log in harness.manager.logs()} == {3}


def test_a_step_is_bounded() -> None:
    harness = logs(1, DELETED_AT_ONCE_MAX_COUNT * 3)
    steps = harness.manager.retention.steps()
    next(steps)
    assert counts(harness) == [DELETED_AT_ONCE_MAX_COUNT * 2]
    finish(steps)
    assert counts(harness) == [1]


def test_a_log_that_is_deleted_meanwhile_is_left_out() -> None:
    harness = logs()
    steps = harness.manager.retention.steps()
    next(steps)
    harness.manager.delete(TopicPartition("t", 1))
    finish(steps)
    assert counts(harness) == [1, 1]


def test_files_go_when_they_are_due_and_upkeep_is_asked_for() -> None:
    harness = logs()
    asked: list[str] = []
    harness.manager.on_upkeep_needed = lambda: asked.append("asked")
    finish(harness.manager.retention.steps())
    assert asked and harness.manager.needs_upkeep
    harness.manager.run_upkeep()
    assert any(name.endswith(".deleted") for name in harness.names(TopicPartition("t", 0)))
    harness.clock.advance(DELAY_MS)
    harness.manager.run_upkeep()
    assert not any(name.endswith(".deleted") for name in harness.names(TopicPartition("t", 0)))
    assert not harness.manager.needs_upkeep


def test_files_of_a_log_that_is_gone_are_forgotten() -> None:
    harness = logs(1)
    finish(harness.manager.retention.steps())
    harness.manager.delete(TopicPartition("t", 0))
    harness.manager.run_upkeep()
    assert not harness.manager.needs_upkeep


def test_a_disk_that_refuses_is_reported_and_others_go_on(caplog: pytest.LogCaptureFixture) -> None:
    files = SimulatedFiles()
    harness = logs(files=files)
    for log in harness.manager.logs():
        log.roll()
    files.fail(RENAME, BROKEN)
    finish(harness.manager.retention.steps())
    assert "No space left on device" in caplog.text
    assert counts(harness) == [1, 1, 1]
    append(harness.open(TopicPartition("t", 0)), b"x" * 60)
    finish(harness.manager.retention.steps())
    assert "works again" in caplog.text
    files.fail(UNLINK, BROKEN)
    harness.clock.advance(DELAY_MS)
    harness.manager.run_upkeep()
    assert harness.manager.needs_upkeep and "removing old files" in caplog.text
    harness.manager.run_upkeep()
    assert not harness.manager.needs_upkeep
