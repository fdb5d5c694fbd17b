"""Broker registration records applied to the brokers of an image.

Source: org.apache.kafka.image.ClusterDelta, org.apache.kafka.metadata.BrokerRegistration.
"""

from __future__ import annotations

from typing import Any

from kafkalite.cluster.image import BrokerImage, BrokersImage, Endpoint

FENCE = 1
UNFENCE = -1
IN_CONTROLLED_SHUTDOWN = 1


class BrokersDelta:
    """Changes of brokers on top of `image`.

    Attributes:
        changed: broker id -> its registration, or None for a removed broker.
    """

    __slots__ = ("changed", "image")

    def __init__(self, image: BrokersImage) -> None:
        self.image = image
        self.changed: dict[int, BrokerImage | None] = {}

    def replay_register(self, record: Any) -> None:
        """Add a broker, or replace its previous incarnation."""
        self.changed[record.broker_id] = BrokerImage(
            broker_id=record.broker_id,
            broker_epoch=record.broker_epoch,
            incarnation_id=bytes(record.incarnation_id),
            endpoints=tuple(Endpoint(e.name, e.host, e.port, e.security_protocol) for e in record.end_points),
            rack=record.rack,
            is_fenced=record.fenced,
            is_in_controlled_shutdown=record.in_controlled_shutdown,
            directories=tuple(map(bytes, record.log_dirs or ())),
            cordoned_directories=tuple(map(bytes, record.cordoned_log_dirs or ())),
            features={f.name: (f.min_supported_version, f.max_supported_version) for f in record.features},
        )

    def replay_unregister(self, record: Any) -> None:
        """Remove a broker from the cluster."""
        self._get(record.broker_id, record.broker_epoch)
        self.changed[record.broker_id] = None

    def replay_fence(self, record: Any) -> None:
        """Fence a broker: the older record type."""
        self.changed[record.id] = self._get(record.id, record.epoch)._replace(is_fenced=True)

    def replay_unfence(self, record: Any) -> None:
        """Unfence a broker: the older record type."""
        self.changed[record.id] = self._get(record.id, record.epoch)._replace(is_fenced=False)

    def replay_registration_change(self, record: Any) -> None:
        """Change fencing, controlled shutdown or directories; a field that is 0, empty or null changes nothing."""
        broker = self._get(record.broker_id, record.broker_epoch)
        if record.fenced:
            broker = broker._replace(is_fenced=record.fenced == FENCE)
        if record.in_controlled_shutdown == IN_CONTROLLED_SHUTDOWN:
            broker = broker._replace(is_in_controlled_shutdown=True)
        if record.log_dirs:
            broker = broker._replace(directories=tuple(map(bytes, record.log_dirs)))
        if record.cordoned_log_dirs is not None:
            broker = broker._replace(cordoned_directories=tuple(map(bytes, record.cordoned_log_dirs)))
        self.changed[record.broker_id] = broker

    def apply(self) -> BrokersImage:
        """Return the brokers with all changes; the same object if nothing changed."""
        if not self.changed:
            return self.image
        merged = {**self.image.by_id, **self.changed}
        return BrokersImage({broker_id: broker for broker_id, broker in merged.items() if broker is not None})

    def _get(self, broker_id: int, broker_epoch: int) -> BrokerImage:
        broker = self.changed[broker_id] if broker_id in self.changed else self.image.by_id.get(broker_id)
        if broker is None:
            raise ValueError(f"broker {broker_id} is not registered")
        if broker.broker_epoch != broker_epoch:
            raise ValueError(f"broker {broker_id} is registered in epoch {broker.broker_epoch}, not {broker_epoch}")
        return broker
