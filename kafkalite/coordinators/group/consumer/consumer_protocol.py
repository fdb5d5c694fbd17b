"""The messages of consumers of the classic protocol inside of JoinGroup and SyncGroup: subscription, assignment.

The coordinator reads and writes both while a group has members of both protocols.

Source: org.apache.kafka.clients.consumer.internals.ConsumerProtocol.
"""

from __future__ import annotations

from struct import Struct
from struct import error as StructError
from typing import TYPE_CHECKING

from kafkalite.protocol.api_error import ProtocolViolation
from kafkalite.protocol.messages.consumer_protocol_assignment import ConsumerProtocolAssignment, TopicPartition
from kafkalite.protocol.messages.consumer_protocol_subscription import ConsumerProtocolSubscription

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from kafkalite.cluster.image import TopicsImage

_INT16 = Struct(">h")


class MalformedConsumerProtocol(ValueError):
    """The bytes are no subscription or no assignment of a consumer."""


def read_subscription(data: bytes) -> ConsumerProtocolSubscription:
    """Return a subscription; of a version that is not known yet the part that is.

    Raises:
        MalformedConsumerProtocol: the bytes are no subscription.
    """
    version = _read_version(data, ConsumerProtocolSubscription.HIGHEST_VERSION)
    try:
        return ConsumerProtocolSubscription.read(data, _INT16.size, version)[0]
    except ProtocolViolation as error:
        raise MalformedConsumerProtocol(str(error)) from error


def read_assignment(data: bytes) -> ConsumerProtocolAssignment:
    """Return an assignment.

    Raises:
        MalformedConsumerProtocol: the bytes are no assignment.
    """
    version = _read_version(data, ConsumerProtocolAssignment.HIGHEST_VERSION)
    try:
        return ConsumerProtocolAssignment.read(data, _INT16.size, version)[0]
    except ProtocolViolation as error:
        raise MalformedConsumerProtocol(str(error)) from error


def write_assignment(held: Mapping[bytes, Collection[int]], topics: TopicsImage, subscription: bytes) -> bytes:
    """Return an assignment in the version that the member's subscription has.

    Args:
        held: topic id -> partitions; topics that do not exist any more are left out.

    Raises:
        MalformedConsumerProtocol: of the subscription.
    """
    version = _read_version(subscription, ConsumerProtocolAssignment.HIGHEST_VERSION)
    assigned = [
        TopicPartition(topic=topics.by_id[topic_id].name, partitions=sorted(partitions))
        for topic_id, partitions in sorted(held.items())
        if topic_id in topics.by_id
    ]
    out = bytearray(_INT16.pack(version))
    ConsumerProtocolAssignment(assigned_partitions=assigned).write(out, version)
    return bytes(out)


def partitions_by_id(pairs: Collection[TopicPartition], topics: TopicsImage) -> dict[bytes, frozenset[int]]:
    """Return partitions by topic id; topics that do not exist are left out. Any message's `TopicPartition` will do."""
    return {
        topics.by_name[pair.topic].topic_id: frozenset(pair.partitions)
        for pair in pairs
        if pair.topic in topics.by_name
    }


def _read_version(data: bytes, highest: int) -> int:
    try:
        version = int(_INT16.unpack_from(data)[0])
    except StructError:
        raise MalformedConsumerProtocol("there is no version") from None
    if version < 0:
        raise MalformedConsumerProtocol(f"there is no version {version}")
    return min(version, highest)
