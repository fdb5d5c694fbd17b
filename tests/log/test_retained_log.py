"""A log deletes old segments according to its settings, and serves the rest."""

from __future__ import annotations

import logging
from random import Random

import pytest

from kafkalite.log.config import LogConfig
from kafkalite.log.retained_log import DELETED_AT_ONCE_MAX_COUNT
from kafkalite.model.exceptions import StorageFault
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.records.builder import build_batch
from kafkalite.testing.simulated_disk import RENAME
from kafkalite.testing.simulated_files import SimulatedFiles
from tests.log.harness import NOW_MS, Harness, append, read_values

SMALL = {"internal.segment.bytes": "300"}


def written(count: int = 12, *, step_ms: int = 0, files: SimulatedFiles | None = None, **settings: str) -> Harness:
    """Return a log of some segments, its records `step_ms` apart, the last one now."""
    config = SMALL | {name.replace("_", "."): value for name, value in settings.items()}
    harness = Harness(files, config=config)
    for number in range(count):
        batch = build_batch([(b"key", b"%02d" % number * 10)], now_ms=NOW_MS - (count - 1 - number) * step_ms)
        harness.open().append(memoryview(batch), now_ms=NOW_MS)
    return harness


def starts(harness: Harness) -> list[int]:
    return [int(name[:20]) for name in harness.names() if name.endswith(".log")]


def reconfigure(harness: Harness, **settings: str) -> None:
    values = SMALL | {name.replace("_", "."): value for name, value in settings.items()}
    harness.open().update_config(LogConfig.from_values(values))


def test_old_records_go_and_the_start_follows() -> None:
    harness = written(step_ms=1000, retention_ms="3500")
    log = harness.open()
    before = starts(harness)
    assert log.delete_old_segments() > 0
    left = starts(harness)
    assert left == before[-len(left) :] and log.log_start_offset == left[0] > 0
    assert [offset for offset, _ in read_values(log, log.log_start_offset)] == list(range(left[0], 12))
    newest = NOW_MS - (11 - (left[0] - 1)) * 1000
    assert NOW_MS - newest > 3500, "what went was too old"
    with pytest.raises(ApiError) as caught:
        log.read(0, 100)
    assert caught.value.error_code == errors.OFFSET_OUT_OF_RANGE
    assert log.delete_old_segments() == 0


def test_the_files_are_kept_under_other_names_for_a_while() -> None:
    harness = written(retention_ms="1000", file_delete_delay_ms="5000")
    log = harness.open()
    log.roll()
    names = set(harness.names())
    harness.clock.advance(2000)
    count = log.delete_old_segments()
    deleted = {name for name in harness.names() if name.endswith(".deleted")}
    assert count > 1 and {name.removesuffix(".deleted") for name in deleted} <= names
    assert {name.split(".")[1] for name in deleted} == {"log", "index", "timeindex", "snapshot"}
    assert log.removed_files.delete_due(harness.clock.monotonic_ms() + 4999) == 0
    assert log.removed_files.delete_due(harness.clock.monotonic_ms() + 5000) == len(deleted)
    assert not [name for name in harness.names() if name.endswith(".deleted")]


def test_when_all_is_too_old_an_empty_segment_is_left() -> None:
    harness = written(retention_ms="1000")
    log = harness.open()
    harness.clock.advance(60_000)
    while log.delete_old_segments():
        pass
    assert (log.log_start_offset, log.end_offset, log.segment_count, log.size_bytes) == (12, 12, 1, 0)
    assert starts(harness) == [12]
    assert append(log, b"new", timestamp=NOW_MS + 60_000).base_offset == 12
    assert read_values(harness.restart(clean=False), 12) == [(12, b"new")]


@pytest.mark.parametrize("step", ["killed", "power cut"])
def test_the_end_offset_outlives_its_records(step: str) -> None:
    files = SimulatedFiles()
    harness = written(files=files, retention_bytes="0")
    log = harness.open()
    while log.delete_old_segments():
        pass
    if step == "power cut":
        harness.files = files.found_after_power_cut(Random(1))
        harness.start()
        harness.manager.open_all(lambda tp, topic_id: harness.config)
        log = harness.open()
    else:
        log = harness.restart(clean=False)
    assert log.end_offset == 12
    assert step == "power cut" or log.log_start_offset == 12  # a disk may forget that old segments were renamed


def test_more_bytes_than_allowed_go_from_the_start() -> None:
    harness = written(retention_bytes="600")
    log = harness.open()
    assert log.delete_old_segments() > 0
    assert 600 <= log.size_bytes < 900
    assert log.delete_old_segments() == 0


@pytest.mark.parametrize("policy", ["compact", ""])
def test_without_the_policy_delete_only_the_log_start_counts(policy: str) -> None:
    harness = written(step_ms=86_400_000, retention_ms="1", retention_bytes="0", cleanup_policy=policy)
    log = harness.open()
    assert log.delete_old_segments() == 0
    log.advance_log_start_offset(11)
    assert log.delete_old_segments() > 0 and log.log_start_offset == 11


def test_compact_and_delete_together_delete() -> None:
    harness = written(retention_bytes="0", cleanup_policy="compact,delete")
    assert harness.open().delete_old_segments() > 0


def test_new_settings_count_with_the_next_call() -> None:
    harness = written(step_ms=1000)
    log = harness.open()
    assert log.delete_old_segments() == 0
    reconfigure(harness, retention_ms="0")
    assert log.delete_old_segments() > 0


def test_a_record_of_the_future_keeps_its_segment_and_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    harness = written(retention_ms="0", message_timestamp_after_max_ms=str(1 << 60))
    log = harness.open()
    append(log, b"future" * 10, timestamp=NOW_MS + 7_200_000)
    harness.clock.advance(5000)
    with caplog.at_level(logging.WARNING):
        for _ in range(5):
            log.delete_old_segments()
    assert caplog.text.count("timestamp in the future") == 1
    assert log.log_start_offset <= 12 < log.end_offset
    harness.clock.advance(7_200_000)
    log.delete_old_segments()
    assert log.log_start_offset == 13


def test_one_call_deletes_so_many_segments_and_the_next_goes_on() -> None:
    harness = written(count=DELETED_AT_ONCE_MAX_COUNT * 6, retention_bytes="0")
    log = harness.open()
    assert log.delete_old_segments() == DELETED_AT_ONCE_MAX_COUNT
    assert log.delete_old_segments() > 0


def test_a_restart_finds_what_is_left_and_removes_what_was_deleted() -> None:
    harness = written(step_ms=1000, retention_ms="3500")
    log = harness.open()
    log.delete_old_segments()
    start, left = log.log_start_offset, starts(harness)
    log = harness.restart(clean=False)
    assert log.log_start_offset == start and starts(harness) == left
    assert not [name for name in harness.names() if name.endswith(".deleted")]


def test_a_fault_is_raised_and_the_log_goes_on() -> None:
    files = SimulatedFiles()
    harness = written(files=files, retention_bytes="600")
    log = harness.open()
    files.fail(RENAME, OSError(5, "Input/output error"))
    with pytest.raises(StorageFault):
        log.delete_old_segments()
    start = log.log_start_offset
    assert start > 0 and read_values(log, start)[0][0] == start
    assert append(log, b"on").base_offset == 12


def test_an_offline_log_deletes_nothing() -> None:
    harness = written(retention_bytes="0")
    log = harness.open()
    log.take_offline(StorageFault("write", "/data", "broken"))
    assert log.delete_old_segments() == 0
