"""A broker joins its own cluster: the records that say where it is reached and that it may lead.

Source: org.apache.kafka.controller.ClusterControlManager.registerBroker.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kafkalite.cluster.brokers_delta import UNFENCE
from kafkalite.cluster.features import SUPPORTED
from kafkalite.cluster.image import NO_LEADER
from kafkalite.cluster.result import Result
from kafkalite.protocol.internal_records.broker_registration_change_record import BrokerRegistrationChangeRecord
from kafkalite.protocol.internal_records.partition_change_record import PartitionChangeRecord
from kafkalite.protocol.internal_records.register_broker_record import (
    BrokerEndpoint,
    BrokerFeature,
    RegisterBrokerRecord,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kafkalite.cluster.image import Endpoint, MetadataImage

SECURITY_PROTOCOLS = {"PLAINTEXT": 0, "SSL": 1, "SASL_PLAINTEXT": 2, "SASL_SSL": 3}


class BrokerRegistration:
    """What a broker tells about itself when it starts.

    Attributes:
        incarnation_id: 16 bytes, drawn anew at each start.
        directory_ids: 16 bytes for each log directory, from its meta.properties.
        rack: as in `broker.rack`, or None.
    """

    __slots__ = ("broker_id", "directory_ids", "endpoints", "incarnation_id", "rack")

    def __init__(
        self,
        *,
        broker_id: int,
        incarnation_id: bytes,
        endpoints: Sequence[Endpoint],
        directory_ids: Sequence[bytes],
        rack: str | None = None,
    ) -> None:
        self.broker_id = broker_id
        self.incarnation_id = incarnation_id
        self.endpoints = endpoints
        self.directory_ids = directory_ids
        self.rack = rack


def register_broker(image: MetadataImage, registration: BrokerRegistration) -> Result[int]:
    """Register a broker and take it into service; the response is its broker epoch.

    The epoch is the offset of the first record, so that each registration has a higher one than all before it. The
    records must be appended at `image.end_offset`. Partitions that nobody led, since their last leader stopped, are led
    by this broker again where it is in sync.
    """
    broker_epoch = image.end_offset
    records: list[Any] = [
        RegisterBrokerRecord(
            broker_id=registration.broker_id,
            incarnation_id=registration.incarnation_id,
            broker_epoch=broker_epoch,
            end_points=[
                BrokerEndpoint(name=e.listener_name, host=e.host, port=e.port, security_protocol=e.security_protocol)
                for e in registration.endpoints
            ],
            features=[
                BrokerFeature(name=name, min_supported_version=levels.lowest, max_supported_version=levels.highest)
                for name, levels in SUPPORTED.items()
            ],
            rack=registration.rack,
            fenced=True,
            log_dirs=list(registration.directory_ids),
        ),
        BrokerRegistrationChangeRecord(broker_id=registration.broker_id, broker_epoch=broker_epoch, fenced=UNFENCE),
    ]
    return Result(records + _leadership_records(image, registration.broker_id), broker_epoch)


def _leadership_records(image: MetadataImage, broker_id: int) -> list[Any]:
    """Return records that make the broker the leader of what has none and that it held last (KIP-966)."""
    records = []
    for topic in image.topics.by_name.values():
        for index, partition in enumerate(topic.partitions):
            held_by = (*partition.isr, *partition.eligible_leader_replicas, *partition.last_known_elr)
            if partition.leader == NO_LEADER and broker_id in held_by:
                records.append(
                    PartitionChangeRecord(
                        partition_id=index,
                        topic_id=topic.topic_id,
                        isr=list(partition.isr) if broker_id in partition.isr else [broker_id],
                        leader=broker_id,
                        eligible_leader_replicas=[] if partition.eligible_leader_replicas else None,
                        last_known_elr=[] if partition.last_known_elr else None,
                    )
                )
    return records


def is_registered_as(image: MetadataImage, registration: BrokerRegistration) -> bool:
    """Return whether the broker is in service already just as it would register now, incarnation aside."""
    broker = image.brokers.by_id.get(registration.broker_id)
    return (
        broker is not None
        and not _leadership_records(image, registration.broker_id)
        and not broker.is_fenced
        and not broker.is_in_controlled_shutdown
        and broker.endpoints == tuple(registration.endpoints)
        and broker.directories == tuple(registration.directory_ids)
        and broker.rack == registration.rack
        and broker.features == {name: (levels.lowest, levels.highest) for name, levels in SUPPORTED.items()}
    )
