"""OffsetForLeaderEpoch: where did an epoch end, so that a consumer notices a truncated log.

Versions 0-4:
    1    the epoch found in the answer (KIP-279)
    2    throttle time, and the client's current leader epoch (KIP-320)
    3    replica id
    4    flexible

Errors, each for one partition:
    UNKNOWN_TOPIC_OR_PARTITION, FENCED_LEADER_EPOCH, UNKNOWN_LEADER_EPOCH

An epoch that never was is no error: both its answers are -1.

Source: KafkaApis.handleOffsetForLeaderEpochRequest, Partition.lastOffsetForLeaderEpoch, KIP-101.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.offset_for_leader_epoch_response import (
    EpochEndOffset,
    OffsetForLeaderEpochResponse,
    OffsetForLeaderTopicResult,
)

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.protocol.messages.offset_for_leader_epoch_request import (
        OffsetForLeaderEpochRequest,
        OffsetForLeaderPartition,
    )


class OffsetForLeaderEpochHandler:
    """Answers OffsetForLeaderEpoch."""

    def __init__(self, broker: Broker) -> None:
        self._partitions = broker.partitions

    def offset_for_leader_epoch(
        self, context: RequestContext, request: OffsetForLeaderEpochRequest
    ) -> OffsetForLeaderEpochResponse:
        """Find the end of the asked epoch, or of the newest one before it, in each partition."""
        return OffsetForLeaderEpochResponse(
            topics=[
                OffsetForLeaderTopicResult(
                    topic=topic.topic, partitions=[self._find(topic.topic, partition) for partition in topic.partitions]
                )
                for topic in request.topics
            ]
        )

    def _find(self, topic: str, partition: OffsetForLeaderPartition) -> EpochEndOffset:
        try:
            log = self._partitions.get(topic, partition.partition, partition.current_leader_epoch)
        except ApiError as error:
            return EpochEndOffset(partition=partition.partition, error_code=error.error_code)
        epoch, end_offset = log.end_offset_for_epoch(partition.leader_epoch)
        return EpochEndOffset(partition=partition.partition, leader_epoch=epoch, end_offset=end_offset)
