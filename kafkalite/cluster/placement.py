"""Placement of the replicas of new partitions.

The brokers form a ring in the order of their ids. The first partition starts at a random broker, each other one at the
next, so that leaders spread evenly; the other replicas of a partition are on the brokers that follow in the ring.

Deviation: racks are not distinguished, since all brokers of one process share their machine.
Source: org.apache.kafka.metadata.placement.StripedReplicaPlacer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError

if TYPE_CHECKING:
    from collections.abc import Callable

    from kafkalite.cluster.image import BrokersImage


def place_partitions(
    brokers: BrokersImage, partition_count: int, replication_factor: int, random_int: Callable[[int], int]
) -> list[tuple[int, ...]]:
    """Return the replicas of each new partition, its leader first.

    Args:
        brokers: the brokers to choose from; fenced brokers are not used.
        partition_count: the number of partitions, at least 1.
        replication_factor: the number of replicas of each partition, at least 1.
        random_int: draws a whole number below its argument.

    Raises:
        ApiError: INVALID_REPLICATION_FACTOR for fewer usable brokers than replicas.
    """
    ring = [broker.broker_id for broker in brokers.active()]
    if replication_factor > len(ring):
        raise ApiError(
            errors.INVALID_REPLICATION_FACTOR,
            f"Replication factor {replication_factor} is more than the {len(ring)} available broker(s).",
        )
    start = random_int(len(ring))
    return [
        tuple(ring[(start + partition + replica) % len(ring)] for replica in range(replication_factor))
        for partition in range(partition_count)
    ]


def check_manual_assignment(brokers: BrokersImage, replicas: list[int], replication_factor: int | None) -> None:
    """Check the replicas that a client chose for a partition.

    Args:
        replicas: broker ids in the client's order, the preferred leader first.
        replication_factor: the number of replicas of the topic's other partitions; None for the first partition.

    Raises:
        ApiError: INVALID_REPLICA_ASSIGNMENT.
    """
    flaw = _find_assignment_flaw(brokers, replicas, replication_factor)
    if flaw is not None:
        raise ApiError(errors.INVALID_REPLICA_ASSIGNMENT, flaw)


def _find_assignment_flaw(brokers: BrokersImage, replicas: list[int], replication_factor: int | None) -> str | None:
    if not replicas:
        return "The manual assignment has a partition without replicas."
    for broker_id in sorted(set(replicas)):
        if broker_id not in brokers.by_id:
            return f"The manual assignment names broker {broker_id}, which is not registered."
        if replicas.count(broker_id) > 1:
            return f"The manual assignment names broker {broker_id} more than once for one partition."
    if replication_factor is not None and len(replicas) != replication_factor:
        return f"The manual assignment has {len(replicas)} replica(s) where other partitions have {replication_factor}."
    return None
