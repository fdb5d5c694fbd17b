"""Conversations of ListOffsets: special timestamps in every version, times, epochs, and the old list of offsets."""

from __future__ import annotations

import errno
from typing import Any

import pytest

from kafkalite.protocol import errors
from kafkalite.protocol.messages.list_offsets_request import (
    ListOffsetsPartition,
    ListOffsetsRequest,
    ListOffsetsTopic,
)
from kafkalite.records.builder import RecordData, build_batch
from kafkalite.testing.simulated_files import READ, SimulatedFiles
from tests.broker.played_broker import START_MS, PlayedBroker

LATEST, EARLIEST, MAX, EARLIEST_LOCAL, LATEST_TIERED, EARLIEST_PENDING = -1, -2, -3, -4, -5, -6
FIRST_VERSION = {LATEST: 1, EARLIEST: 1, MAX: 7, EARLIEST_LOCAL: 8, LATEST_TIERED: 9, EARLIEST_PENDING: 11}
BROKEN_DISK = OSError(errno.EIO, "Input/output error")


@pytest.fixture
def broker() -> PlayedBroker:
    """Offsets 0 to 4 at 0, 10, 30, 20 and 30 ms after the start of time."""
    made = PlayedBroker()
    made.create_topic(partitions=2)
    append(made, 0, 10)
    append(made, 30)
    append(made, 20, 30)
    return made


def append(broker: PlayedBroker, *delays_ms: int, **fields: Any) -> None:
    records = [RecordData(None, b"v", START_MS + delay) for delay in delays_ms]
    assert broker.produce_batch(build_batch(records, now_ms=START_MS, **fields)).error_code == errors.NONE


def wanted(timestamp: int, partition: int = 0, **fields: Any) -> ListOffsetsPartition:
    return ListOffsetsPartition(partition_index=partition, timestamp=timestamp, **fields)


def ask(
    broker: PlayedBroker, *partitions: ListOffsetsPartition, topic: str = "orders", version: int = 11, **fields: Any
) -> Any:
    request = ListOffsetsRequest(topics=[ListOffsetsTopic(name=topic, partitions=list(partitions))], **fields)
    [answered] = broker.ask(request, version).topics
    assert answered.name == topic
    return answered.partitions


def place(answer: Any) -> tuple[int, int, int, int]:
    return (answer.error_code, answer.timestamp, answer.offset, answer.leader_epoch)


def find(broker: PlayedBroker, timestamp: int, version: int = 11, **fields: Any) -> tuple[int, int, int, int]:
    """Return (error, timestamp, offset, leader epoch) for partition 0."""
    [answer] = ask(broker, wanted(timestamp), version=version, **fields)
    return place(answer)


def refused(code: int) -> tuple[int, int, int, int]:
    return (code, -1, -1, -1)


NOTHING = refused(errors.NONE)


@pytest.mark.parametrize("version", range(1, 12))
@pytest.mark.parametrize(
    ("timestamp", "found"),
    [
        (LATEST, (-1, 5)),
        (EARLIEST, (-1, 0)),
        (MAX, (START_MS + 30, 2)),
        (EARLIEST_LOCAL, (-1, 0)),
        (LATEST_TIERED, (-1, -1)),
        (EARLIEST_PENDING, (-1, -1)),
    ],
)
def test_special_timestamps(broker: PlayedBroker, version: int, timestamp: int, found: tuple[int, int]) -> None:
    if version < FIRST_VERSION[timestamp]:
        assert find(broker, timestamp, version) == refused(errors.UNSUPPORTED_VERSION)
    else:
        epoch = 0 if version >= 4 and found[1] >= 0 else -1
        assert find(broker, timestamp, version) == (errors.NONE, *found, epoch)


@pytest.mark.parametrize("version", [1, 11])
def test_a_negative_timestamp_that_nobody_defined(broker: PlayedBroker, version: int) -> None:
    assert find(broker, -7, version) == refused(errors.UNSUPPORTED_VERSION)
    [answer] = ask(broker, wanted(-7), topic="nowhere", version=version)
    assert answer.error_code == errors.UNSUPPORTED_VERSION


@pytest.mark.parametrize(
    ("delay_ms", "found"),
    [(-START_MS, (0, 0)), (0, (0, 0)), (1, (10, 1)), (10, (10, 1)), (11, (30, 2)), (30, (30, 2))],
)
def test_the_first_record_at_or_after_a_time(broker: PlayedBroker, delay_ms: int, found: tuple[int, int]) -> None:
    found_delay_ms, offset = found
    assert find(broker, START_MS + delay_ms) == (errors.NONE, START_MS + found_delay_ms, offset, 0)
    assert find(broker, START_MS + delay_ms, 1) == (errors.NONE, START_MS + found_delay_ms, offset, -1)


def test_a_time_after_all_records(broker: PlayedBroker) -> None:
    assert find(broker, START_MS + 31) == NOTHING


@pytest.mark.parametrize("version", [1, 4, 11])
def test_an_empty_partition(version: int) -> None:
    broker = PlayedBroker()
    broker.create_topic()
    epoch = 0 if version >= 4 else -1
    assert find(broker, LATEST, version) == (errors.NONE, -1, 0, epoch)
    assert find(broker, EARLIEST, version) == (errors.NONE, -1, 0, epoch)
    assert find(broker, 0, version) == NOTHING
    if version >= FIRST_VERSION[MAX]:
        assert find(broker, MAX, version) == NOTHING


def test_the_log_start_is_the_earliest(broker: PlayedBroker) -> None:
    broker.broker.partitions.get("orders", 0).advance_log_start_offset(3)
    assert find(broker, EARLIEST) == (errors.NONE, -1, 3, 0)
    assert find(broker, 0) == (errors.NONE, START_MS + 20, 3, 0)


def test_what_is_not_committed_is_not_latest_for_who_asks_for_committed_records(broker: PlayedBroker) -> None:
    append(broker, 40, producer_id=9, producer_epoch=0, base_sequence=0)
    log = broker.broker.partitions.get("orders", 0)
    transactional = build_batch(
        [RecordData(None, b"v", START_MS + 50)],
        now_ms=START_MS,
        producer_id=7,
        producer_epoch=0,
        base_sequence=0,
        is_transactional=True,
    )
    broker.broker.partitions.append(log, memoryview(transactional))
    assert find(broker, LATEST) == (errors.NONE, -1, 7, 0)
    assert find(broker, LATEST, isolation_level=1) == (errors.NONE, -1, 6, 0)
    assert find(broker, START_MS + 50) == (errors.NONE, START_MS + 50, 6, 0)
    assert find(broker, START_MS + 50, isolation_level=1) == NOTHING


@pytest.mark.parametrize(
    ("epoch", "code"),
    [(-1, errors.NONE), (1, errors.FENCED_LEADER_EPOCH), (2, errors.NONE), (3, errors.UNKNOWN_LEADER_EPOCH)],
)
def test_the_clients_leader_epoch(broker: PlayedBroker, epoch: int, code: int) -> None:
    broker.broker.partitions.get("orders", 0).lead(2)
    [answer] = ask(broker, wanted(LATEST, current_leader_epoch=epoch))
    assert answer.error_code == code
    assert answer.leader_epoch == (2 if code == errors.NONE else -1)


def test_each_partition_is_answered_for_itself(broker: PlayedBroker) -> None:
    answers = ask(broker, wanted(LATEST), wanted(LATEST, 9), wanted(LATEST, 1))
    assert [(one.partition_index, one.error_code, one.offset) for one in answers] == [
        (0, errors.NONE, 5),
        (9, errors.UNKNOWN_TOPIC_OR_PARTITION, -1),
        (1, errors.NONE, 0),
    ]
    [answer] = ask(broker, wanted(LATEST), topic="nowhere")
    assert place(answer) == refused(errors.UNKNOWN_TOPIC_OR_PARTITION)


def test_a_partition_named_twice_is_answered_once_and_refused(broker: PlayedBroker) -> None:
    answers = ask(broker, wanted(LATEST), wanted(LATEST, 1), wanted(EARLIEST))
    assert [(one.partition_index, one.error_code) for one in answers] == [
        (0, errors.INVALID_REQUEST),
        (1, errors.NONE),
    ]
    topics = [ListOffsetsTopic(name="orders", partitions=[wanted(LATEST, partition)]) for partition in (0, 1, 1)]
    [topic] = broker.ask(ListOffsetsRequest(topics=topics), 11).topics
    assert [(one.partition_index, one.error_code) for one in topic.partitions] == [
        (0, errors.NONE),
        (1, errors.INVALID_REQUEST),
    ]


def test_a_disk_that_cannot_be_read() -> None:
    files = SimulatedFiles()
    broker = PlayedBroker(files)
    broker.create_topic(partitions=2)
    append(broker, 0, 10)
    files.fail(READ, BROKEN_DISK, path_part="orders-0/")
    answers = ask(broker, wanted(START_MS + 5), wanted(LATEST, 1))
    assert [one.error_code for one in answers] == [errors.KAFKA_STORAGE_ERROR, errors.NONE]


# ---- version 0 -----------------------------------------------------------------------------------------------------


def old_offsets(broker: PlayedBroker, timestamp: int, count: int = 10) -> list[int]:
    [answer] = ask(broker, wanted(timestamp, max_num_offsets=count), version=0)
    assert answer.error_code == errors.NONE
    return list(answer.old_style_offsets)


def test_version_0_lists_the_starts_of_segments(broker: PlayedBroker) -> None:
    assert old_offsets(broker, EARLIEST) == [0]
    assert old_offsets(broker, LATEST) == [5, 0]
    broker.broker.partitions.get("orders", 0).roll()
    append(broker, 100)
    broker.clock.advance(1000)
    assert old_offsets(broker, LATEST) == [6, 5, 0]
    assert old_offsets(broker, LATEST, count=1) == [6]
    assert old_offsets(broker, EARLIEST) == [0]
    assert old_offsets(broker, START_MS + 30) == [0]
    assert old_offsets(broker, START_MS + 29) == []
    assert old_offsets(broker, LATEST, count=-1) == []


def test_version_0_of_an_empty_partition() -> None:
    broker = PlayedBroker()
    broker.create_topic()
    assert old_offsets(broker, LATEST) == [0]
    assert old_offsets(broker, EARLIEST) == [0]


def test_version_0_refuses_what_it_does_not_know(broker: PlayedBroker) -> None:
    [answer] = ask(broker, wanted(MAX, max_num_offsets=1), version=0)
    assert (answer.error_code, answer.old_style_offsets) == (errors.UNSUPPORTED_VERSION, [])


def test_a_topic_without_partitions_is_left_out(broker: PlayedBroker) -> None:
    request = ListOffsetsRequest(topics=[ListOffsetsTopic(name="orders", partitions=[])])
    assert broker.ask(request, 11).topics == []


def test_an_isolation_level_that_does_not_exist(broker: PlayedBroker) -> None:
    assert find(broker, LATEST, isolation_level=7) == (errors.UNKNOWN_SERVER_ERROR, -1, -1, -1)
