"""Every handler says of many elements what it says of few, and gives way on the way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kafkalite.broker.router import SlicedReply
from kafkalite.model.limits import SLICE_MAX_STEP_COUNT, SLICED_FRAME_MIN_BYTES
from kafkalite.protocol.headers import write_request_header
from kafkalite.protocol.messages import (
    add_partitions_to_txn_request,
    alter_configs_request,
    create_partitions_request,
    create_topics_request,
    delete_records_request,
    describe_configs_request,
    fetch_request,
    incremental_alter_configs_request,
    list_offsets_request,
    offset_commit_request,
    offset_fetch_request,
    offset_for_leader_epoch_request,
    txn_offset_commit_request,
)
from kafkalite.protocol.messages.consumer_group_describe_request import ConsumerGroupDescribeRequest
from kafkalite.protocol.messages.delete_groups_request import DeleteGroupsRequest
from kafkalite.protocol.messages.delete_topics_request import DeleteTopicsRequest
from kafkalite.protocol.messages.describe_groups_request import DescribeGroupsRequest
from kafkalite.protocol.messages.describe_producers_request import DescribeProducersRequest, TopicRequest
from kafkalite.protocol.messages.describe_topic_partitions_request import DescribeTopicPartitionsRequest
from kafkalite.protocol.messages.describe_topic_partitions_request import TopicRequest as DescribedTopic
from kafkalite.protocol.messages.describe_transactions_request import DescribeTransactionsRequest
from kafkalite.protocol.messages.find_coordinator_request import FindCoordinatorRequest
from kafkalite.protocol.messages.metadata_request import MetadataRequest, MetadataRequestTopic
from kafkalite.protocol.primitives import FrameWriter
from tests.broker.played_broker import PlayedBroker, decode

COUNT = 6_000
PER_SMALL_REQUEST = 20

Builder = Callable[[range], Any]


def metadata(numbers: range) -> Any:
    names = ["orders", *(f"unknown-{number}" for number in numbers)]
    topics = [MetadataRequestTopic(name=name) for name in names]
    return MetadataRequest(topics=topics, allow_auto_topic_creation=False)


def fetch(numbers: range) -> Any:
    module = fetch_request
    partitions = [
        module.FetchPartition(partition=number % 2 if number < 100 else number, partition_max_bytes=1_000)
        for number in numbers
    ]
    topics = [module.FetchTopic(topic="orders", partitions=partitions)]
    return module.FetchRequest(max_wait_ms=0, min_bytes=1, max_bytes=1 << 20, session_epoch=-1, topics=topics)


def list_offsets(numbers: range) -> Any:
    module = list_offsets_request
    partitions = [module.ListOffsetsPartition(partition_index=number, timestamp=-1) for number in numbers]
    return module.ListOffsetsRequest(topics=[module.ListOffsetsTopic(name="orders", partitions=partitions)])


def offset_fetch(numbers: range) -> Any:
    module = offset_fetch_request
    topics = [module.OffsetFetchRequestTopics(name="orders", partition_indexes=list(numbers))]
    return module.OffsetFetchRequest(groups=[module.OffsetFetchRequestGroup(group_id="g", topics=topics)])


def offset_commit(numbers: range) -> Any:
    module = offset_commit_request
    partitions = [
        module.OffsetCommitRequestPartition(partition_index=number, committed_offset=number, committed_metadata="")
        for number in numbers
    ]
    topics = [module.OffsetCommitRequestTopic(name="orders", partitions=partitions)]
    return module.OffsetCommitRequest(group_id="g", generation_id_or_member_epoch=-1, topics=topics)


def txn_offset_commit(numbers: range) -> Any:
    module = txn_offset_commit_request
    partitions = [module.TxnOffsetCommitRequestPartition(partition_index=2 + number) for number in numbers]
    topics = [module.TxnOffsetCommitRequestTopic(name="orders", partitions=partitions)]
    return module.TxnOffsetCommitRequest(transactional_id="t", group_id="g", producer_id=1, topics=topics)


def offset_for_leader_epoch(numbers: range) -> Any:
    module = offset_for_leader_epoch_request
    partitions = [module.OffsetForLeaderPartition(partition=number, leader_epoch=0) for number in numbers]
    return module.OffsetForLeaderEpochRequest(
        topics=[module.OffsetForLeaderTopic(topic="orders", partitions=partitions)]
    )


def add_partitions_to_txn(numbers: range) -> Any:
    module = add_partitions_to_txn_request
    topics = [module.AddPartitionsToTxnTopic(name="nosuch", partitions=list(numbers))]
    return module.AddPartitionsToTxnRequest(
        v3_and_below_transactional_id="t", v3_and_below_producer_id=1, v3_and_below_topics=topics
    )


def delete_records(numbers: range) -> Any:
    module = delete_records_request
    partitions = [module.DeleteRecordsPartition(partition_index=number, offset=0) for number in numbers]
    topics = [module.DeleteRecordsTopic(name="orders", partitions=partitions)]
    return module.DeleteRecordsRequest(timeout_ms=1_000, topics=topics)


def create_topics(numbers: range) -> Any:
    module = create_topics_request
    topics = [module.CreatableTopic(name=f"bad name {number}", num_partitions=1) for number in numbers]
    return module.CreateTopicsRequest(topics=topics, timeout_ms=1_000)


def create_partitions(numbers: range) -> Any:
    module = create_partitions_request
    topics = [module.CreatePartitionsTopic(name=f"unknown-{number}", count=2) for number in numbers]
    return module.CreatePartitionsRequest(topics=topics, timeout_ms=1_000)


def delete_topics(numbers: range) -> Any:
    return DeleteTopicsRequest(topic_names=[f"unknown-{number}" for number in numbers], timeout_ms=1_000)


def describe_configs(numbers: range) -> Any:
    module = describe_configs_request
    resources = [
        module.DescribeConfigsResource(resource_type=2, resource_name=f"unknown-{number}") for number in numbers
    ]
    return module.DescribeConfigsRequest(resources=resources)


def alter_configs(numbers: range) -> Any:
    module = alter_configs_request
    resources = [module.AlterConfigsResource(resource_type=2, resource_name=f"unknown-{number}") for number in numbers]
    return module.AlterConfigsRequest(resources=resources)


def incremental_alter_configs(numbers: range) -> Any:
    module = incremental_alter_configs_request
    resources = [
        module.AlterConfigsResource(resource_type=2 if number % 2 else 8, resource_name=f"unknown-{number}")
        for number in numbers
    ]
    return module.IncrementalAlterConfigsRequest(resources=resources)


def groups(numbers: range) -> list[str]:
    return [f"group-{number}" for number in numbers]


CASES: dict[str, tuple[Builder, int]] = {
    "Metadata": (metadata, 9),
    "Fetch": (fetch, 12),
    "ListOffsets": (list_offsets, 6),
    "OffsetFetch": (offset_fetch, 8),
    "OffsetCommit": (offset_commit, 8),
    "TxnOffsetCommit": (txn_offset_commit, 3),
    "OffsetForLeaderEpoch": (offset_for_leader_epoch, 4),
    "AddPartitionsToTxn": (add_partitions_to_txn, 3),
    "DeleteRecords": (delete_records, 2),
    "CreateTopics": (create_topics, 7),
    "CreatePartitions": (create_partitions, 3),
    "DeleteTopics": (delete_topics, 5),
    "DescribeConfigs": (describe_configs, 4),
    "AlterConfigs": (alter_configs, 2),
    "IncrementalAlterConfigs": (incremental_alter_configs, 1),
    "DescribeGroups": (lambda numbers: DescribeGroupsRequest(groups=groups(numbers)), 5),
    "DeleteGroups": (lambda numbers: DeleteGroupsRequest(groups_names=groups(numbers)), 2),
    "ConsumerGroupDescribe": (lambda numbers: ConsumerGroupDescribeRequest(group_ids=groups(numbers)), 1),
    "FindCoordinator": (lambda numbers: FindCoordinatorRequest(coordinator_keys=groups(numbers)), 4),
    "DescribeTransactions": (lambda numbers: DescribeTransactionsRequest(transactional_ids=groups(numbers)), 0),
    "DescribeProducers": (
        lambda numbers: DescribeProducersRequest(topics=[TopicRequest(name="orders", partition_indexes=list(numbers))]),
        0,
    ),
    "DescribeTopicPartitions": (
        lambda numbers: DescribeTopicPartitionsRequest(
            topics=[DescribedTopic(name=f"unknown-{number:06}") for number in numbers]
        ),
        0,
    ),
}


@pytest.fixture
def broker() -> PlayedBroker:
    played = PlayedBroker()
    played.create_topic(partitions=2)
    played.produce(b"value")
    return played


def elements(message: Any) -> list[str]:
    """Return what a response says of single elements: everything that no list is in, with where it is."""
    found: list[str] = []

    def shown(value: Any) -> Any:
        return bytes(value) if isinstance(value, memoryview) else value

    def walk(value: Any, path: str) -> None:
        lists = [name for name in value.__slots__ if type(getattr(value, name)) is list]
        plain = [f"{name}={shown(getattr(value, name))!r}" for name in value.__slots__ if name not in lists]
        children = [(name, child) for name in lists for child in getattr(value, name)]
        if not any(hasattr(child, "__slots__") for _, child in children):
            found.append(f"{path} {plain} {[getattr(value, name) for name in lists]}")
        for name, child in children:
            if hasattr(child, "__slots__"):
                walk(child, f"{path}/{name}")

    walk(message, "")
    return found


@pytest.mark.parametrize("name", CASES)
def test_many_elements_are_answered_as_few_are(broker: PlayedBroker, name: str) -> None:
    build, version = CASES[name]
    few: list[str] = []
    for start in range(0, COUNT, PER_SMALL_REQUEST):
        few += elements(broker.ask(build(range(start, start + PER_SMALL_REQUEST)), version))
    many = elements(broker.ask(build(range(COUNT)), version))
    assert set(many) == set(few)
    assert len(many) >= COUNT - 100


@pytest.mark.parametrize("name", CASES)
def test_many_elements_take_many_slices(broker: PlayedBroker, name: str) -> None:
    build, version = CASES[name]
    request = build(range(COUNT))
    frame = bytearray()
    write_request_header(frame, request.API_KEY, version, 7, "test")
    request.write(frame, version)
    assert len(frame) >= SLICED_FRAME_MIN_BYTES
    reply = broker.router.handle(broker.connection, memoryview(frame))
    assert isinstance(reply, SlicedReply)
    turn_count = 0
    while not reply._work.is_done:
        broker.broker.work.run_turn()
        turn_count += 1
    assert turn_count >= COUNT // 64 // SLICE_MAX_STEP_COUNT
    result = reply._work.result()
    assert isinstance(result, FrameWriter)
    decode(result, request.API_KEY, version)
    assert not broker.bugs


def test_a_large_session_is_answered_as_a_small_one(broker: PlayedBroker) -> None:
    module = fetch_request

    def ask(session_id: int, epoch: int, numbers: range, forgotten: range = range(0)) -> Any:
        partitions = [module.FetchPartition(partition=number, partition_max_bytes=1_000) for number in numbers]
        return broker.ask(
            module.FetchRequest(
                max_wait_ms=0,
                min_bytes=1,
                max_bytes=1 << 20,
                session_id=session_id,
                session_epoch=epoch,
                topics=[module.FetchTopic(topic="orders", partitions=partitions)] if partitions else [],
                forgotten_topics_data=[module.ForgottenTopic(topic="orders", partitions=list(forgotten))],
            ),
            12,
        )

    first = ask(0, 0, range(COUNT))
    assert first.session_id > 0 and len(first.responses[0].partitions) == COUNT
    again = ask(first.session_id, 1, range(0))  # a small request of a large session: errors are told again
    assert len(again.responses[0].partitions) == COUNT - 1  # partition 1 is as it was
    fewer = ask(first.session_id, 2, range(COUNT, 2 * COUNT), forgotten=range(2, COUNT))
    assert [one.partition_index for one in fewer.responses[0].partitions][1:] == list(range(COUNT, 2 * COUNT))
    assert ask(first.session_id, 2, range(0)).error_code == 71  # INVALID_FETCH_SESSION_EPOCH


def test_a_large_fetch_waits_and_is_answered_when_records_come(broker: PlayedBroker) -> None:
    request = fetch(range(100, COUNT))
    request.topics[0].partitions.append(fetch_request.FetchPartition(partition=1, partition_max_bytes=1_000))
    request.max_wait_ms = 10_000
    waiting = broker.ask(request, 12)
    assert waiting.response is None
    broker.produce(b"news", partition=1)
    while waiting.response is None:
        broker.broker.work.run_turn()
    partitions = waiting.response.responses[0].partitions
    assert len(partitions) == COUNT - 100 + 1
    assert [one.partition_index for one in partitions if one.records] == [1]
