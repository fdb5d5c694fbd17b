"""A broker joins its own cluster: the records that say where it is reached and that it may lead.

Source: org.apache.kafka.controller.ClusterControlManager.registerBroker.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kafkalite.cluster.brokers_delta import UNFENCE
from kafkalite.cluster.features import SUPPORTED
from kafkalite.cluster.result import Result
from kafkalite.protocol.internal_records.broker_registration_change_record import BrokerRegistrationChangeRecord
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
    records must be appended at `image.end_offset`.
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
    return Result(records, broker_epoch)


def is_registered_as(image: MetadataImage, registration: BrokerRegistration) -> bool:
    """Return whether the broker is in service already just as it would register now, incarnation aside."""
    broker = image.brokers.by_id.get(registration.broker_id)
    return (
        broker is not None
        and not broker.is_fenced
        and not broker.is_in_controlled_shutdown
        and broker.endpoints == tuple(registration.endpoints)
        and broker.directories == tuple(registration.directory_ids)
        and broker.rack == registration.rack
        and broker.features == {name: (levels.lowest, levels.highest) for name, levels in SUPPORTED.items()}
    )
