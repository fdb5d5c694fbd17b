"""Partitions as requests see them: found, checked by epoch, appended to; and who waits is told."""

from __future__ import annotations

import errno

import pytest

from kafkalite.broker.data.partitions import appended
from kafkalite.broker.data.waiting_fetch import WaitingFetch
from kafkalite.log.append import LateAppend
from kafkalite.model.identifiers import TopicPartition
from kafkalite.model.limits import DETACHED_WRITE_MIN_BYTES
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.records.builder import build_batch
from kafkalite.storage.detached_write import DetachedWrite
from kafkalite.testing.simulated_disk import WRITE
from kafkalite.testing.simulated_files import SimulatedFiles
from tests.broker.played_broker import START_MS, PlayedBroker

ORDERS = TopicPartition("orders", 0)


class Watcher:
    """Waits for bytes in orders-0, and counts how often it was served."""

    def __init__(self, broker: PlayedBroker, missing_bytes: int = 1) -> None:
        self.served_count = 0
        self._purgatory = broker.broker.purgatory
        self._purgatory.park(WaitingFetch([ORDERS], missing_bytes, self._serve, None), 10**9)

    def _serve(self) -> None:
        self.served_count += 1

    @property
    def is_served(self) -> bool:
        self._purgatory.drain()
        return self.served_count > 0


LARGE = b"x" * (DETACHED_WRITE_MIN_BYTES + 1)


def records(value: bytes = b"value", **fields: int) -> memoryview:
    return memoryview(build_batch([(None, value)], now_ms=START_MS, **fields))


def made(files: SimulatedFiles | None = None) -> PlayedBroker:
    broker = PlayedBroker(files)
    broker.create_topic()
    return broker


def test_finding_and_getting() -> None:
    partitions = made().broker.partitions
    assert partitions.find("orders", 0) is partitions.get("orders", 0)
    assert partitions.find("orders", 1) is None and partitions.find("users", 0) is None
    with pytest.raises(ApiError) as caught:
        partitions.get("orders", 1)
    assert caught.value.error_code == errors.UNKNOWN_TOPIC_OR_PARTITION


def test_the_metadata_log_is_none_of_them() -> None:
    broker = made()
    partitions = broker.broker.partitions
    assert partitions.find("__cluster_metadata", 0) is None
    with pytest.raises(ApiError) as caught:
        partitions.get("__cluster_metadata", 0)
    assert caught.value.error_code == errors.UNKNOWN_TOPIC_OR_PARTITION
    before = broker.broker.metadata.log.end_offset
    assert broker.produce(b"x", topic="__cluster_metadata").error_code == errors.UNKNOWN_TOPIC_OR_PARTITION
    assert broker.fetch(0, topic="__cluster_metadata").error_code == errors.UNKNOWN_TOPIC_OR_PARTITION
    assert broker.broker.metadata.log.end_offset == before


@pytest.mark.parametrize(
    ("epoch", "code"),
    [(-1, None), (4, errors.FENCED_LEADER_EPOCH), (5, None), (6, errors.UNKNOWN_LEADER_EPOCH)],
)
def test_the_epoch_that_a_client_believes_in(epoch: int, code: int | None) -> None:
    partitions = made().broker.partitions
    partitions.get("orders", 0).lead(5)
    if code is None:
        assert partitions.get("orders", 0, epoch)
    else:
        with pytest.raises(ApiError) as caught:
            partitions.get("orders", 0, epoch)
        assert caught.value.error_code == code


def test_an_append_tells_who_waits_how_much_came() -> None:
    broker = made()
    size_bytes = len(records())
    hungry, sated = Watcher(broker, size_bytes + 1), Watcher(broker, size_bytes)
    log = broker.broker.partitions.get("orders", 0)
    result = broker.broker.partitions.append(log, records())
    assert (result.base_offset, log.size_bytes) == (0, size_bytes)
    assert sated.is_served and not hungry.is_served


def test_a_retry_tells_nobody() -> None:
    broker = made()
    log = broker.broker.partitions.get("orders", 0)
    broker.broker.partitions.append(log, records(producer_id=1, producer_epoch=0, base_sequence=0))
    watcher = Watcher(broker)
    retry = broker.broker.partitions.append(log, records(producer_id=1, producer_epoch=0, base_sequence=0))
    assert retry.is_duplicate and not watcher.is_served


@pytest.mark.parametrize("is_large", [False, True])
def test_a_full_disk_is_a_refusal_and_ends_no_wait(is_large: bool) -> None:
    files = SimulatedFiles()
    broker = made(files)
    watcher = Watcher(broker, 10**9)
    files.fail(WRITE, OSError(errno.ENOSPC, "No space left on device"), path_part="orders-0/00000000000000000000.log")
    partitions = broker.broker.partitions
    log = partitions.get("orders", 0)
    with pytest.raises(ApiError) as caught:
        if is_large:
            jobs: list[DetachedWrite] = []
            broker.broker.logs.directory.run_write = jobs.append
            late = partitions.append(log, records(LARGE), is_lasting=True)
            jobs[0].run()
            jobs[0].complete()
            assert isinstance(late, LateAppend)
            appended(late)
        else:
            partitions.append(log, records())
    error = caught.value
    assert error.error_code == errors.KAFKA_STORAGE_ERROR
    assert "No space left" in str(error.error_message) and not watcher.is_served


def test_a_log_that_is_offline_already_is_a_refusal() -> None:
    broker = made()
    log = broker.broker.partitions.get("orders", 0)
    log.close(clean=False)
    with pytest.raises(ApiError) as caught:
        broker.broker.partitions.append(log, records())
    assert caught.value.error_code == errors.KAFKA_STORAGE_ERROR


def test_a_log_that_another_holder_has_sends_clients_to_the_leader() -> None:
    broker = made()
    log = broker.broker.partitions.get("orders", 0)
    broker.broker.logs.directory.open("orders-0", epoch=log.store.epoch + 1)
    for _ in range(2):  # found out, and known
        with pytest.raises(ApiError) as caught:
            broker.broker.partitions.append(log, records())
        assert caught.value.error_code == errors.NOT_LEADER_OR_FOLLOWER


def test_a_large_append_is_seen_when_it_is_done() -> None:
    broker = made()
    partitions = broker.broker.partitions
    jobs: list[DetachedWrite] = []
    broker.broker.logs.directory.run_write = jobs.append
    watcher = Watcher(broker)
    log = partitions.get("orders", 0)
    late = partitions.append(log, records(LARGE), is_lasting=True)
    assert isinstance(late, LateAppend)
    assert (log.next_offset, log.end_offset, late.is_done, watcher.is_served) == (1, 0, False, False)
    [job] = jobs
    job.run()
    job.complete()
    assert (log.end_offset, appended(late).base_offset, watcher.is_served) == (1, 0, True)
