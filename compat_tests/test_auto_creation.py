"""Topics that Metadata creates are returned in a later answer, as in Kafka: the profile `kafka`."""

from __future__ import annotations

import struct
from collections.abc import Iterator

import pytest

from compat_tests.broker_process import Broker, BrokerChoice, KafkaliteProcess
from compat_tests.raw_protocol import METADATA, RawConnection, write_string

NONE, UNKNOWN_TOPIC_OR_PARTITION, INVALID_TOPIC_EXCEPTION = 0, 3, 17
ASK_COUNT = 5000
"""Maximum number of requests for a topic until it exists."""


@pytest.fixture(scope="module")
def kafka_like(broker_choice: BrokerChoice, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    """Run a broker that behaves as Kafka."""
    directory = tmp_path_factory.mktemp("kafka-like")
    broker: Broker
    if broker_choice.kind == "kafkalite":
        broker = KafkaliteProcess(directory=directory, arguments=("--profile", "kafka"))
    else:
        broker = broker_choice.create(directory)
    try:
        broker.start()
        yield broker
        broker.stop()
    finally:
        broker.kill()


def find_errors(port: int, version: int, *names: str) -> dict[str, int]:
    """Return the error code of each topic, in the order of the answer."""
    body = struct.pack(">i", len(names)) + b"".join(write_string(name) for name in names)
    body += b"\1" if version >= 4 else b""  # topics may be created
    body += b"\0\0" if version >= 8 else b""  # no authorized operations
    with RawConnection(port) as connection:
        answer = connection.ask(METADATA, version, body)
    found = {}
    for name in names:
        position = answer.index(write_string(name))
        found[name] = (position, *struct.unpack_from(">h", answer, position - 2))
    return {name: code for name, (_, code) in sorted(found.items(), key=lambda item: item[1][0])}


@pytest.mark.parametrize("version", [0, 1, 4, 8])
def test_a_topic_is_unknown_in_the_answer_that_creates_it(kafka_like: Broker, version: int) -> None:
    old, new, bad = f"old-{version}", f"new-{version}", "bad name"
    assert find_errors(kafka_like.port, version, old) == {old: UNKNOWN_TOPIC_OR_PARTITION}
    for _ in range(ASK_COUNT):
        if find_errors(kafka_like.port, version, old) == {old: NONE}:
            break
    told = find_errors(kafka_like.port, version, new, bad, old)
    assert told == {old: NONE, new: UNKNOWN_TOPIC_OR_PARTITION, bad: INVALID_TOPIC_EXCEPTION}
    assert next(iter(told)) == old, "what was there comes first"
