"""Commits of offsets that cannot be one batch are recognised without building it, and no others are."""

from __future__ import annotations

from typing import Any

import pytest

from kafkalite.broker.coordination.offset_batches import LEAST_RECORD_BYTES, is_too_large
from kafkalite.coordinators.group.offsets.records import offset_record
from kafkalite.coordinators.group.offsets.store import NO_EXPIRY, CommittedOffset, GroupPartition
from kafkalite.coordinators.runtime.record import encode_key, encode_value
from kafkalite.model.steps import Pace, finish
from kafkalite.protocol import errors
from kafkalite.protocol.messages.offset_commit_request import (
    OffsetCommitRequest,
    OffsetCommitRequestPartition,
    OffsetCommitRequestTopic,
)
from kafkalite.protocol.messages.offset_fetch_request import (
    OffsetFetchRequest,
    OffsetFetchRequestGroup,
    OffsetFetchRequestTopics,
)
from kafkalite.records.builder import build_batch
from tests.broker.played_broker import PlayedBroker


def commit(count: int, metadata: str = "", group: str = "g", generation: int = -1) -> OffsetCommitRequest:
    partitions = [
        OffsetCommitRequestPartition(partition_index=index % 4, committed_offset=index, committed_metadata=metadata)
        for index in range(count)
    ]
    return OffsetCommitRequest(
        group_id=group,
        generation_id_or_member_epoch=generation,
        topics=[OffsetCommitRequestTopic(name="orders", partitions=partitions)],
    )


def codes(response: Any) -> set[int]:
    return {partition.error_code for topic in response.topics for partition in topic.partitions}


@pytest.fixture
def broker() -> PlayedBroker:
    played = PlayedBroker()
    played.create_topic(partitions=4)
    assert codes(played.ask(commit(1), 8)) == {0}
    return played


@pytest.mark.parametrize("expiry", [NO_EXPIRY, 5])
def test_no_record_is_smaller_than_the_least(expiry: int) -> None:
    record = offset_record(GroupPartition("", "", 0), CommittedOffset(0, -1, "", 0, expiry, bytes(16), -1))
    empty = build_batch([(b"", b"")], now_ms=0)
    whole = build_batch([(encode_key(record), encode_value(record))], now_ms=0)
    assert len(whole) - len(empty) + 7 >= LEAST_RECORD_BYTES


def test_a_commit_that_is_certainly_too_large_is_refused_for_every_partition(broker: PlayedBroker) -> None:
    before = broker.broker.groups.host.runtime(0)._log.next_offset
    response = broker.ask(commit(40_000), 8)
    assert codes(response) == {errors.UNKNOWN_SERVER_ERROR}
    assert sum(len(topic.partitions) for topic in response.topics) == 40_000
    assert broker.broker.groups.host.runtime(0)._log.next_offset == before


def test_who_may_not_commit_hears_that_first(broker: PlayedBroker) -> None:
    assert codes(broker.ask(commit(40_000, generation=7), 8)) == {errors.UNKNOWN_MEMBER_ID}


def test_a_large_commit_that_fits_is_stored(broker: PlayedBroker) -> None:
    assert codes(broker.ask(commit(5_000), 8)) == {0}
    wanted = OffsetFetchRequestTopics(name="orders", partition_indexes=[0, 1, 2, 3])
    groups = [OffsetFetchRequestGroup(group_id="g", topics=[wanted])]
    [group] = broker.ask(OffsetFetchRequest(groups=groups), 8).groups
    assert [one.committed_offset for one in group.topics[0].partitions] == [4996, 4997, 4998, 4999]


def test_metadata_that_is_too_long_counts_nothing(broker: PlayedBroker) -> None:
    groups, pace = broker.broker.groups, Pace()
    assert finish(is_too_large(groups, "g", commit(300, "m" * 4000).topics, pace))
    assert not finish(is_too_large(groups, "g", commit(300, "m" * 5000).topics, pace))


def test_it_is_not_certain_where_batches_are_compressed_or_the_topic_is_missing() -> None:
    topics = commit(40_000).topics
    compressed = PlayedBroker(properties={"offsets.topic.compression.codec": "1"})
    compressed.create_topic(partitions=4)
    compressed.ask(commit(1), 8)
    assert not finish(is_too_large(compressed.broker.groups, "g", topics, Pace()))
    assert not finish(is_too_large(PlayedBroker().broker.groups, "g", topics, Pace()))
