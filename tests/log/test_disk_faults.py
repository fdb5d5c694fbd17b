"""A disk that refuses: nothing is moved, the log goes offline, and what was promised is there after a restart."""

from __future__ import annotations

from errno import EIO, ENOSPC

import pytest

from kafkalite.log.partition_log import PartitionLog
from kafkalite.model.exceptions import StorageFault
from kafkalite.records.builder import build_batch
from kafkalite.testing.simulated_disk import FLUSH, RENAME, WRITE
from kafkalite.testing.simulated_files import ANY_CHANGE, READ
from tests.log.crash_history import NOW_MS, ORDERS, PAYMENTS, History, check_log, open_manager

NO_SPACE = OSError(ENOSPC, "No space left on device")
BROKEN = OSError(EIO, "Input/output error")
STRIDE = 3
"""Every third operation of the history is failed, each in its own run of it."""


def append_plain(log: PartitionLog) -> int:
    return log.append(memoryview(build_batch([(b"k", b"v")], now_ms=NOW_MS)), now_ms=NOW_MS).base_offset


def state(log: PartitionLog) -> tuple[object, ...]:
    producers = log.producer_state
    return log.end_offset, log.high_watermark, producers.encode_snapshot(), producers.first_unstable_offset


@pytest.mark.parametrize("start", range(2))
@pytest.mark.parametrize(("error", "count", "written_bytes"), [(NO_SPACE, 1, 40), (BROKEN, None, 0)])
def test_a_fault_at_any_operation_loses_nothing(
    error: OSError, count: int | None, written_bytes: int, start: int
) -> None:
    whole = History()
    made = whole.opened_at
    whole.run()
    for number in range(made + start, len(whole.files.operations), 2 * STRIDE):
        history = History()
        fault = history.files.fail(
            ANY_CHANGE, error, skip_count=number - made, count=count, written_bytes=written_bytes
        )
        with pytest.raises(StorageFault) as raised:
            history.run()
            history.manager.checkpoint()
            raise StorageFault("reach", "the fault", None)  # the manager met it and reported it
        assert fault.hit_count or raised.value.operation == "reach"
        fault.cancel()
        check_offline_or_working(history)
        files = history.files.kill(after_operation=len(history.files.operations))
        manager = open_manager(files, history.config)
        for topic_partition, written in history.written.items():
            log = manager.get(topic_partition)
            assert log is not None
            promised = history.promised_count(topic_partition, len(files.operations) + (1 << 30))
            check_log(log, written, least=promised, most=len(written))


def check_offline_or_working(history: History) -> None:
    """A log that met the fault refuses everything; one that did not goes on. Both is noted as the history's."""
    for topic_partition in (ORDERS, PAYMENTS):
        log = history.log(topic_partition)
        if log.fault is None:
            history.produce(topic_partition, None, count=1)
            continue
        before = state(log)
        for attempt in (
            lambda log=log: append_plain(log),
            lambda log=log: log.read(log.log_start_offset, 1_000),
            lambda log=log: log.flush(),
            lambda log=log: log.roll(),
        ):
            with pytest.raises(StorageFault, match="offline"):
                attempt()
        assert state(log) == before


def test_a_failed_write_moves_nothing() -> None:
    history = History()
    history.produce(ORDERS, 1, count=2)
    log = history.log(ORDERS)
    before = state(log)
    history.files.fail(WRITE, NO_SPACE, path_part="orders-0", written_bytes=70)
    with pytest.raises(StorageFault) as raised:
        history.produce(ORDERS, 1, count=1)
    assert raised.value.cause is NO_SPACE
    assert state(log) == before
    assert history.log(PAYMENTS).fault is None
    assert append_plain(history.log(PAYMENTS)) == 0


def test_a_failed_read_takes_the_log_offline() -> None:
    history = History()
    history.run()
    log = history.log(ORDERS)
    history.files.fail(READ, BROKEN, path_part="orders-0")
    with pytest.raises(StorageFault):
        log.read(log.log_start_offset, 1_000)
    assert log.fault is not None
    assert history.log(PAYMENTS).fault is None


def test_a_failed_flush_does_not_count_as_durable() -> None:
    history = History()
    history.produce(ORDERS, 1, count=1)
    history.files.fail(FLUSH, BROKEN)
    with pytest.raises(StorageFault):
        history.flush(ORDERS)
    assert history.log(ORDERS).recovery_point == 0


def test_a_stop_that_cannot_finish_is_no_clean_one() -> None:
    for kind in (FLUSH, RENAME, WRITE):
        history = History()
        history.run()
        history.files.fail(kind, BROKEN, path_part="data/", count=None)
        assert not history.manager.close_all(clean=True)
        files = history.files.kill(after_operation=len(history.files.operations))
        manager = open_manager(files, history.config)
        assert not manager.was_clean
        for topic_partition, written in history.written.items():
            log = manager.get(topic_partition)
            assert log is not None
            check_log(log, written, least=len(written), most=len(written))


def test_a_full_disk_is_survived_and_works_again_with_more_space() -> None:
    history = History()
    history.files.capacity_bytes = 4_000
    with pytest.raises(StorageFault) as raised:
        history.run()
    assert isinstance(raised.value.cause, OSError)
    assert raised.value.cause.errno == ENOSPC
    files = history.files.kill(after_operation=len(history.files.operations))
    files.capacity_bytes = 1 << 30
    manager = open_manager(files, history.config)
    for topic_partition, written in history.written.items():
        log = manager.get(topic_partition)
        assert log is not None
        promised = sum(each.answered_at < (1 << 60) for each in written)
        check_log(log, written, least=promised, most=len(written))
