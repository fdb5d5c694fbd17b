"""OffsetFetch: the committed offsets of a group, of some partitions or of all.

Source: OffsetMetadataManager.fetchOffsets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.model.limits import STEP_MAX_ITEM_COUNT
from kafkalite.model.steps import Pace
from kafkalite.model.uuids import ZERO_UUID
from kafkalite.protocol import errors
from kafkalite.protocol.messages.offset_fetch_response import (
    OffsetFetchResponseGroup,
    OffsetFetchResponsePartitions,
    OffsetFetchResponseTopics,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kafkalite.coordinators.group.context import GroupContext
    from kafkalite.coordinators.group.offsets.store import CommittedOffset
    from kafkalite.model.steps import Steps
    from kafkalite.protocol.messages.offset_fetch_request import OffsetFetchRequestGroup

NO_OFFSET = -1


def fetch_offsets_steps(
    context: GroupContext, request: OffsetFetchRequestGroup, *, is_stable_required: bool
) -> Steps[OffsetFetchResponseGroup]:
    """Return the offsets of one group as they are at the first step; a group that does not exist has none.

    Args:
        request: topics None means all; names are filled in.
        is_stable_required: offsets that an undecided transaction may change are UNSTABLE_OFFSET_COMMIT (KIP-447).

    Raises:
        ApiError: UNKNOWN_MEMBER_ID, STALE_MEMBER_EPOCH, where the caller gives itself for a member.
    """
    pace = Pace()
    response = OffsetFetchResponseGroup(group_id=request.group_id)
    group = context.groups.get(request.group_id)
    if group is not None:
        group.check_offset_fetch(request.member_id, request.member_epoch)
    committed = context.offsets.of_group(request.group_id) if group is not None else {}
    pending = set(context.offsets.pending_partitions(request.group_id)) if is_stable_required else ()
    if _may_take_long(committed, request):  # others will have their turn, and commit, before this is done
        committed = {topic: dict(partitions) for topic, partitions in committed.items()}

    def tell(topic: str, partition: int, offset: CommittedOffset | None) -> OffsetFetchResponsePartitions:
        if pending and (topic, partition) in pending:
            return _nothing(partition, errors.UNSTABLE_OFFSET_COMMIT)
        return _nothing(partition) if offset is None else _found(partition, offset)

    if request.topics is None:
        for name, partitions in committed.items():
            told = []
            for partition, known in partitions.items():
                told.append(tell(name, partition, known))
                if pace.is_due():
                    yield
            response.topics.append(OffsetFetchResponseTopics(name=name, partitions=told))
        return response
    for topic in request.topics:
        if pace.is_due():
            yield
        partitions = committed.get(topic.name, {})
        told = []
        for partition in topic.partition_indexes:
            offset = partitions.get(partition)
            if offset is not None and _is_of_another_topic(offset.topic_id, topic.topic_id):
                offset = None
            told.append(tell(topic.name, partition, offset))
            if pace.is_due():
                yield
        response.topics.append(OffsetFetchResponseTopics(name=topic.name, topic_id=topic.topic_id, partitions=told))
    return response


def _may_take_long(committed: Mapping[str, Mapping[int, CommittedOffset]], request: OffsetFetchRequestGroup) -> bool:
    """Whether the answer may take more than one step."""
    if request.topics is None:
        return len(committed) + sum(map(len, committed.values())) >= STEP_MAX_ITEM_COUNT
    return len(request.topics) + sum(len(one.partition_indexes) for one in request.topics) >= STEP_MAX_ITEM_COUNT


def _is_of_another_topic(committed: bytes, wanted: bytes) -> bool:
    """Whether the offset was committed to a topic of that name which is gone."""
    return committed != wanted and ZERO_UUID not in (committed, wanted)


def _found(partition: int, offset: CommittedOffset) -> OffsetFetchResponsePartitions:
    return OffsetFetchResponsePartitions(
        partition_index=partition,
        committed_offset=offset.offset,
        committed_leader_epoch=offset.leader_epoch,
        metadata=offset.metadata,
    )


def _nothing(partition: int, error_code: int = errors.NONE) -> OffsetFetchResponsePartitions:
    return OffsetFetchResponsePartitions(partition_index=partition, committed_offset=NO_OFFSET, error_code=error_code)
