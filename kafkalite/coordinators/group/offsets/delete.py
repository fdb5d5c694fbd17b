"""OffsetDelete, and what becomes of the offsets of a deleted group. Source: OffsetMetadataManager.deleteOffsets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.coordinators.group.offsets.records import offset_tombstone
from kafkalite.coordinators.group.offsets.store import GroupPartition
from kafkalite.coordinators.runtime.result import Result
from kafkalite.protocol import errors
from kafkalite.protocol.messages.offset_delete_response import (
    OffsetDeleteResponse,
    OffsetDeleteResponsePartition,
    OffsetDeleteResponseTopic,
)

if TYPE_CHECKING:
    from kafkalite.coordinators.group.context import GroupContext
    from kafkalite.coordinators.runtime.record import CoordinatorRecord
    from kafkalite.protocol.messages.offset_delete_request import OffsetDeleteRequest


def delete_offsets(context: GroupContext, request: OffsetDeleteRequest) -> Result[OffsetDeleteResponse]:
    """Forget offsets of topics that exist and that no member consumes.

    Errors, of the whole: ApiError GROUP_ID_NOT_FOUND, NON_EMPTY_GROUP. Of a partition: GROUP_SUBSCRIBED_TO_TOPIC.
    """
    group = context.get(request.group_id)
    group.check_offset_delete()
    offsets = context.offsets
    records: list[CoordinatorRecord] = []
    topics = []
    for topic in request.topics:
        is_subscribed = group.is_subscribed_to(topic.name)
        partitions = []
        for partition in topic.partitions:
            key = GroupPartition(request.group_id, topic.name, partition.partition_index)
            if not is_subscribed and (offsets.find(*key) is not None or offsets.is_pending(*key)):
                records.append(offset_tombstone(key))
            code = errors.GROUP_SUBSCRIBED_TO_TOPIC if is_subscribed else errors.NONE
            partitions.append(OffsetDeleteResponsePartition(partition_index=partition.partition_index, error_code=code))
        topics.append(OffsetDeleteResponseTopic(name=topic.name, partitions=partitions))
    return Result(records, OffsetDeleteResponse(topics=topics))


def tombstones_of_group(context: GroupContext, group_id: str) -> list[CoordinatorRecord]:
    """Return the records that forget all offsets of a group, pending ones included."""
    keys: dict[GroupPartition, None] = {}
    for topic, partitions in context.offsets.of_group(group_id).items():
        for partition in partitions:
            keys[GroupPartition(group_id, topic, partition)] = None
    for topic, partition in context.offsets.pending_partitions(group_id):
        keys[GroupPartition(group_id, topic, partition)] = None
    return [offset_tombstone(key) for key in keys]
