"""The address that a client is told."""

from __future__ import annotations

from kafkalite.broker.context import ConnectionContext
from kafkalite.broker.metadata.advertised import AdvertisedAddresses
from kafkalite.protocol.messages.metadata_request import MetadataRequest
from tests.broker.played_broker import PlayedBroker


def came_in_by(listener: str, host: str, port: int) -> ConnectionContext:
    return ConnectionContext(1, listener, (host, port), ("10.1.1.1", 50_000))


def test_without_a_setting_it_is_the_address_that_the_client_came_in_by() -> None:
    addresses = AdvertisedAddresses({})
    assert addresses.endpoint(came_in_by("PLAINTEXT", "192.168.0.7", 41_000)) == ("192.168.0.7", 41_000)
    assert addresses.endpoint(came_in_by("PLAINTEXT", "::1", 41_000)) == ("::1", 41_000)


def test_a_setting_holds_for_its_listener_alone() -> None:
    addresses = AdvertisedAddresses({"OUTSIDE": ("kafka.example.com", 9094)})
    assert addresses.endpoint(came_in_by("OUTSIDE", "10.0.0.1", 19_094)) == ("kafka.example.com", 9094)
    assert addresses.endpoint(came_in_by("INSIDE", "10.0.0.1", 19_092)) == ("10.0.0.1", 19_092)


def test_what_an_advertised_address_leaves_open_is_where_the_client_came_in() -> None:
    addresses = AdvertisedAddresses({"A": ("", 19_092), "B": ("::", 19_093), "C": ("kafka.example.com", 0)})
    assert addresses.endpoint(came_in_by("A", "10.0.0.1", 1)) == ("10.0.0.1", 19_092)
    assert addresses.endpoint(came_in_by("B", "10.0.0.1", 1)) == ("10.0.0.1", 19_093)
    assert addresses.endpoint(came_in_by("C", "10.0.0.1", 1)) == ("kafka.example.com", 1)


def test_each_client_is_told_its_own_address_in_metadata() -> None:
    broker = PlayedBroker()
    told = []
    for host in ("127.0.0.1", "10.0.0.1"):
        broker.connection = came_in_by("PLAINTEXT", host, 9092)
        [node] = broker.ask(MetadataRequest(topics=[]), 12).brokers
        told.append((node.host, node.port))
    assert told == [("127.0.0.1", 9092), ("10.0.0.1", 9092)]
