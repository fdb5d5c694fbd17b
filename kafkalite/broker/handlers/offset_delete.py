"""OffsetDelete: delete the committed offsets of a group for partitions that none of its members consumes.

Version 0 (KIP-496).

Errors, for the request:
    INVALID_GROUP_ID              the group id is empty
    GROUP_ID_NOT_FOUND            no such group
    NON_EMPTY_GROUP               it has members whose subscriptions cannot be read
    COORDINATOR_NOT_AVAILABLE, NOT_COORDINATOR, UNKNOWN_SERVER_ERROR    the shard of the group cannot work
Errors, each for one partition:
    UNKNOWN_TOPIC_OR_PARTITION    no such topic or partition
    GROUP_SUBSCRIBED_TO_TOPIC     a member consumes it

Source: KafkaApis.handleOffsetDeleteRequest, GroupCoordinatorService.deleteOffsets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.broker.coordination.group_callers import check_group_id
from kafkalite.model.steps import Pace
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.offset_delete_request import OffsetDeleteRequestTopic
from kafkalite.protocol.messages.offset_delete_response import (
    OffsetDeleteResponse,
    OffsetDeleteResponsePartition,
    OffsetDeleteResponseTopic,
)

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.model.steps import Steps
    from kafkalite.protocol.messages.offset_delete_request import OffsetDeleteRequest

    Refused = dict[str, list[OffsetDeleteResponsePartition]]


class OffsetDeleteHandler:
    """Answers OffsetDelete."""

    def __init__(self, broker: Broker) -> None:
        self._broker = broker

    def offset_delete(self, context: RequestContext, request: OffsetDeleteRequest) -> Steps[OffsetDeleteResponse]:
        """Delete the offsets of the partitions that exist."""
        refused = yield from self._take_unknown(request)
        try:
            check_group_id(request.group_id)
            result: OffsetDeleteResponse = self._broker.groups.run(
                request.group_id, lambda shard: shard.delete_offsets(request)
            )
        except ApiError as error:
            return OffsetDeleteResponse(error_code=error.error_code)
        if not refused:
            return result
        topics = {name: OffsetDeleteResponseTopic(name=name, partitions=one) for name, one in refused.items()}
        for topic in result.topics:
            known = topics.setdefault(topic.name, OffsetDeleteResponseTopic(name=topic.name))
            known.partitions.extend(topic.partitions)
        return OffsetDeleteResponse(topics=list(topics.values()))

    def _take_unknown(self, request: OffsetDeleteRequest) -> Steps[Refused]:
        """Remove the partitions that do not exist from a request; return their results, by topic."""
        images = self._broker.metadata.image.topics
        refused: Refused = {}
        known = []
        pace = Pace()
        for topic in request.topics:
            wanted = []
            if pace.is_due():
                yield
            for partition in topic.partitions:
                if pace.is_due():
                    yield
                index = partition.partition_index
                if images.find_partition(topic.name, index) is not None:
                    wanted.append(partition)
                else:
                    result = OffsetDeleteResponsePartition(
                        partition_index=index, error_code=errors.UNKNOWN_TOPIC_OR_PARTITION
                    )
                    refused.setdefault(topic.name, []).append(result)
            if wanted:
                known.append(OffsetDeleteRequestTopic(name=topic.name, partitions=wanted))
        request.topics = known
        return refused
