"""AddPartitionsToTxn: add partitions to a producer's transaction before it writes to them.

Versions 0-5:
    0    one transaction (KIP-98)
    2    PRODUCER_FENCED instead of INVALID_PRODUCER_EPOCH (KIP-588)
    3    flexible
    4    several transactions, and verifying that partitions joined; only between brokers (KIP-890)
    5    TRANSACTION_ABORTABLE allowed (KIP-890)

Errors, each for one partition:
    UNKNOWN_TOPIC_OR_PARTITION   no such partition; the others of the transaction are OPERATION_NOT_ATTEMPTED
    INVALID_REQUEST              an empty transactional id
    INVALID_PRODUCER_ID_MAPPING  the transactional id has another producer id, or none
    PRODUCER_FENCED              another producer has a later epoch (INVALID_PRODUCER_EPOCH before version 2)
    CONCURRENT_TRANSACTIONS      the last transaction has not ended completely
    TRANSACTION_ABORTABLE        the partition to verify has not joined
    COORDINATOR_NOT_AVAILABLE, NOT_COORDINATOR
                                 the transaction log cannot be written, or read

Source: KafkaApis.handleAddPartitionsToTxnRequest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.coordinators.transaction.partitions import Producer
from kafkalite.coordinators.transaction.states import TV_0, TV_2
from kafkalite.model.identifiers import TopicPartition
from kafkalite.model.steps import Pace
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.add_partitions_to_txn_response import (
    AddPartitionsToTxnPartitionResult,
    AddPartitionsToTxnResponse,
    AddPartitionsToTxnResult,
    AddPartitionsToTxnTopicResult,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.model.steps import Steps
    from kafkalite.protocol.messages.add_partitions_to_txn_request import (
        AddPartitionsToTxnRequest,
        AddPartitionsToTxnTopic,
    )

FIRST_VERSION_OF_PRODUCER_FENCED = 2
FIRST_BATCHED_VERSION = 4


class AddPartitionsToTxnHandler:
    """Answers AddPartitionsToTxn."""

    def __init__(self, broker: Broker) -> None:
        self._broker = broker

    def add_partitions_to_txn(
        self, context: RequestContext, request: AddPartitionsToTxnRequest
    ) -> Steps[AddPartitionsToTxnResponse]:
        """Add partitions, or only verify them; each transaction has its own result."""
        pace = Pace()
        version = context.api_version
        if version < FIRST_BATCHED_VERSION:
            producer = Producer(
                request.v3_and_below_transactional_id,
                request.v3_and_below_producer_id,
                request.v3_and_below_producer_epoch,
            )
            results = yield from self._handle(
                producer, request.v3_and_below_topics, version, pace, is_verify_only=False
            )
            return AddPartitionsToTxnResponse(results_by_topic_v3_and_below=results)
        # Kafka finds the topics by the transactional id, where an id that comes twice has those of its first entry.
        topics_by_id: dict[str, Sequence[AddPartitionsToTxnTopic]] = {}
        for one in request.transactions:
            topics_by_id.setdefault(one.transactional_id, one.topics)
            if pace.is_due():
                yield
        response = AddPartitionsToTxnResponse()
        for one in request.transactions:
            results = yield from self._handle(
                Producer(one.transactional_id, one.producer_id, one.producer_epoch),
                topics_by_id[one.transactional_id],
                version,
                pace,
                is_verify_only=one.verify_only,
            )
            response.results_by_transaction.append(
                AddPartitionsToTxnResult(transactional_id=one.transactional_id, topic_results=results)
            )
            if pace.is_due():
                yield
        return response

    def _handle(
        self,
        producer: Producer,
        topics: Sequence[AddPartitionsToTxnTopic],
        version: int,
        pace: Pace,
        *,
        is_verify_only: bool,
    ) -> Steps[list[AddPartitionsToTxnTopicResult]]:
        find = self._broker.metadata.image.topics.find_partition
        partitions: dict[TopicPartition, bool] = {}
        for topic in topics:
            if pace.is_due():
                yield
            for index in topic.partitions:
                partitions[TopicPartition(topic.name, index)] = find(topic.name, index) is not None
                if pace.is_due():
                    yield
        if not all(partitions.values()):
            return (yield from _refuse(partitions, pace))
        codes = self._ask(producer, list(partitions), version, is_verify_only)
        results = []
        for topic in topics:
            if pace.is_due():
                yield
            result = AddPartitionsToTxnTopicResult(name=topic.name)
            for index in topic.partitions:
                result.results_by_partition.append(
                    AddPartitionsToTxnPartitionResult(
                        partition_index=index, partition_error_code=codes[TopicPartition(topic.name, index)]
                    )
                )
                if pace.is_due():
                    yield
            results.append(result)
        return results

    def _ask(
        self, producer: Producer, partitions: list[TopicPartition], version: int, is_verify_only: bool
    ) -> dict[TopicPartition, int]:
        coordinator = self._broker.transactions
        try:
            if is_verify_only:
                return coordinator.verify_partitions(producer, partitions)
            coordinator.add_partitions(producer, partitions, TV_2 if version >= FIRST_BATCHED_VERSION else TV_0)
        except ApiError as error:
            code = error.error_code
            if code == errors.PRODUCER_FENCED and version < FIRST_VERSION_OF_PRODUCER_FENCED:
                code = errors.INVALID_PRODUCER_EPOCH
            return dict.fromkeys(partitions, code)
        return dict.fromkeys(partitions, errors.NONE)


def _refuse(partitions: dict[TopicPartition, bool], pace: Pace) -> Steps[list[AddPartitionsToTxnTopicResult]]:
    """Return one result for each partition, even if the request names it twice, when some do not exist.

    Args:
        partitions: whether each of them exists.
    """
    results: dict[str, AddPartitionsToTxnTopicResult] = {}
    for (topic, index), is_there in partitions.items():
        result = results.setdefault(topic, AddPartitionsToTxnTopicResult(name=topic))
        code = errors.OPERATION_NOT_ATTEMPTED if is_there else errors.UNKNOWN_TOPIC_OR_PARTITION
        result.results_by_partition.append(
            AddPartitionsToTxnPartitionResult(partition_index=index, partition_error_code=code)
        )
        if pace.is_due():
            yield
    return list(results.values())
