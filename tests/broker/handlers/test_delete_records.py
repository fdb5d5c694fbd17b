"""DeleteRecords through the router: where a partition starts afterwards, also after a crash."""

from __future__ import annotations

from typing import Any

import pytest

from kafkalite.model.exceptions import StorageFault
from kafkalite.protocol import errors
from kafkalite.protocol.messages.delete_records_request import (
    DeleteRecordsPartition,
    DeleteRecordsRequest,
    DeleteRecordsTopic,
)
from kafkalite.protocol.messages.delete_topics_request import DeleteTopicsRequest, DeleteTopicState
from tests.broker.played_broker import PlayedBroker


def request(*partitions: tuple[int, int], topic: str = "orders") -> DeleteRecordsRequest:
    wanted = [DeleteRecordsPartition(partition_index=index, offset=offset) for index, offset in partitions]
    return DeleteRecordsRequest(topics=[DeleteRecordsTopic(name=topic, partitions=wanted)], timeout_ms=1000)


def delete(
    broker: PlayedBroker, *partitions: tuple[int, int], topic: str = "orders", version: int = 2
) -> list[tuple[int, int, int]]:
    """Return (partition, error, low watermark) of the answer's only topic."""
    [answered] = broker.ask(request(*partitions, topic=topic), version).topics
    assert answered.name == topic
    return [(each.partition_index, each.error_code, each.low_watermark) for each in answered.partitions]


@pytest.fixture
def broker() -> PlayedBroker:
    """Return a broker with the offsets 0 to 4 in partition 0, in batches of 3 and 2."""
    made = PlayedBroker()
    made.create_topic(partitions=2)
    made.produce(b"a", b"b", b"c")
    made.produce(b"d", b"e")
    return made


@pytest.mark.parametrize("version", range(3))
def test_the_start_moves_and_never_back(broker: PlayedBroker, version: int) -> None:
    assert delete(broker, (0, 2), version=version) == [(0, errors.NONE, 2)]
    assert delete(broker, (0, 1), version=version) == [(0, errors.NONE, 2)]
    assert broker.fetch(1).error_code == errors.OFFSET_OUT_OF_RANGE
    fetched = broker.fetch(2)
    assert (fetched.error_code, fetched.log_start_offset, fetched.high_watermark) == (errors.NONE, 2, 5)


def test_minus_one_is_the_high_watermark(broker: PlayedBroker) -> None:
    assert delete(broker, (0, -1), (1, -1)) == [(0, errors.NONE, 5), (1, errors.NONE, 0)]
    assert broker.produce(b"f").base_offset == 5


@pytest.mark.parametrize("offset", [-2, 6])
def test_an_offset_that_is_not_there(broker: PlayedBroker, offset: int) -> None:
    assert delete(broker, (0, offset)) == [(0, errors.OFFSET_OUT_OF_RANGE, -1)]
    assert broker.fetch(0).error_code == errors.NONE


def test_one_bad_partition_spoils_no_other(broker: PlayedBroker) -> None:
    unknown = errors.UNKNOWN_TOPIC_OR_PARTITION
    assert delete(broker, (7, 1), (0, 1), (-1, 1)) == [(7, unknown, -1), (0, errors.NONE, 1), (-1, unknown, -1)]
    assert delete(broker, (0, 1), topic="nope") == [(0, unknown, -1)]
    assert delete(broker, (0, 1), topic="__cluster_metadata") == [(0, unknown, -1)]


def test_the_last_of_several_offsets_counts(broker: PlayedBroker) -> None:
    assert delete(broker, (0, 4), (0, 1)) == [(0, errors.NONE, 1)]


@pytest.mark.parametrize(
    ("policy", "code"),
    [("compact", errors.POLICY_VIOLATION), ("compact,delete", errors.NONE), ("", errors.NONE)],
)
def test_a_topic_that_is_only_compacted_keeps_its_records(policy: str, code: int) -> None:
    broker = PlayedBroker()
    broker.create_topic("kept", cleanup_policy=policy)
    assert [each[1] for each in delete(broker, (0, 0), topic="kept")] == [code]


def test_internal_topics_keep_their_records() -> None:
    broker = PlayedBroker()
    broker.create_topic("__consumer_offsets")
    assert delete(broker, (0, 0), topic="__consumer_offsets") == [(0, errors.INVALID_TOPIC_EXCEPTION, -1)]


@pytest.mark.parametrize("clean", [True, False], ids=["after a clean stop", "after a crash"])
def test_what_was_deleted_stays_deleted(broker: PlayedBroker, clean: bool) -> None:
    delete(broker, (0, 4))
    again = broker.restart(clean=clean)
    assert again.fetch(3).error_code == errors.OFFSET_OUT_OF_RANGE
    fetched = again.fetch(4)
    assert (fetched.error_code, fetched.log_start_offset, fetched.high_watermark) == (errors.NONE, 4, 5)


def test_a_topic_of_the_same_name_starts_anew_also_after_a_crash(broker: PlayedBroker) -> None:
    delete(broker, (0, 4))
    topics = [DeleteTopicState(name="orders")]
    assert broker.ask(DeleteTopicsRequest(topics=topics, timeout_ms=1000), 6).responses[0].error_code == errors.NONE
    broker.create_topic()
    broker.produce(b"new")
    fetched = broker.restart(clean=False).fetch(0)
    assert (fetched.error_code, fetched.log_start_offset, fetched.high_watermark) == (errors.NONE, 0, 1)


@pytest.mark.parametrize("method", ["advance_log_start_offset", "checkpoint_log_starts"])
def test_a_failing_disk_is_told(broker: PlayedBroker, monkeypatch: pytest.MonkeyPatch, method: str) -> None:
    def fail(*args: Any) -> None:
        raise StorageFault("write", "/data", "disk full")

    log = broker.broker.partitions.get("orders", 0)
    owner = type(log) if hasattr(log, method) else type(broker.broker.logs)
    monkeypatch.setattr(owner, method, fail)
    assert delete(broker, (0, 1), (7, 0)) == [
        (0, errors.KAFKA_STORAGE_ERROR, -1),
        (7, errors.UNKNOWN_TOPIC_OR_PARTITION, -1),
    ]
