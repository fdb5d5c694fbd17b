"""AlterClientQuotas through the router, in both versions; quotas survive a restart and a crash."""

from __future__ import annotations

import pytest

from kafkalite.broker.host_lookups import HostLookup, HostLookups
from kafkalite.broker.router import SlicedReply
from kafkalite.model.exceptions import StorageFault
from kafkalite.protocol import errors
from kafkalite.protocol.headers import write_request_header
from tests.broker.handlers.quotas_conversation import alter, alteration, describe
from tests.broker.played_broker import PlayedBroker


@pytest.mark.parametrize("version", range(2))
def test_quotas_are_set_and_described(version: int) -> None:
    broker = PlayedBroker()
    assert alter(broker, "user", "alice", "producer_byte_rate", version) == errors.NONE
    assert alter(broker, "user", "bob", "nonsense", version) == errors.INVALID_REQUEST
    assert describe(broker, version) == [("alice", {"producer_byte_rate": 1000.0})]


@pytest.mark.parametrize("clean", [True, False], ids=["after a clean stop", "after a crash"])
def test_quotas_are_kept(clean: bool) -> None:
    broker = PlayedBroker()
    alter(broker, "client-id", "app", "request_percentage")
    assert describe(broker.restart(clean=clean)) == [("app", {"request_percentage": 1000.0})]


def test_hosts_are_looked_up() -> None:
    asked: list[str] = []

    def resolve(host: str) -> list[str]:
        asked.append(host)
        return ["10.0.0.1"] if host == "known" else []

    broker = PlayedBroker(hosts=HostLookups(resolve, lambda host: []))
    assert alter(broker, "ip", "known", "connection_creation_rate") == errors.NONE
    assert alter(broker, "ip", "unknown", "connection_creation_rate") == errors.INVALID_REQUEST
    assert asked == ["known", "unknown"]


def test_the_answer_waits_for_a_name_and_the_broker_does_not() -> None:
    begun: list[HostLookup] = []
    hosts = HostLookups(lambda host: ["10.0.0.1"], lambda host: [])
    broker = PlayedBroker(hosts=hosts)
    hosts.run_elsewhere = begun.append
    request = alteration("ip", "slow", "connection_creation_rate")
    frame = bytearray()
    write_request_header(frame, request.API_KEY, 1, 7, "test")
    request.write(frame, 1)
    reply = broker.router.handle(broker.connection, memoryview(frame))
    assert isinstance(reply, SlicedReply)
    answers: list[object] = []
    reply.then(answers.append)
    broker.broker.work.run_turn()
    assert [lookup.host for lookup in begun] == ["slow"]
    assert (answers, describe(broker)) == ([], [])
    begun[0].run()
    begun[0].complete()
    broker.broker.work.run_turn()
    assert len(answers) == 1
    assert describe(broker) == [("slow", {"connection_creation_rate": 1000.0})]


def test_a_failing_disk_fails_every_entity(monkeypatch: pytest.MonkeyPatch) -> None:
    broker = PlayedBroker()

    def fail(*args: object, **kwargs: object) -> None:
        raise StorageFault("append", "/data", "disk full")

    monkeypatch.setattr(type(broker.broker.metadata.log), "append", fail)
    assert alter(broker, "user", "alice", "producer_byte_rate") == errors.KAFKA_STORAGE_ERROR
