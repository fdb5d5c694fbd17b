"""UnregisterBroker on the metadata: removes a broker that will not return.

Source: org.apache.kafka.controller.ReplicationControlManager.unregisterBroker (KIP-631).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kafkalite.cluster.image import NO_LEADER
from kafkalite.cluster.result import Result
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.internal_records.partition_change_record import PartitionChangeRecord
from kafkalite.protocol.internal_records.unregister_broker_record import UnregisterBrokerRecord

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kafkalite.cluster.image import MetadataImage, PartitionImage


def unregister_broker(image: MetadataImage, broker_id: int, node_id: int) -> Result[None]:
    """Remove a broker from the metadata and from the ISRs that contain it.

    Args:
        node_id: the id of this node, which cannot be unregistered while it runs.

    Raises:
        ApiError: BROKER_ID_NOT_REGISTERED; INVALID_REQUEST for this node.
    """
    broker = image.brokers.by_id.get(broker_id)
    if broker is None:
        raise ApiError(errors.BROKER_ID_NOT_REGISTERED, f"Broker {broker_id} is not registered.")
    if broker_id == node_id:
        raise ApiError(errors.INVALID_REQUEST, f"Broker {broker_id} is the only one there is.")
    record = UnregisterBrokerRecord(broker_id=broker_id, broker_epoch=broker.broker_epoch)
    return Result([*_partition_changes(image, broker_id), record], None)


def _partition_changes(image: MetadataImage, broker_id: int) -> Iterator[Any]:
    active = {broker.broker_id for broker in image.brokers.active()} - {broker_id}
    for topic in image.topics.by_name.values():
        for index, partition in enumerate(topic.partitions):
            change = PartitionChangeRecord(partition_id=index, topic_id=topic.topic_id)
            if _take_from(change, partition, broker_id, active):
                yield change


def _take_from(change: PartitionChangeRecord, partition: PartitionImage, broker_id: int, active: set[int]) -> bool:
    """Set the changed fields of a partition's record and return whether any is; the last replica in sync stays."""
    isr = [replica for replica in partition.isr if replica != broker_id]
    if isr and len(isr) < len(partition.isr):
        change.isr = isr
    if partition.leader == broker_id:
        change.leader = next((each for each in partition.replicas if each in isr and each in active), NO_LEADER)
    if broker_id in partition.eligible_leader_replicas:
        change.eligible_leader_replicas = [each for each in partition.eligible_leader_replicas if each != broker_id]
    return change.isr is not None or partition.leader == broker_id or change.eligible_leader_replicas is not None
