"""DescribeConfigs explains each property in words where a client asks for them (KIP-569)."""

from __future__ import annotations

import struct

import pytest

from compat_tests.broker_process import Broker
from compat_tests.raw_protocol import AnswerReader, RawConnection, create_topic, write_string

DESCRIBE_CONFIGS, VERSION = 32, 3
TOPIC, BROKER, GROUP = 2, 4, 32


def describe(port: int, resource_type: int, name: str, *, is_explained: bool) -> dict[str, str]:
    """Return each property's documentation, "" for null."""
    body = struct.pack(">ib", 1, resource_type) + write_string(name) + struct.pack(">i", -1)
    with RawConnection(port) as connection:
        answer = AnswerReader(connection.ask(DESCRIBE_CONFIGS, VERSION, body + struct.pack(">??", False, is_explained)))
    assert (answer.take("i"), answer.take("i"), answer.take("h")) == (0, 1, 0)  # throttle time, results, error code
    answer.take_text()
    answer.take("b")
    answer.take_text()
    found = {}
    for _ in range(answer.take("i")):
        key = answer.take_text()
        answer.take_text()  # value
        for _ in range(3):  # read-only, source, sensitive
            answer.take("b")
        assert answer.take("i") == 0, "synonyms were not asked for"
        answer.take("b")  # type
        found[key] = answer.take_text()
    return found


@pytest.mark.parametrize(
    ("resource_type", "name", "key"),
    [
        (TOPIC, "documented", "retention.ms"),
        (BROKER, "1", "log.retention.ms"),
        (BROKER, "1", "listeners"),
        (GROUP, "documented", "consumer.session.timeout.ms"),
    ],
)
def test_every_property_is_explained_to_who_asks(broker: Broker, resource_type: int, name: str, key: str) -> None:
    if resource_type == TOPIC:
        create_topic(broker.port, name)
    explained = describe(broker.port, resource_type, name, is_explained=True)
    assert len(explained[key]) > 20
    assert [each for each, words in explained.items() if not words] == []
    assert set(describe(broker.port, resource_type, name, is_explained=False).values()) == {""}
