"""Leader and replicas of a partition as clients see them, by the brokers that are registered and in service.

Source: org.apache.kafka.metadata.KRaftMetadataCache.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.cluster.image import NO_LEADER

if TYPE_CHECKING:
    from kafkalite.cluster.image import MetadataImage, PartitionImage


def registered_leader(image: MetadataImage, partition: PartitionImage) -> int:
    """Return the leader of a partition, NO_LEADER if its broker is not registered."""
    return partition.leader if partition.leader in image.brokers.by_id else NO_LEADER


def offline_replicas(image: MetadataImage, partition: PartitionImage) -> list[int]:
    """Return the replicas whose brokers are not in service."""
    brokers = image.brokers.by_id
    return [replica for replica in partition.replicas if replica not in brokers or brokers[replica].is_fenced]
