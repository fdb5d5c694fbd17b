"""Which addresses a listener answers on: a host that stands for every interface means both families of addresses."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator

import pytest

from compat_tests.broker_process import BrokerChoice, KafkaliteProcess
from compat_tests.oracle.apache_kafka import ApacheKafka, answers_api_versions, find_free_port

LOOPBACK = ("127.0.0.1", "::1")
READY_WITHIN_S = 10
HOSTS = {"EVERY4": "0.0.0.0", "EVERY6": "[::]", "EVERY": "", "BARE6": "::1", "LOOP6": "[::1]", "NAME": "localhost"}
"""Listener name -> its host in ``listeners``."""

ANSWERS = {
    "EVERY4": {"127.0.0.1", "::1"},
    "EVERY6": {"127.0.0.1", "::1"},
    "EVERY": {"127.0.0.1", "::1"},
    "BARE6": {"::1"},
    "LOOP6": {"::1"},
    "NAME": {"127.0.0.1"},
}
"""Listener name -> the addresses of this machine that it answers on."""

pytestmark = pytest.mark.skipif(not socket.has_dualstack_ipv6(), reason="this machine has no IPv6")


@pytest.fixture(scope="module")
def ports(broker_choice: BrokerChoice, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, int]]:
    """Run a broker with all these listeners; return their ports by name."""
    directory = tmp_path_factory.mktemp("listeners")
    found = {name: find_free_port() for name in ("PLAINTEXT", "CONTROLLER", *HOSTS)}
    hosts = {"PLAINTEXT": "127.0.0.1", "CONTROLLER": "127.0.0.1"} | HOSTS
    settings = {
        "listeners": ",".join(f"{name}://{hosts[name]}:{port}" for name, port in found.items()),
        "advertised.listeners": f"PLAINTEXT://127.0.0.1:{found['PLAINTEXT']}",
        "listener.security.protocol.map": ",".join(f"{name}:PLAINTEXT" for name in found),
        "controller.quorum.voters": f"1@127.0.0.1:{found['CONTROLLER']}",
    }
    port = found["PLAINTEXT"]
    broker: KafkaliteProcess | ApacheKafka
    if broker_choice.kind == "kafkalite":
        broker = KafkaliteProcess(directory=directory, settings=settings, port=port)
    else:
        broker = ApacheKafka(data=directory / "data", version=broker_choice.kafka_version, port=port, settings=settings)
    try:
        broker.start()
        await_listeners(found)
        yield found
        broker.stop()
    finally:
        broker.kill()


def await_listeners(ports: dict[str, int]) -> None:
    """Return once each listener answers on some address: Apache Kafka opens one after the other."""
    deadline = time.monotonic() + READY_WITHIN_S
    waiting = set(HOSTS)
    while waiting and time.monotonic() < deadline:
        waiting -= {name for name in waiting if any(answers_api_versions(host, ports[name]) for host in LOOPBACK)}
    assert not waiting, f"listeners that answer on no address after {READY_WITHIN_S} s: {sorted(waiting)}"


@pytest.mark.parametrize("name", list(HOSTS))
def test_addresses_of_a_listener(ports: dict[str, int], name: str) -> None:
    assert {host for host in LOOPBACK if answers_api_versions(host, ports[name])} == ANSWERS[name]
