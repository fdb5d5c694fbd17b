"""UnregisterBroker through the router."""

from __future__ import annotations

from kafkalite.cluster.brokers import BrokerRegistration, register_broker
from kafkalite.protocol import errors
from kafkalite.protocol.messages.unregister_broker_request import UnregisterBrokerRequest
from tests.broker.played_broker import PlayedBroker


def unregister(broker: PlayedBroker, broker_id: int) -> int:
    code: int = broker.ask(UnregisterBrokerRequest(broker_id=broker_id), 0).error_code
    return code


def test_a_broker_of_another_time_is_forgotten() -> None:
    broker = PlayedBroker()
    metadata = broker.broker.metadata
    gone = BrokerRegistration(broker_id=7, incarnation_id=b"i" * 16, endpoints=[], directory_ids=[b"d" * 16])
    metadata.commit(lambda image: register_broker(image, gone))
    assert unregister(broker, 7) == errors.NONE
    assert unregister(broker, 7) == errors.BROKER_ID_NOT_REGISTERED
    assert list(broker.restart(clean=False).broker.metadata.image.brokers.by_id) == [1]


def test_the_only_broker_stays() -> None:
    broker = PlayedBroker()
    assert unregister(broker, 1) == errors.INVALID_REQUEST
    assert list(broker.broker.metadata.image.brokers.by_id) == [1]
