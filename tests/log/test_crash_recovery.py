"""Every crash in a scripted history leaves working logs with all promised batches."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kafkalite.log.partition_log import PartitionLog
from kafkalite.testing.simulated_files import SimulatedFiles
from tests.log.crash_history import ORDERS, TOPIC_IDS, History, check_log, open_manager

PLAIN = "plain"
PREALLOCATING = "preallocating"
FLUSHING = "flushing every append"
RESTARTED = "restarted after a clean stop"

STRIDES = {PLAIN: 1, PREALLOCATING: 3, FLUSHING: 3, RESTARTED: 1}
"""Every so manieth operation is a crash point: all of them for the histories that differ in their whole course."""


@pytest.fixture(scope="module", params=list(STRIDES))
def history(request: pytest.FixtureRequest) -> Iterator[History]:
    with pytest.MonkeyPatch.context() as patch:
        if request.param == PREALLOCATING:
            patch.setattr("kafkalite.storage.open_files.SEGMENT_PREALLOCATION_START_BYTES", 100)
            patch.setattr("kafkalite.storage.files.SEGMENT_PREALLOCATION_BYTES", 256)
        history = History(flushes_every_append=request.param == FLUSHING)
        history.run()
        if request.param == RESTARTED:
            history.stop_and_restart()
        history.stride = STRIDES[request.param]
        yield history


def crash_points(history: History) -> range:
    return range(history.begun_at, len(history.files.operations) + 1, history.stride)


def check_start(history: History, log: PartitionLog, count: int) -> None:
    """Check that a log start without a checkpoint moved back at most to the first existing segment."""
    first_base_offset = next(iter(log._segments)).base_offset
    possible = history.possible_starts(log.topic_partition, count)
    assert log.log_start_offset in {*possible, first_base_offset}
    assert first_base_offset <= max(possible)


def recover_and_check(history: History, files: SimulatedFiles, count: int, *, survives_kill: bool) -> None:
    """Start from the files, check every partition, stop, and check the result of a clean start."""
    manager = open_manager(files, history.config)
    end_offsets = {}
    for topic_partition, written in history.written.items():
        log = manager.get(topic_partition)
        if log is None:
            assert count < history.opened_at or not survives_kill
            continue
        check_start(history, log, count)
        promised = history.promised_count if survives_kill else history.durable_count
        least = promised(topic_partition, count)
        most = history.begun_count(topic_partition, count)
        check_log(log, written, least=least, most=most, has_lost_writes=not survives_kill)
        end_offsets[topic_partition] = log.end_offset
    assert manager.close_all(clean=True)
    manager = open_manager(files, history.config)
    assert manager.was_clean
    assert {log.topic_partition: log.end_offset for log in manager.logs()} == end_offsets


def test_the_history_is_worth_crashing(history: History) -> None:
    assert history.log(ORDERS).segment_count >= 4
    kinds = {operation.kind for operation in history.files.operations}
    assert {"create", "write", "flush", "rename", "unlink", "flush directory"} <= kinds


def test_a_killed_process_loses_nothing_that_was_answered(history: History) -> None:
    for count in crash_points(history):
        recover_and_check(history, history.files.kill(after_operation=count, seed=count), count, survives_kill=True)


def test_a_power_cut_loses_nothing_that_was_flushed(history: History) -> None:
    for count in crash_points(history):
        recover_and_check(history, history.files.crash(after_operation=count, seed=count), count, survives_kill=False)


def test_a_crash_in_recovery_is_recovered_from(history: History) -> None:
    count = len(history.files.operations)
    first = history.files.kill(after_operation=count, seed=1)
    open_manager(first, history.config)
    for second_count in range(0, len(first.operations) + 1, history.stride):
        files = first.kill(after_operation=second_count, seed=second_count)
        recover_and_check(history, files, count, survives_kill=True)


def test_a_crash_in_a_clean_stop_is_recovered_from() -> None:
    history = History()
    history.run()
    begun = len(history.files.operations)
    history.manager.close_all(clean=True)
    stopped = len(history.files.operations)
    for count in range(begun, stopped + 1):
        recover_and_check(history, history.files.kill(after_operation=count, seed=count), count, survives_kill=True)
    manager = open_manager(history.files.crash(after_operation=stopped, seed=3), history.config)
    assert manager.was_clean
    for topic_partition, written in history.written.items():
        log = manager.get(topic_partition)
        assert log is not None
        check_log(log, written, least=len(written), most=len(written))


def test_a_start_after_a_clean_stop_reads_no_segment_but_the_last() -> None:
    history = History()
    history.run()
    history.manager.close_all(clean=True)
    sealed = [path for path in _segment_paths(history.files) if path != _segment_paths(history.files)[-1]]
    for path in sealed:
        history.files.fail("read", OSError("not to be read"), path_part=path, count=None)
    manager = open_manager(history.files, history.config)
    assert manager.was_clean
    assert {log.topic_partition for log in manager.logs()} == set(TOPIC_IDS)


def _segment_paths(files: SimulatedFiles) -> list[str]:
    return [f"orders-0/{name}" for name in sorted(files.list_directory("data/orders-0")) if name.endswith(".log")]
