"""The brokers of the cluster as one client reaches them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import ConnectionContext


class ReachedBroker(NamedTuple):
    """A broker with the address that one client gets."""

    broker_id: int
    host: str
    port: int
    rack: str | None
    is_fenced: bool


def describe_brokers(
    broker: Broker, connection: ConnectionContext, *, with_fenced: bool = False
) -> list[ReachedBroker]:
    """Return the brokers by id; those that have no listener of the client's name are left out.

    Args:
        with_fenced: whether brokers out of service are included.
    """
    reached = []
    by_id = broker.metadata.image.brokers.by_id
    for broker_id in sorted(by_id):
        image = by_id[broker_id]
        if image.is_fenced and not with_fenced:
            continue
        if broker_id == broker.node_id:
            host, port = broker.advertised.endpoint(connection)
        else:
            endpoint = image.find_endpoint(connection.listener_name)
            if endpoint is None:
                continue
            host, port = endpoint.host, endpoint.port
        reached.append(ReachedBroker(broker_id, host, port, image.rack, image.is_fenced))
    return reached
