"""TxnOffsetCommit: store offsets of a group that take effect when the producer's transaction is committed.

Versions 0-6:
    0    first (KIP-98)
    2    leader epochs (KIP-320); COORDINATOR_LOAD_IN_PROGRESS allowed
    3    flexible; generation, member and instance id, so that a replaced member is fenced (KIP-447)
    4    TRANSACTION_ABORTABLE allowed (KIP-890)
    5    the group's partition joins the transaction implicitly (KIP-890)
    6    topics by id; GROUP_ID_NOT_FOUND, STALE_MEMBER_EPOCH, UNKNOWN_TOPIC_ID (KIP-1319)

Errors, each for one partition:
    UNKNOWN_TOPIC_ID             no topic has the id
    UNKNOWN_TOPIC_OR_PARTITION   no such partition
    OFFSET_METADATA_TOO_LARGE    see ``offset.metadata.max.bytes``
    INVALID_GROUP_ID             an empty group id
    ILLEGAL_GENERATION, UNKNOWN_MEMBER_ID, FENCED_INSTANCE_ID
                                 the group has continued without the member
    GROUP_ID_NOT_FOUND           a generation of a group that does not exist; ILLEGAL_GENERATION before version 6
    STALE_MEMBER_EPOCH           an epoch of a member that is not its newest; ILLEGAL_GENERATION before version 6
    INVALID_PRODUCER_EPOCH, INVALID_PRODUCER_ID_MAPPING
                                 the producer was replaced
    TRANSACTION_ABORTABLE        the group's partition was not added before (INVALID_TXN_STATE before version 4)
    CONCURRENT_TRANSACTIONS      the last transaction has not ended completely
    COORDINATOR_NOT_AVAILABLE, NOT_COORDINATOR
                                 a log cannot be written, or read

Source: KafkaApis.handleTxnOffsetCommitRequest, GroupCoordinatorService.commitTransactionalOffsets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.broker.coordination.group_callers import caller_of, check_group_id
from kafkalite.broker.coordination.offset_batches import is_too_large
from kafkalite.broker.coordination.transaction_admission import TransactionAdmission, offset_commit_generation
from kafkalite.cluster.topic_names import CONSUMER_OFFSETS
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

FIRST_VERSION_BY_ID = 6


class _Answers:
    """The response under construction: one entry for each topic that was refused in part."""

    __slots__ = ("_by_topic", "response")

    def __init__(self) -> None:
        self.response = TxnOffsetCommitResponse()
        self._by_topic: dict[tuple[str, bytes], TxnOffsetCommitResponseTopic] = {}

    def add(self, topic: TxnOffsetCommitResponseTopic) -> None:
        """Add the results of partitions of a topic to those present."""
        present = self._by_topic.setdefault((topic.name, topic.topic_id), topic)
        if present is topic:
            self.response.topics.append(topic)
        else:
            present.partitions.extend(topic.partitions)

    def merge(self, topics: list[TxnOffsetCommitResponseTopic]) -> None:
        """Add the coordinator's results; alone, they are the answer. Source: TxnOffsetCommitResponse.Builder.merge."""
        if not self.response.topics:
            self.response.topics = topics
            return
        for topic in topics:
            self.add(topic)


class TxnOffsetCommitHandler:
    """Answers TxnOffsetCommit."""

    def __init__(self, broker: Broker) -> None:
        self._broker = broker
        self._admission = TransactionAdmission(broker)

    def txn_offset_commit(
        self, context: RequestContext, request: TxnOffsetCommitRequest
    ) -> Steps[TxnOffsetCommitResponse]:
        """Commit the offsets of the partitions that exist; the others do not spoil them."""
        pace = Pace()
        answers = _Answers()
        known = yield from self._take_unknown(context, request.topics, answers, pace)
        if not known:
            return answers.response
        request.topics = known
        try:
            answered = (yield from self._commit(context, request, pace)).topics
        except ApiError as error:
            answered = yield from _refusals(known, error.error_code, pace)
        answers.merge(answered)
        return answers.response

    def _take_unknown(
        self,
        context: RequestContext,
        topics: Iterable[TxnOffsetCommitRequestTopic],
        answers: _Answers,
        pace: Pace,
    ) -> Steps[list[TxnOffsetCommitRequestTopic]]:
        """Return the topics, with name and id, and those of their partitions that exist; answer for the others."""
        is_by_id = context.api_version >= FIRST_VERSION_BY_ID
        images = self._broker.metadata.image.topics
        existing = []
        for topic in topics:
            image = images.by_id.get(topic.topic_id) if is_by_id else images.by_name.get(topic.name)
            count = 0
            if image is not None:
                topic.name, topic.topic_id = image.name, image.topic_id
                count = len(image.partitions)
            known: list[TxnOffsetCommitRequestPartition] = []
            unknown: list[TxnOffsetCommitRequestPartition] = []
            for one in topic.partitions:
                (known if 0 <= one.partition_index < count else unknown).append(one)
                if pace.is_due():
                    yield
            if pace.is_due():
                yield
            if unknown or image is None:
                is_unknown_id = is_by_id and image is None
                code = errors.UNKNOWN_TOPIC_ID if is_unknown_id else errors.UNKNOWN_TOPIC_OR_PARTITION
                [refused] = yield from _refusals([_with(topic, unknown)], code, pace)
                answers.add(refused)
            if known:
                existing.append(_with(topic, known))
        return existing

    def _commit(
        self, context: RequestContext, request: TxnOffsetCommitRequest, pace: Pace
    ) -> Steps[TxnOffsetCommitResponse]:
        check_group_id(request.group_id)
        groups = self._broker.groups
        is_large = yield from is_too_large(groups, request.group_id, request.topics, pace)
        producer = Producer(request.transactional_id, request.producer_id, request.producer_epoch)
        partition = TopicPartition(CONSUMER_OFFSETS, groups.partition_of(request.group_id))
        refused = self._admission.admit(producer, [partition], offset_commit_generation(context.api_version))
        yield from self._broker.partitions.unstored.settle_steps()  # type: ignore[misc]  # see `MetadataLog.commit_steps`
        if refused:
            code = refused[partition]
            raise ApiError(APPEND_ERRORS.get(code, code))
        caller = caller_of(context)
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


def _with(
    topic: TxnOffsetCommitRequestTopic, partitions: list[TxnOffsetCommitRequestPartition]
) -> TxnOffsetCommitRequestTopic:
    return TxnOffsetCommitRequestTopic(name=topic.name, topic_id=topic.topic_id, partitions=partitions)


def _refusals(
    topics: Iterable[TxnOffsetCommitRequestTopic], code: int, pace: Pace
) -> Steps[list[TxnOffsetCommitResponseTopic]]:
    def refused(partition: TxnOffsetCommitRequestPartition) -> TxnOffsetCommitResponsePartition:
        return TxnOffsetCommitResponsePartition(partition_index=partition.partition_index, error_code=code)

    answers = []
    for topic in topics:
        partitions = yield from map_steps(refused, topic.partitions, pace)
        answers.append(TxnOffsetCommitResponseTopic(name=topic.name, topic_id=topic.topic_id, partitions=partitions))
        if pace.is_due():
            yield
    return answers
