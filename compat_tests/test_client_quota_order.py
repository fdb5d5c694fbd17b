"""The order of client quotas in answers: that of Kafka's hash maps, which clients' own tests compare.

What is expected was answered by Apache Kafka 4.3.1 and follows from the hash codes of the names alone, so that the
names here are fixed; each test removes what it made.
"""

from __future__ import annotations

import contextlib
import struct
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

import pytest

from compat_tests.broker_process import Broker
from compat_tests.raw_protocol import AnswerReader, RawConnection, write_string

DESCRIBE, ALTER = 48, 49
NAMED, ANY = 0, 2
Entity: TypeAlias = tuple[tuple[str, str], ...]

ASK_COUNT = 5000
"""Maximum number of requests until a change is visible."""

RATES = ("producer_byte_rate", "consumer_byte_rate", "request_percentage", "controller_mutation_rate")

VALUES = {
    2: ["consumer_byte_rate", "producer_byte_rate"],
    3: ["consumer_byte_rate", "request_percentage", "producer_byte_rate"],
    4: ["producer_byte_rate", "consumer_byte_rate", "controller_mutation_rate", "request_percentage"],
}
"""Number of an entity's quotas -> their order."""

ENTITIES = {2: [1, 0], 4: [3, 1, 2, 0], 5: [3, 4, 1, 2, 0], 8: [3, 1, 2, 7, 0, 5, 6, 4]}
"""Number of users with quotas -> the order of their numbers."""

ALTERED = {2: [0, 1], 8: [2, 0, 3, 6, 1, 4, 7, 5], 13: [2, 0, 3, 10, 9, 11, 6, 1, 4, 12, 7, 5, 8]}
"""Number of client ids in one alteration -> the order of their numbers in its answer."""


def alter(port: int, changes: Sequence[tuple[Entity, Mapping[str, float | None]]]) -> list[list[tuple[str, str]]]:
    """Set quotas, or remove those of None; return the entities as they are answered."""
    body = struct.pack(">i", len(changes))
    for entity, values in changes:
        body += struct.pack(">i", len(entity)) + b"".join(write_string(text) for part in entity for text in part)
        body += struct.pack(">i", len(values))
        for key, value in values.items():
            body += write_string(key) + struct.pack(">d?", value or 0.0, value is None)
    with RawConnection(port) as connection:
        answer = AnswerReader(connection.ask(ALTER, 0, body + b"\0"))
    answer.take("i")
    entities = []
    for _ in range(answer.take("i")):
        assert answer.take("h") == 0
        answer.take_text()
        entities.append([(answer.take_text(), answer.take_text()) for _ in range(answer.take("i"))])
    return entities


def describe(port: int, *components: tuple[str, int, str | None]) -> list[tuple[list[tuple[str, str]], list[str]]]:
    """Return (entity, keys of its values) of all that a filter finds, in the order of the answer."""
    body = struct.pack(">i", len(components))
    for entity_type, kind, name in components:
        body += write_string(entity_type) + struct.pack(">b", kind)
        body += struct.pack(">h", -1) if name is None else write_string(name)
    with RawConnection(port) as connection:
        answer = AnswerReader(connection.ask(DESCRIBE, 0, body + b"\0"))
    for form in ("i", "h"):  # throttle time, error code
        assert answer.take(form) == 0
    answer.take_text()
    found = []
    for _ in range(answer.take("i")):
        entity = [(answer.take_text(), answer.take_text()) for _ in range(answer.take("i"))]
        keys = []
        for _ in range(answer.take("i")):
            keys.append(answer.take_text())
            answer.take("d")
        found.append((entity, keys))
    return found


@contextlib.contextmanager
def quotas(port: int, entities: Sequence[Entity], values: Mapping[str, float]) -> Iterator[None]:
    """Give quotas to entities, one request each, and take them away again; wait for each change to be seen.

    Kafka answers a change before its broker has taken it over.
    """
    try:
        for count, entity in enumerate(entities, 1):
            alter(port, [(entity, values)])
            wait_for(port, count)
        yield
    finally:
        alter(port, [(entity, dict.fromkeys(values)) for entity in entities])
        wait_for(port, 0)


def wait_for(port: int, entity_count: int) -> None:
    """Return when as many entities have quotas."""
    for _ in range(ASK_COUNT):
        if len(describe(port)) == entity_count:
            return
    raise AssertionError(f"there are not {entity_count} entities with quotas: {describe(port)}")


@pytest.mark.parametrize("count", [2, 3, 4])
@pytest.mark.parametrize("is_reversed", [False, True])
def test_values(broker: Broker, count: int, is_reversed: bool) -> None:
    keys = RATES[:count][:: -1 if is_reversed else 1]
    with quotas(broker.port, [(("user", "quota-order"),)], dict.fromkeys(keys, 5.0)):
        [(_, told)] = describe(broker.port, ("user", NAMED, "quota-order"))
    assert told == VALUES[count]


@pytest.mark.parametrize("count", [2, 4, 5, 8])
def test_entities_of_one_type(broker: Broker, count: int) -> None:
    entities = [(("user", f"quota-order-{number}"),) for number in range(count)]
    with quotas(broker.port, entities, {RATES[0]: 5.0}):
        told = [entity[0][1] for entity, _ in describe(broker.port, ("user", ANY, None))]
        everything = [entity[0][1] for entity, _ in describe(broker.port)]
    assert [int(name.rpartition("-")[2]) for name in told] == ENTITIES[count]
    assert everything == told


@pytest.mark.parametrize("count", [2, 8, 13])
def test_altered_entities(broker: Broker, count: int) -> None:
    changes: list[tuple[Entity, Mapping[str, float | None]]] = [
        ((("client-id", f"quota-order-{number}"),), {RATES[0]: None}) for number in range(count)
    ]
    told = [int(entity[0][1].rpartition("-")[2]) for entity in alter(broker.port, changes)]
    assert told == ALTERED[count]


def test_parts_of_an_entity(broker: Broker) -> None:
    entity = (("user", "quota-order"), ("client-id", "quota-order"))
    with quotas(broker.port, [entity], {RATES[0]: 5.0}):
        [(told, _)] = describe(broker.port, ("user", NAMED, "quota-order"))
    [altered] = alter(broker.port, [(entity, {RATES[0]: None})])
    assert [part[0] for part in told] == ["client-id", "user"]
    assert [part[0] for part in altered] == ["client-id", "user"]
