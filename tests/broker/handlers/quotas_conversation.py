"""What the tests of client quotas say to a broker."""

from __future__ import annotations

from kafkalite.protocol import errors
from kafkalite.protocol.messages.alter_client_quotas_request import (
    AlterClientQuotasRequest,
    EntityData,
    EntryData,
    OpData,
)
from kafkalite.protocol.messages.describe_client_quotas_request import DescribeClientQuotasRequest
from tests.broker.played_broker import PlayedBroker


def alteration(type_: str, name: str, key: str) -> AlterClientQuotasRequest:
    """Return the request that sets one quota of one entity."""
    entity = [EntityData(entity_type=type_, entity_name=name)]
    return AlterClientQuotasRequest(entries=[EntryData(entity=entity, ops=[OpData(key=key, value=1000.0)])])


def alter(broker: PlayedBroker, type_: str, name: str, key: str, version: int = 1) -> int:
    """Set one quota; return the error code of the entity."""
    [answer] = broker.ask(alteration(type_, name, key), version).entries
    assert [(part.entity_type, part.entity_name) for part in answer.entity] == [(type_, name)]
    return int(answer.error_code)


def describe(broker: PlayedBroker, version: int = 1) -> list[tuple[str, dict[str, float]]]:
    """Return the name of every entity with its quotas."""
    answer = broker.ask(DescribeClientQuotasRequest(components=[], strict=False), version)
    assert answer.error_code == errors.NONE
    return [
        (entry.entity[0].entity_name, {value.key: value.value for value in entry.values}) for entry in answer.entries
    ]
