"""A disk that refuses: nothing changes, reading goes on, and promised batches are present after a restart."""

from __future__ import annotations

import re
from errno import EIO, ENOSPC

import pytest

from kafkalite.log.partition_log import PartitionLog
from kafkalite.log.transaction_index import ENTRY_SIZE_BYTES
from kafkalite.model.exceptions import StorageFault
from kafkalite.records.builder import build_batch
from kafkalite.testing.simulated_disk import FLUSH, RENAME, TRUNCATE, WRITE
from kafkalite.testing.simulated_files import ANY_CHANGE, READ
from tests.log.crash_history import NOW_MS, ORDERS, PAYMENTS, History, check_log, open_manager, read_all

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
    """Check that a log refuses appends after a failed flush, and works otherwise; it is readable in both cases."""
    for topic_partition in (ORDERS, PAYMENTS):
        log = history.log(topic_partition)
        written = history.written[topic_partition]
        written[:] = [each for each in written if each.last_offset < log.end_offset]
        assert read_all(log) == b"".join(each.content for each in written if each.last_offset >= log.log_start_offset)
        if not log.is_offline:
            history.produce(topic_partition, None, count=1)
            assert log.fault is None
            continue
        before = state(log)
        for attempt in (
            lambda log=log: append_plain(log),
            lambda log=log: log.flush(),
            lambda log=log: log.roll(),
            lambda log=log: log.check_room(1),
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


@pytest.mark.parametrize("error", [NO_SPACE, BROKEN])
def test_the_append_after_a_failed_one_is_taken(error: OSError, caplog: pytest.LogCaptureFixture) -> None:
    history = History()
    history.produce(ORDERS, 1, count=2)
    log = history.log(ORDERS)
    fault = history.files.fail(WRITE, error, path_part="orders-0", written_bytes=70, count=None)
    for _ in range(3):
        with pytest.raises(StorageFault, match=re.escape(str(error))):
            append_plain(log)
    assert len(read_all(log)) == history.files.size(f"data/orders-0/{0:020d}.log"), "what was torn is cut off"
    fault.cancel()
    assert append_plain(log) == 2
    assert log.fault is None
    first, over = [record for record in caplog.records if record.name == "kafkalite.log"]
    assert first.levelname == "ERROR"
    for told in ("orders-0: write data/orders-0/", str(error), "refused with KAFKA_STORAGE_ERROR", "reading goes on"):
        assert told in first.getMessage()
    assert over.getMessage() == "orders-0: works again after 3 failures"


def test_a_tail_that_cannot_be_cut_is_cut_before_the_next_append() -> None:
    history = History()
    history.produce(ORDERS, 1, count=2)
    log = history.log(ORDERS)
    whole = read_all(log)
    history.files.fail(WRITE, BROKEN, path_part="orders-0", written_bytes=70)
    cutting = history.files.fail(TRUNCATE, BROKEN, path_part="orders-0", count=2)
    with pytest.raises(StorageFault, match="write"):
        append_plain(log)
    with pytest.raises(StorageFault, match="truncate"):
        append_plain(log)
    assert cutting.hit_count == 2 and read_all(log) == whole
    assert append_plain(log) == 2
    assert len(read_all(log)) == history.files.size(f"data/orders-0/{0:020d}.log")


def test_the_entry_of_an_aborted_transaction_counts_though_it_could_not_be_written() -> None:
    history = History()
    history.files.fail(WRITE, NO_SPACE, path_part=".txnindex")
    history.transact(ORDERS, 11, is_commit=False)
    log = history.log(ORDERS)
    assert log.fault is not None and not log.is_offline
    assert log.read(0, 10_000, is_read_committed=True).aborted_transactions == [(11, 0)]
    history.produce(ORDERS, None, count=1)
    log.roll()
    assert log.fault is None
    assert history.files.size(f"data/orders-0/{0:020d}.txnindex") == ENTRY_SIZE_BYTES


@pytest.mark.parametrize("error", [NO_SPACE, BROKEN])
def test_a_failed_read_concerns_nothing_else(error: OSError, caplog: pytest.LogCaptureFixture) -> None:
    history = History()
    history.run()
    log = history.log(ORDERS)
    history.files.fail(READ, error, path_part="orders-0")
    with pytest.raises(StorageFault):
        log.read(log.log_start_offset, 1_000)
    assert log.fault is None
    assert log.read(log.log_start_offset, 1_000).records
    history.produce(ORDERS, None, count=1)
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert "reading orders-0: read data/orders-0/" in caplog.text


def test_a_failing_disk_asks_for_the_end_of_the_process_once(caplog: pytest.LogCaptureFixture) -> None:
    history = History()
    failures: list[StorageFault] = []
    history.manager.health.on_failure = failures.append
    history.manager.health.stops_on_failure = True
    history.files.fail(WRITE, NO_SPACE, count=1)
    with pytest.raises(StorageFault):
        history.produce(ORDERS, None, count=1)
    assert failures == [], "a full disk heals"
    history.files.fail(WRITE, BROKEN, count=2)
    for topic_partition in (ORDERS, PAYMENTS):
        with pytest.raises(StorageFault):
            history.produce(topic_partition, None, count=1)
    assert [fault.cause for fault in failures] == [BROKEN]
    assert history.manager.health.failure is failures[0]
    (told,) = [record.getMessage() for record in caplog.records if record.levelname == "CRITICAL"]
    assert "the log directory data has failed" in told and "kafkalite.on.storage.fault=offline" in told


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
