"""OffsetCommit and TxnOffsetCommit: store how far a group got, for members of it and for those who use no membership.

Source: OffsetMetadataManager.commitOffset, commitTransactionalOffset.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.coordinators.group.classic.group import ClassicGroup
from kafkalite.coordinators.group.classic.rebalance import keep_session
from kafkalite.coordinators.group.classic.states import KEEPS_SESSION_ON_COMMIT
from kafkalite.coordinators.group.offsets.records import offset_record
from kafkalite.coordinators.group.offsets.store import NO_EXPIRY, CommittedOffset, GroupPartition
from kafkalite.coordinators.runtime.result import Result
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.offset_commit_response import (
    OffsetCommitResponse,
    OffsetCommitResponsePartition,
    OffsetCommitResponseTopic,
)
from kafkalite.protocol.messages.txn_offset_commit_response import (
    TxnOffsetCommitResponse,
    TxnOffsetCommitResponsePartition,
    TxnOffsetCommitResponseTopic,
)

if TYPE_CHECKING:
    from kafkalite.coordinators.group.context import Caller, GroupContext
    from kafkalite.coordinators.group.group import CheckPartition
    from kafkalite.coordinators.runtime.record import CoordinatorRecord
    from kafkalite.protocol.messages.offset_commit_request import OffsetCommitRequest
    from kafkalite.protocol.messages.txn_offset_commit_request import TxnOffsetCommitRequest

FIRST_VERSION_OF_GROUP_ID_NOT_FOUND = 9
FIRST_TRANSACTIONAL_VERSION_OF_NEW_ERRORS = 6
"""The version of TxnOffsetCommit from which GROUP_ID_NOT_FOUND and STALE_MEMBER_EPOCH are no ILLEGAL_GENERATION."""

DEFAULT_RETENTION = -1
NO_TIMESTAMP = -1


def commit_offsets(context: GroupContext, caller: Caller, request: OffsetCommitRequest) -> Result[OffsetCommitResponse]:
    """Commit offsets of topics that exist, with their names and ids filled in.

    Errors, of the whole: ApiError GROUP_ID_NOT_FOUND (ILLEGAL_GENERATION before version 9), UNKNOWN_MEMBER_ID,
    FENCED_INSTANCE_ID, ILLEGAL_GENERATION, REBALANCE_IN_PROGRESS, STALE_MEMBER_EPOCH. Of a partition:
    OFFSET_METADATA_TOO_LARGE.
    """
    check_partition = check_member(context, caller, request)
    now_ms = context.clock.now_ms()
    has_retention = request.retention_time_ms != DEFAULT_RETENTION
    expire_timestamp_ms = now_ms + request.retention_time_ms if has_retention else NO_EXPIRY
    records: list[CoordinatorRecord] = []
    response = OffsetCommitResponse()
    for topic in request.topics:
        answer = OffsetCommitResponseTopic(name=topic.name, topic_id=topic.topic_id)
        response.topics.append(answer)
        for partition in topic.partitions:
            told = OffsetCommitResponsePartition(partition_index=partition.partition_index)
            answer.partitions.append(told)
            if is_metadata_too_large(context, partition.committed_metadata):
                told.error_code = errors.OFFSET_METADATA_TOO_LARGE
                continue
            if check_partition is not None:
                check_partition(topic.name, topic.topic_id, partition.partition_index)
            has_timestamp = partition.commit_timestamp != NO_TIMESTAMP
            offset = CommittedOffset(
                partition.committed_offset,
                partition.committed_leader_epoch,
                partition.committed_metadata or "",
                partition.commit_timestamp if has_timestamp else now_ms,
                expire_timestamp_ms,
                topic.topic_id,
                -1,
            )
            key = GroupPartition(request.group_id, topic.name, partition.partition_index)
            records.append(offset_record(key, offset))
    return Result(records, response, is_repeatable=True)


def check_member(context: GroupContext, caller: Caller, request: OffsetCommitRequest) -> CheckPartition | None:
    """Raise ApiError where the caller may not commit; a group without members comes to be with its first offset."""
    generation_id = request.generation_id_or_member_epoch
    group = context.groups.get(request.group_id)
    if group is None:
        if generation_id < 0:
            return None
        is_told = caller.api_version >= FIRST_VERSION_OF_GROUP_ID_NOT_FOUND
        raise ApiError(errors.GROUP_ID_NOT_FOUND if is_told else errors.ILLEGAL_GENERATION)
    check_partition = group.check_offset_commit(
        request.member_id,
        request.group_instance_id,
        generation_id,
        is_transactional=False,
        api_version=caller.api_version,
    )
    if isinstance(group, ClassicGroup) and group.state in KEEPS_SESSION_ON_COMMIT:
        keep_session(context, group, group.members[request.member_id])
    return check_partition


def commit_transactional_offsets(
    context: GroupContext, caller: Caller, request: TxnOffsetCommitRequest
) -> Result[TxnOffsetCommitResponse]:
    """Commit offsets that count once the producer's transaction does; to be run with the producer's id.

    The topics exist, with their names and ids filled in.

    Raises:
        ApiError: UNKNOWN_MEMBER_ID, FENCED_INSTANCE_ID, ILLEGAL_GENERATION, and from version 6 on GROUP_ID_NOT_FOUND
            and STALE_MEMBER_EPOCH, of the whole. OFFSET_METADATA_TOO_LARGE is the error of one partition.
    """
    try:
        return _commit_transactional_offsets(context, caller, request)
    except ApiError as error:
        is_known = caller.api_version >= FIRST_TRANSACTIONAL_VERSION_OF_NEW_ERRORS
        if error.error_code == errors.STALE_MEMBER_EPOCH and not is_known:
            raise ApiError(errors.ILLEGAL_GENERATION) from error
        raise


def _commit_transactional_offsets(
    context: GroupContext, caller: Caller, request: TxnOffsetCommitRequest
) -> Result[TxnOffsetCommitResponse]:
    check_partition = check_transactional_member(context, caller, request)
    now_ms = context.clock.now_ms()
    records: list[CoordinatorRecord] = []
    response = TxnOffsetCommitResponse()
    for topic in request.topics:
        answer = TxnOffsetCommitResponseTopic(name=topic.name, topic_id=topic.topic_id)
        response.topics.append(answer)
        for partition in topic.partitions:
            told = TxnOffsetCommitResponsePartition(partition_index=partition.partition_index)
            answer.partitions.append(told)
            if is_metadata_too_large(context, partition.committed_metadata):
                told.error_code = errors.OFFSET_METADATA_TOO_LARGE
                continue
            if check_partition is not None:
                check_partition(topic.name, topic.topic_id, partition.partition_index)
            offset = CommittedOffset(
                partition.committed_offset,
                partition.committed_leader_epoch,
                partition.committed_metadata or "",
                now_ms,
                NO_EXPIRY,
                topic.topic_id,
                -1,
            )
            key = GroupPartition(request.group_id, topic.name, partition.partition_index)
            records.append(offset_record(key, offset))
    return Result(records, response, is_repeatable=True)


def check_transactional_member(
    context: GroupContext, caller: Caller, request: TxnOffsetCommitRequest
) -> CheckPartition | None:
    """Raise ApiError where the caller may not commit with a transaction."""
    group = context.groups.get(request.group_id)
    if group is None:
        if request.generation_id_or_member_epoch < 0:
            return None
        is_known = caller.api_version >= FIRST_TRANSACTIONAL_VERSION_OF_NEW_ERRORS
        raise ApiError(errors.GROUP_ID_NOT_FOUND if is_known else errors.ILLEGAL_GENERATION)
    return group.check_offset_commit(
        request.member_id,
        request.group_instance_id,
        request.generation_id_or_member_epoch,
        is_transactional=True,
        api_version=caller.api_version,
    )


def is_metadata_too_large(context: GroupContext, metadata: str | None) -> bool:
    """Whether a client may not store so much with an offset; counted in UTF-16 units, as Java does."""
    if metadata is None:
        return False
    length = len(metadata) if metadata.isascii() else len(metadata.encode("utf-16-le", "surrogatepass")) // 2
    return length > context.config.offset_metadata_max_length
