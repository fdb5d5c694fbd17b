"""Client quotas through the router, in both versions; they survive a restart and a crash."""

from __future__ import annotations

from typing import Any

import pytest

from kafkalite.broker.host_lookups import HostLookup, HostLookups
from kafkalite.broker.router import SlicedReply
from kafkalite.model.exceptions import StorageFault
from kafkalite.protocol import errors
from kafkalite.protocol.headers import write_request_header
from kafkalite.protocol.messages.alter_client_quotas_request import (
    AlterClientQuotasRequest,
    EntityData,
    EntryData,
    OpData,
)
from kafkalite.protocol.messages.describe_client_quotas_request import ComponentData, DescribeClientQuotasRequest
from tests.broker.played_broker import PlayedBroker


def alter(broker: PlayedBroker, type_: str, name: str, key: str, version: int = 1) -> Any:
    entity = [EntityData(entity_type=type_, entity_name=name)]
    entry = EntryData(entity=entity, ops=[OpData(key=key, value=1000.0)])
    [answer] = broker.ask(AlterClientQuotasRequest(entries=[entry]), version).entries
    assert [(part.entity_type, part.entity_name) for part in answer.entity] == [(type_, name)]
    return answer.error_code


def describe(broker: PlayedBroker, version: int = 1) -> list[tuple[str, dict[str, float]]]:
    answer = broker.ask(DescribeClientQuotasRequest(components=[], strict=False), version)
    assert answer.error_code == errors.NONE
    return [
        (entry.entity[0].entity_name, {value.key: value.value for value in entry.values}) for entry in answer.entries
    ]


@pytest.mark.parametrize("version", range(2))
def test_quotas_are_set_and_told(version: int) -> None:
    broker = PlayedBroker()
    assert alter(broker, "user", "alice", "producer_byte_rate", version) == errors.NONE
    assert alter(broker, "user", "bob", "nonsense", version) == errors.INVALID_REQUEST
    assert describe(broker, version) == [("alice", {"producer_byte_rate": 1000.0})]


@pytest.mark.parametrize("version", range(2))
def test_a_filter_that_cannot_be(version: int) -> None:
    component = ComponentData(entity_type="topic", match_type=0, match="t")
    answer = PlayedBroker().ask(DescribeClientQuotasRequest(components=[component]), version)
    assert (answer.error_code, answer.entries) == (errors.UNSUPPORTED_VERSION, None)
    assert answer.error_message


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
    entity = [EntityData(entity_type="ip", entity_name="slow")]
    ops = [OpData(key="connection_creation_rate", value=1000.0)]
    request = AlterClientQuotasRequest(entries=[EntryData(entity=entity, ops=ops)])
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
