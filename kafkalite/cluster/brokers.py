"""Registration of a broker in its cluster, and its departure: its addresses, its eligibility and its leaderships.

Source: org.apache.kafka.controller.ClusterControlManager.registerBroker, ReplicationControlManager (handleBrokerFenced,
handleBrokerUnfenced, handleBrokerShutdown, handleBrokerInControlledShutdown).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kafkalite.cluster.brokers_delta import FENCE, IN_CONTROLLED_SHUTDOWN, UNFENCE
from kafkalite.cluster.features import SUPPORTED
from kafkalite.cluster.image import NO_LEADER
from kafkalite.cluster.leadership import Elections
from kafkalite.cluster.result import Result
from kafkalite.protocol.internal_records.broker_registration_change_record import BrokerRegistrationChangeRecord
from kafkalite.protocol.internal_records.register_broker_record import (
    BrokerEndpoint,
    BrokerFeature,
    RegisterBrokerRecord,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kafkalite.cluster.image import BrokerImage, Endpoint, MetadataImage
    from kafkalite.cluster.leadership import ElectionRules

SECURITY_PROTOCOLS = {"PLAINTEXT": 0, "SSL": 1, "SASL_PLAINTEXT": 2, "SASL_SSL": 3}


class BrokerRegistration:
    """The registration that a broker submits when it starts.

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


def start_broker(
    image: MetadataImage,
    registration: BrokerRegistration,
    rules: ElectionRules,
    *,
    stopped_epoch: int | None,
    base_offset: int,
) -> Result[int]:
    """Register this broker, the only live one, and unfence it; the response is its broker epoch.

    Brokers that the metadata still lists as active are fenced first: those of a former cluster, and the previous
    incarnation of this broker after an unclean stop. Then this broker registers and is elected wherever it is eligible.
    Each start therefore raises the leader epoch, and consumers detect records lost in a crash (KIP-320).

    Args:
        stopped_epoch: the broker epoch of the last clean stop, None if the last stop was not clean.
        base_offset: the offset at which the records will be appended.
    """
    broker_id = registration.broker_id
    before = image.brokers.by_id.get(broker_id)
    is_in_service = before is not None and not before.is_fenced
    left = [broker for broker in image.brokers.by_id.values() if not broker.is_fenced]
    elections = Elections(image, rules)
    others = {broker.broker_id for broker in left if broker.broker_id != broker_id}
    elections.remove(others, candidate=broker_id if is_in_service else NO_LEADER)
    if before is None or before.broker_epoch != stopped_epoch:
        elections.remove(set(), unclean={broker_id})
    elif is_in_service:
        elections.remove({broker_id})
    records: list[Any] = [*elections.records, *(_fence(broker) for broker in left)]
    elections.records.clear()
    elections.elect(broker_id)
    records += [*_registration_records(registration, base_offset), *elections.records]
    return Result(records, base_offset)


def stop_broker(image: MetadataImage, broker_id: int, rules: ElectionRules) -> Result[None]:
    """Fence a broker before it stops cleanly: its partitions have no leader from then on.

    The next start, of any broker, then need not wait for the end of a session.

    Source: ReplicationControlManager.handleBrokerInControlledShutdown, handleBrokerFenced.
    """
    broker = image.brokers.by_id.get(broker_id)
    if broker is None or broker.is_fenced:
        return Result([], None)
    elections = Elections(image, rules)
    elections.remove({broker_id})
    records: list[Any] = [*elections.records, _fence(broker)]
    if elections.records and not broker.is_in_controlled_shutdown:
        shutdown = BrokerRegistrationChangeRecord(
            broker_id=broker_id, broker_epoch=broker.broker_epoch, in_controlled_shutdown=IN_CONTROLLED_SHUTDOWN
        )
        records.insert(0, shutdown)
    return Result(records, None)


def register_broker(image: MetadataImage, registration: BrokerRegistration) -> Result[int]:
    """Register and unfence a broker without any election; the response is its broker epoch.

    The epoch is the offset of the first record, so that each registration has a higher epoch than all earlier ones. The
    records must be appended at `image.end_offset`.
    """
    broker_epoch = image.end_offset
    return Result(_registration_records(registration, broker_epoch), broker_epoch)


def _registration_records(registration: BrokerRegistration, broker_epoch: int) -> list[Any]:
    return [
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


def _fence(broker: BrokerImage) -> BrokerRegistrationChangeRecord:
    return BrokerRegistrationChangeRecord(broker_id=broker.broker_id, broker_epoch=broker.broker_epoch, fenced=FENCE)
