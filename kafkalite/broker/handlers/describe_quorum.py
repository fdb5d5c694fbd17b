"""DescribeQuorum: the voters and the leader of the metadata, and the end offset of each.

Versions 0-2:
    0    leader, epoch, high watermark, voters, observers (KIP-595)
    1    the times at which each last fetched and was last caught up (KIP-836)
    2    directory ids and addresses of voters (KIP-853)

Errors, each for one partition:
    UNKNOWN_TOPIC_OR_PARTITION    not exactly partition 0 of `__cluster_metadata`

Deviation: this node has no listener for controllers; its address in the answer is that of the client's listener.
Source: org.apache.kafka.raft.KafkaRaftClient.handleDescribeQuorumRequest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.cluster.topic_names import CLUSTER_METADATA
from kafkalite.model.steps import Pace, map_steps
from kafkalite.protocol import errors
from kafkalite.protocol.messages.describe_quorum_response import (
    DescribeQuorumResponse,
    Listener,
    Node,
    PartitionData,
    ReplicaState,
    TopicData,
)

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.model.steps import Steps
    from kafkalite.protocol.messages.describe_quorum_request import DescribeQuorumRequest
    from kafkalite.protocol.messages.describe_quorum_request import PartitionData as RequestPartition


class DescribeQuorumHandler:
    """Answers DescribeQuorum."""

    def __init__(self, broker: Broker) -> None:
        self._broker = broker

    def describe_quorum(self, context: RequestContext, request: DescribeQuorumRequest) -> Steps[DescribeQuorumResponse]:
        """Return the quorum, which is this node."""
        if not _asks_for_metadata(request):
            return (yield from _refuse(request))
        node_id, log = self._broker.node_id, self._broker.metadata.log
        version = context.api_version
        now_ms = self._broker.clock.now_ms()
        state = ReplicaState(replica_id=node_id, log_end_offset=log.end_offset)
        if version >= 1:
            state.last_fetch_timestamp = state.last_caught_up_timestamp = now_ms
        partition = PartitionData(
            partition_index=0,
            leader_id=node_id,
            leader_epoch=log.leader_epoch,
            high_watermark=log.high_watermark,
            current_voters=[state],
        )
        host, port = self._broker.advertised.endpoint(context.connection)
        listener = Listener(name=context.connection.listener_name, host=host, port=port)
        return DescribeQuorumResponse(
            topics=[TopicData(topic_name=CLUSTER_METADATA, partitions=[partition])],
            nodes=[Node(node_id=node_id, listeners=[listener])] if version >= 2 else [],
        )


def _asks_for_metadata(request: DescribeQuorumRequest) -> bool:
    if len(request.topics) != 1 or request.topics[0].topic_name != CLUSTER_METADATA:
        return False
    partitions = request.topics[0].partitions
    return len(partitions) == 1 and partitions[0].partition_index == 0


def _refuse(request: DescribeQuorumRequest) -> Steps[DescribeQuorumResponse]:
    def refused(partition: RequestPartition) -> PartitionData:
        return PartitionData(
            partition_index=partition.partition_index,
            error_code=errors.UNKNOWN_TOPIC_OR_PARTITION,
            error_message=f"Only partition 0 of {CLUSTER_METADATA} has a quorum.",
        )

    response = DescribeQuorumResponse()
    pace = Pace()
    for topic in request.topics:
        partitions = yield from map_steps(refused, topic.partitions, pace)
        response.topics.append(TopicData(topic_name=topic.topic_name, partitions=partitions))
        if pace.is_due():
            yield
    return response
