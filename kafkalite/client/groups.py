"""Groups of a cluster: listing, describing, reading and writing offsets, deleting. Thin functions around requests.

Source: KafkaAdminClient (ListGroupsHandler, DescribeConsumerGroupsHandler, ListConsumerGroupOffsetsHandler,
AlterConsumerGroupOffsetsHandler, DeleteConsumerGroupOffsetsHandler); KIP-709 (OffsetFetch in batches), KIP-848,
KIP-1043 (a classic group that does not exist is GROUP_ID_NOT_FOUND, not Dead).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kafkalite.client.client import GROUP
from kafkalite.client.errors import BrokerError, UnsupportedByBroker, check
from kafkalite.client.offsets import TopicPartition
from kafkalite.protocol.api_error import ProtocolViolation
from kafkalite.protocol.errors import GROUP_ID_NOT_FOUND, UNSUPPORTED_VERSION
from kafkalite.protocol.messages.consumer_group_describe_request import ConsumerGroupDescribeRequest
from kafkalite.protocol.messages.consumer_protocol_assignment import ConsumerProtocolAssignment
from kafkalite.protocol.messages.delete_groups_request import DeleteGroupsRequest
from kafkalite.protocol.messages.describe_groups_request import DescribeGroupsRequest
from kafkalite.protocol.messages.list_groups_request import ListGroupsRequest
from kafkalite.protocol.messages.offset_commit_request import (
    OffsetCommitRequest,
    OffsetCommitRequestPartition,
    OffsetCommitRequestTopic,
)
from kafkalite.protocol.messages.offset_delete_request import (
    OffsetDeleteRequest,
    OffsetDeleteRequestPartition,
    OffsetDeleteRequestTopic,
)
from kafkalite.protocol.messages.offset_fetch_request import OffsetFetchRequest, OffsetFetchRequestGroup

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kafkalite.client.client import Client

CLASSIC, CONSUMER = "classic", "consumer"
"""Types of groups that are described here; others (share, streams) are listed only."""

DEAD = "Dead"
NO_OFFSET = -1
NO_MEMBER_EPOCH = -1

_FIRST_BATCHED_OFFSET_FETCH = 8
_LAST_OFFSETS_BY_TOPIC_NAME = 9
"""From version 10 on, OffsetFetch and OffsetCommit name topics by their ids."""


class ListedGroup(NamedTuple):
    """A group in a list; ``state`` and ``type`` are "" for brokers that lack them (before Kafka 2.6 and 3.8)."""

    group: str
    state: str
    type: str
    protocol_type: str
    coordinator: int


class Member(NamedTuple):
    """A member of a group.

    Attributes:
        epoch: of KIP-848 members; None for classic ones.
        topics: subscribed topics; None for classic members, whose subscription is not shown.
        topic_regex: a subscription by regular expression, None without.
        assignment: None if the bytes are not of the consumer protocol (Connect, Schema Registry).
    """

    member_id: str
    client_id: str
    host: str
    instance_id: str | None
    epoch: int | None
    topics: list[str] | None
    topic_regex: str | None
    assignment: list[TopicPartition] | None


class Group(NamedTuple):
    """A group.

    Attributes:
        assignor: name of the assignor; "" if the group has none yet.
        epoch: of KIP-848 groups; None for classic ones.
        coordinator: the broker id of its coordinator.
    """

    group: str
    type: str
    state: str
    protocol_type: str
    assignor: str
    epoch: int | None
    coordinator: int
    members: list[Member]


class Committed(NamedTuple):
    """A committed offset with the consumer's metadata."""

    offset: int
    metadata: str


def list_groups(client: Client) -> list[ListedGroup]:
    """Return the groups of all types on all brokers, sorted by name."""
    found = []
    for broker_id, response in client.ask_all_brokers(ListGroupsRequest()):
        check(response.error_code, None, f"ListGroups of broker {broker_id}")
        found += [
            ListedGroup(one.group_id, one.group_state, one.group_type.lower(), one.protocol_type, broker_id)
            for one in response.groups
        ]
    return sorted(found)


def describe_group(client: Client, group: str) -> Group:
    """Return a classic or KIP-848 group.

    Raises:
        BrokerError: GROUP_ID_NOT_FOUND for an unknown group, and for a group of another type.
    """
    try:
        return _describe_consumer_group(client, group)
    except UnsupportedByBroker:
        return _describe_classic_group(client, group)
    except BrokerError as problem:
        # UNSUPPORTED_VERSION: the cluster knows the new protocol, but it is disabled (Kafka 3.9 and older).
        if problem.code not in (GROUP_ID_NOT_FOUND, UNSUPPORTED_VERSION):
            raise
        return _describe_classic_group(client, group)


def _describe_consumer_group(client: Client, group: str) -> Group:
    response = client.ask_coordinator(GROUP, group, ConsumerGroupDescribeRequest(group_ids=[group]))
    [found] = response.groups
    check(found.error_code, found.error_message, group)
    members = [
        Member(
            one.member_id,
            one.client_id,
            one.client_host,
            one.instance_id,
            one.member_epoch,
            list(one.subscribed_topic_names),
            one.subscribed_topic_regex or None,
            sorted(
                TopicPartition(topic.topic_name, index)
                for topic in one.assignment.topic_partitions
                for index in topic.partitions
            ),
        )
        for one in found.members
    ]
    coordinator = client.coordinator(GROUP, group)
    return Group(
        group, CONSUMER, found.group_state, CONSUMER, found.assignor_name, found.group_epoch, coordinator, members
    )


def _describe_classic_group(client: Client, group: str) -> Group:
    response = client.ask_coordinator(GROUP, group, DescribeGroupsRequest(groups=[group]))
    [found] = response.groups
    check(found.error_code, found.error_message, group)
    if found.group_state == DEAD and not found.members:
        raise BrokerError(GROUP_ID_NOT_FOUND, None, group)
    members = [
        Member(
            one.member_id,
            one.client_id,
            one.client_host,
            one.group_instance_id,
            None,
            None,
            None,
            read_assignment(one.member_assignment) if found.protocol_type == CONSUMER else None,
        )
        for one in found.members
    ]
    return Group(
        group,
        CLASSIC,
        found.group_state,
        found.protocol_type,
        found.protocol_data,
        None,
        client.coordinator(GROUP, group),
        members,
    )


def read_assignment(data: bytes) -> list[TopicPartition] | None:
    """Return the partitions in a classic consumer's assignment; empty before it has one, None if unreadable.

    Source: ConsumerProtocol.deserializeAssignment: a version, then the message in it; newer ones read as the newest.
    """
    if not data:
        return []
    version = min(int.from_bytes(data[:2], "big", signed=True), ConsumerProtocolAssignment.HIGHEST_VERSION)
    try:
        assignment, _ = ConsumerProtocolAssignment.read(data, 2, max(version, 0))
    except ProtocolViolation:
        return None
    return sorted(
        TopicPartition(one.topic, index) for one in assignment.assigned_partitions for index in one.partitions
    )


def fetch_committed(client: Client, group: str) -> dict[TopicPartition, Committed]:
    """Return all committed offsets of a group; empty for an unknown one.

    Raises:
        BrokerError: the broker refuses.
    """
    found = {}
    for topic in _fetch_committed(client, group):
        for one in topic.partitions:
            partition = TopicPartition(topic.name, one.partition_index)
            check(one.error_code, None, str(partition))
            if one.committed_offset != NO_OFFSET:
                found[partition] = Committed(one.committed_offset, one.metadata or "")
    return dict(sorted(found.items()))


def _fetch_committed(client: Client, group: str) -> list[Any]:
    connection = client.connection(client.coordinator(GROUP, group))
    if connection.highest_version(OffsetFetchRequest) < _FIRST_BATCHED_OFFSET_FETCH:
        response = client.ask_coordinator(GROUP, group, OffsetFetchRequest(group_id=group, topics=None))
        check(response.error_code, None, group)
        return list(response.topics)
    request = OffsetFetchRequest(groups=[OffsetFetchRequestGroup(group_id=group, topics=None)])
    response = client.ask_coordinator(GROUP, group, request, max_version=_LAST_OFFSETS_BY_TOPIC_NAME)
    [found] = response.groups
    check(found.error_code, None, group)
    return list(found.topics)


def commit_offsets(client: Client, group: str, offsets: Mapping[TopicPartition, int]) -> None:
    """Commit offsets from outside the group, which must have no members.

    Raises:
        BrokerError: the first offset that the broker refused.
    """
    topics: dict[str, OffsetCommitRequestTopic] = {}
    for partition, offset in sorted(offsets.items()):
        topic = topics.setdefault(partition.topic, OffsetCommitRequestTopic(name=partition.topic, partitions=[]))
        topic.partitions.append(
            OffsetCommitRequestPartition(
                partition_index=partition.partition, committed_offset=offset, committed_metadata=""
            )
        )
    request = OffsetCommitRequest(
        group_id=group, generation_id_or_member_epoch=NO_MEMBER_EPOCH, topics=list(topics.values())
    )
    response = client.ask_coordinator(GROUP, group, request, max_version=_LAST_OFFSETS_BY_TOPIC_NAME)
    _check_partitions(response.topics)


def delete_offsets(client: Client, group: str, partitions: Iterable[TopicPartition]) -> None:
    """Delete committed offsets of a group that does not consume these topics.

    Raises:
        BrokerError: the broker refuses.
    """
    topics: dict[str, OffsetDeleteRequestTopic] = {}
    for partition in sorted(partitions):
        topic = topics.setdefault(partition.topic, OffsetDeleteRequestTopic(name=partition.topic, partitions=[]))
        topic.partitions.append(OffsetDeleteRequestPartition(partition_index=partition.partition))
    request = OffsetDeleteRequest(group_id=group, topics=list(topics.values()))
    response = client.ask_coordinator(GROUP, group, request)
    check(response.error_code, None, group)
    _check_partitions(response.topics)


def _check_partitions(topics: Iterable[Any]) -> None:
    for topic in topics:
        for one in topic.partitions:
            check(one.error_code, None, str(TopicPartition(topic.name, one.partition_index)))


def delete_group(client: Client, group: str) -> None:
    """Delete a group without members and its offsets.

    Raises:
        BrokerError: GROUP_ID_NOT_FOUND for an unknown one.
    """
    response = client.ask_coordinator(GROUP, group, DeleteGroupsRequest(groups_names=[group]))
    [result] = response.results
    check(result.error_code, None, group)
