"""TxnOffsetCommit: offsets of a group that count once the producer's transaction is committed.

Versions 0-5:
    0    first (KIP-98)
    2    leader epochs (KIP-320); COORDINATOR_LOAD_IN_PROGRESS allowed
    3    flexible; generation, member and instance id, so that a member that was replaced is fenced (KIP-447)
    4    TRANSACTION_ABORTABLE allowed (KIP-890)
    5    the group's partition joins the transaction implicitly (KIP-890)

Errors, for each partition:
    UNKNOWN_TOPIC_OR_PARTITION   no such partition
    OFFSET_METADATA_TOO_LARGE    see ``offset.metadata.max.bytes``
    INVALID_GROUP_ID             an empty group id
    ILLEGAL_GENERATION, UNKNOWN_MEMBER_ID, FENCED_INSTANCE_ID
                                 the group has gone on without the member
    INVALID_PRODUCER_EPOCH, INVALID_PRODUCER_ID_MAPPING
                                 the producer was replaced
    TRANSACTION_ABORTABLE        the group's partition was not added before (INVALID_TXN_STATE before version 4)
    CONCURRENT_TRANSACTIONS      the last transaction is still being ended
    COORDINATOR_NOT_AVAILABLE, NOT_COORDINATOR
                                 a log cannot be written, or read

Source: KafkaApis.handleTxnOffsetCommitRequest, GroupCoordinatorService.commitTransactionalOffsets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.broker.coordination.offset_batches import is_too_large
from kafkalite.broker.coordination.transaction_admission import TransactionAdmission, offset_commit_generation
from kafkalite.cluster.topic_names import CONSUMER_OFFSETS
from kafkalite.coordinators.group.context import Caller
from kafkalite.coordinators.runtime.runtime import APPEND_ERRORS
from kafkalite.coordinators.transaction.partitions import Producer
from kafkalite.model.identifiers import TopicPartition
from kafkalite.model.steps import Pace, map_steps
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.txn_offset_commit_request import (
    TxnOffsetCommitRequest,
    TxnOffsetCommitRequestPartition,
    TxnOffsetCommitRequestTopic,
)
from kafkalite.protocol.messages.txn_offset_commit_response import (
    TxnOffsetCommitResponse,
    TxnOffsetCommitResponsePartition,
    TxnOffsetCommitResponseTopic,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.model.steps import Steps


class TxnOffsetCommitHandler:
    """Answers TxnOffsetCommit."""

    def __init__(self, broker: Broker) -> None:
        self._broker = broker
        self._admission = TransactionAdmission(broker)

    def txn_offset_commit(
        self, context: RequestContext, request: TxnOffsetCommitRequest
    ) -> Steps[TxnOffsetCommitResponse]:
        """Commit what exists; the rest does not spoil it."""
        pace = Pace()
        known, unknown = yield from self._split(request.topics, pace)
        refused = yield from _refusals(unknown, errors.UNKNOWN_TOPIC_OR_PARTITION, pace)
        response = TxnOffsetCommitResponse(topics=refused)
        if not known:
            return response
        request.topics = known
        try:
            told = (yield from self._commit(context, request, pace)).topics
        except ApiError as error:
            told = yield from _refusals(known, error.error_code, pace)
        _merge(response, told)
        return response

    def _split(
        self, topics: Iterable[TxnOffsetCommitRequestTopic], pace: Pace
    ) -> Steps[tuple[list[TxnOffsetCommitRequestTopic], list[TxnOffsetCommitRequestTopic]]]:
        """Return the partitions that exist, and those that do not."""
        find = self._broker.metadata.image.topics.find_partition
        parts: tuple[list[TxnOffsetCommitRequestTopic], list[TxnOffsetCommitRequestTopic]] = ([], [])
        for topic in topics:
            existing: list[TxnOffsetCommitRequestPartition] = []
            missing: list[TxnOffsetCommitRequestPartition] = []
            for one in topic.partitions:
                (missing if find(topic.name, one.partition_index) is None else existing).append(one)
                if pace.is_due():
                    yield
            if pace.is_due():
                yield
            for part, partitions in zip(parts, (existing, missing), strict=True):
                if partitions:
                    part.append(TxnOffsetCommitRequestTopic(name=topic.name, partitions=partitions))
        return parts

    def _commit(
        self, context: RequestContext, request: TxnOffsetCommitRequest, pace: Pace
    ) -> Steps[TxnOffsetCommitResponse]:
        if not request.group_id:
            raise ApiError(errors.INVALID_GROUP_ID)
        groups = self._broker.groups
        is_large = yield from is_too_large(groups, request.group_id, request.topics, pace)
        producer = Producer(request.transactional_id, request.producer_id, request.producer_epoch)
        partition = TopicPartition(CONSUMER_OFFSETS, groups.partition_of(request.group_id))
        refused = self._admission.admit(producer, [partition], offset_commit_generation(context.api_version))
        if refused:
            code = refused[partition]
            raise ApiError(APPEND_ERRORS.get(code, code))
        caller = Caller(context.client_id or "", f"/{context.connection.peer_host}", context.api_version)
        if is_large:
            groups.read(request.group_id, lambda shard: shard.check_transactional_commit(caller, request))
            raise ApiError(errors.UNKNOWN_SERVER_ERROR)
        answer: TxnOffsetCommitResponse = groups.run_transactional(
            request.group_id,
            producer.producer_id,
            producer.producer_epoch,
            lambda shard: shard.commit_transactional_offsets(caller, request),
        )
        return answer


def _refusals(
    topics: Iterable[TxnOffsetCommitRequestTopic], code: int, pace: Pace
) -> Steps[list[TxnOffsetCommitResponseTopic]]:
    def refused(partition: TxnOffsetCommitRequestPartition) -> TxnOffsetCommitResponsePartition:
        return TxnOffsetCommitResponsePartition(partition_index=partition.partition_index, error_code=code)

    answers = []
    for topic in topics:
        partitions = yield from map_steps(refused, topic.partitions, pace)
        answers.append(TxnOffsetCommitResponseTopic(name=topic.name, partitions=partitions))
        if pace.is_due():
            yield
    return answers


def _merge(response: TxnOffsetCommitResponse, topics: Iterable[TxnOffsetCommitResponseTopic]) -> None:
    """Add topics to a response in which some of them are already."""
    present = {topic.name: topic for topic in response.topics}
    for topic in topics:
        if topic.name in present:
            present[topic.name].partitions.extend(topic.partitions)
        else:
            response.topics.append(topic)
