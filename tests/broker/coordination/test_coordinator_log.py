"""The log of a shard over a partition: append, wake readers, read back whole."""

from __future__ import annotations

import pytest

from kafkalite.broker.coordination.coordinator_log import PartitionCoordinatorLog
from kafkalite.model.identifiers import TopicPartition
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.records.batch import iterate_batches
from kafkalite.records.builder import build_batch
from kafkalite.records.control import build_end_transaction_marker
from kafkalite.testing.simulated_files import SimulatedFiles
from tests.broker.played_broker import PlayedBroker, Waiting


def open_log(played: PlayedBroker, load_buffer_bytes: int = 1 << 20) -> PartitionCoordinatorLog:
    """The log of a shard in "orders"."""
    return PartitionCoordinatorLog(played.broker.partitions, TopicPartition("orders", 0), load_buffer_bytes)


def batch(count: int = 1) -> bytearray:
    """Some records."""
    return build_batch([(b"key", b"value")] * count, now_ms=0)


def test_an_append_is_stored_at_once_and_wakes_readers() -> None:
    played = PlayedBroker()
    played.create_topic()
    waiting = played.fetch(max_wait_ms=1000)
    log = open_log(played)
    assert (log.append(batch(3)), log.append(batch())) == (None, None)
    assert (log.next_offset, log.leader_epoch) == (4, 0)
    played.broker.purgatory.drain()
    assert isinstance(waiting, Waiting)
    assert waiting.response is not None


@pytest.mark.parametrize("load_buffer_bytes", [1, 100, 1 << 20])
def test_everything_is_read_back_in_whole_batches(load_buffer_bytes: int) -> None:
    played = PlayedBroker()
    played.create_topic()
    log = open_log(played, load_buffer_bytes)
    for count in (1, 4, 2):
        log.append(batch(count))
    headers = [header for buffer in log.batches() for header in iterate_batches(buffer)]
    assert [(header.base_offset, header.end_offset) for header in headers] == [(0, 1), (1, 5), (5, 7)]


def test_an_empty_log() -> None:
    played = PlayedBroker()
    played.create_topic()
    assert list(open_log(played).batches()) == []


def test_markers_are_held_against_the_producer() -> None:
    played = PlayedBroker()
    played.create_topic()
    log = open_log(played)

    def marker(epoch: int) -> bytearray:
        return build_end_transaction_marker(
            producer_id=1, producer_epoch=epoch, is_commit=True, coordinator_epoch=0, now_ms=0
        )

    log.append(marker(2), is_control=True)
    with pytest.raises(ApiError) as refusal:
        log.append(marker(1), is_control=True)
    assert refusal.value.error_code == errors.INVALID_PRODUCER_EPOCH


def test_the_limit_is_the_topics() -> None:
    played = PlayedBroker()
    played.create_topic(max_message_bytes="4321")
    assert open_log(played).max_batch_bytes == 4321


def test_what_cannot_be_done_is_an_error_of_the_api() -> None:
    played = PlayedBroker()
    with pytest.raises(ApiError) as refusal:
        open_log(played).append(batch())
    assert refusal.value.error_code == errors.UNKNOWN_TOPIC_OR_PARTITION
    files = SimulatedFiles()
    played = PlayedBroker(files)
    played.create_topic()
    log = open_log(played)
    log.append(batch())
    files.fail("read", OSError(5, "broken"), path_part="orders-0", count=None)
    with pytest.raises(ApiError) as refusal:
        list(log.batches())
    assert refusal.value.error_code == errors.KAFKA_STORAGE_ERROR
