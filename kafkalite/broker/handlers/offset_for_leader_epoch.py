"""OffsetForLeaderEpoch: the end offset of a leader epoch, by which a consumer detects a truncated log.

Versions 0-4:
    1    the epoch found in the answer (KIP-279)
    2    throttle time, and the client's current leader epoch (KIP-320)
    3    replica id
    4    flexible

Errors, each for one partition:
    UNKNOWN_TOPIC_OR_PARTITION, FENCED_LEADER_EPOCH, UNKNOWN_LEADER_EPOCH

An epoch that never existed is no error: epoch and offset of the answer are -1.

Source: KafkaApis.handleOffsetForLeaderEpochRequest, Partition.lastOffsetForLeaderEpoch, KIP-101.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kafkalite.model.steps import Pace, map_steps
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.offset_for_leader_epoch_response import (
    EpochEndOffset,
    OffsetForLeaderEpochResponse,
    OffsetForLeaderTopicResult,
)

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.model.steps import Steps
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
    ) -> Steps[OffsetForLeaderEpochResponse]:
        """Find the end of the requested epoch, or of the newest one before it, in each partition."""
        pace = Pace()
        response = OffsetForLeaderEpochResponse()
        for topic in request.topics:
            partitions = yield from map_steps(partial(self._find, topic.topic), topic.partitions, pace)
            response.topics.append(OffsetForLeaderTopicResult(topic=topic.topic, partitions=partitions))
            if pace.is_due():
                yield
        return response

    def _find(self, topic: str, partition: OffsetForLeaderPartition) -> EpochEndOffset:
        try:
            log = self._partitions.get(topic, partition.partition, partition.current_leader_epoch)
        except ApiError as error:
            return EpochEndOffset(partition=partition.partition, error_code=error.error_code)
        epoch, end_offset = log.end_offset_for_epoch(partition.leader_epoch)
        return EpochEndOffset(partition=partition.partition, leader_epoch=epoch, end_offset=end_offset)
