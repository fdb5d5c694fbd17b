"""A power cut takes the end of a log that consumers had read: they notice, and read what is written instead (KIP-320).

The broker is killed and the segment cut by hand, as a power cut leaves it, or a copy of the directory of some time ago.
"""

from __future__ import annotations

import struct
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from confluent_kafka import KafkaError, TopicPartition

from compat_tests.broker_process import Broker
from compat_tests.clients.confluent_client import ConfluentKafka
from compat_tests.clients.conftest import OpenClients, make_marks
from compat_tests.clients.model import DEADLINE_S, Client, ClientError, Record, Tail
from compat_tests.clients.roster import ROSTER, Entry

WATCHFUL = tuple(
    entry
    for entry in ROSTER
    if entry.name in ("kafka-python", "confluent-kafka", "java-4.4", "java-4.3", "java-3.9", "java-2.8", "franz-go")
)
"""The clients that look after leader epochs; the others read on at their offset, with Apache Kafka too."""
DATA_LOSS = "*kgo.ErrDataLoss"
"""The error that franz-go reports to the application. It continues at the cut of the log; the worker drops the records
that came with the error."""
OLD = [Record(b"old %d" % number) for number in range(10)]
NEW = [Record(b"new %d" % number) for number in range(10)]
LEFT_COUNT = 5


def cut_log(data: Path, topic: str, left_count: int) -> None:
    """Leave the first batches of a partition's first segment, each of which holds one record."""
    segment = data / f"{topic}-0" / f"{0:020}.log"
    content = segment.read_bytes()
    position = 0
    for _ in range(left_count):
        position += 12 + struct.unpack_from(">i", content, position + 8)[0]
    with segment.open("r+b") as file:
        file.truncate(position)


@pytest.fixture(scope="module")
def tails(request: pytest.FixtureRequest, own_broker: Broker) -> Iterator[dict[str, Any]]:
    """Let the clients that have a test read ten records, and take the last five of them from all at once."""
    params = [item.callspec.params for item in request.session.items if hasattr(item, "callspec")]
    chosen = [entry for entry in WATCHFUL if entry in [one.get("watchful") for one in params]]
    clients = OpenClients(own_broker.bootstrap_servers)
    told: dict[str, Any] = {}
    for entry in chosen:
        try:
            told[entry.name] = _read_before(clients.get(entry), f"cut-{entry.name}")
        except (Exception, pytest.skip.Exception, pytest.fail.Exception) as error:
            told[entry.name] = error
    own_broker.kill()
    for name, story in told.items():
        if isinstance(story, tuple):
            cut_log(own_broker.data_directory, f"cut-{name}", LEFT_COUNT)
    own_broker.start()
    yield told
    for story in told.values():
        if isinstance(story, tuple):
            story[1].close()
    clients.close()


def _read_before(client: Client, topic: str) -> tuple[Client, Tail]:
    for number, record in enumerate(OLD):
        assert [place.offset for place in client.produce(topic, [record])] == [number]
    tail = client.open_tail(topic)
    assert [record.value for record in tail.take(len(OLD))] == [record.value for record in OLD]
    return client, tail


@pytest.mark.parametrize("watchful", [pytest.param(e, id=e.name, marks=make_marks(e)) for e in WATCHFUL])
def test_a_consumer_notices_that_what_it_read_is_gone(watchful: Entry, tails: dict[str, Any]) -> None:
    """It does not read on at offset 10, beyond records it never saw."""
    story = tails[watchful.name]
    if not isinstance(story, tuple):
        raise story
    client, tail = story
    places = [client.produce(f"cut-{watchful.name}", [record])[0].offset for record in NEW]
    assert places == list(range(LEFT_COUNT, LEFT_COUNT + len(NEW)))
    missing = {record.value for record in NEW}
    while missing:
        try:
            missing.difference_update(record.value for record in tail.take(1))
        except ClientError as error:
            assert error.name == DATA_LOSS, error
            return


def test_a_consumer_without_a_reset_policy_is_told(own_broker: Broker, topic_name: Callable[[], str]) -> None:
    """librdkafka hands the application an error instead of any record after the cut."""
    topic = topic_name()
    client = ConfluentKafka(own_broker.bootstrap_servers)
    for record in OLD:
        client.produce(topic, [record])
    consumer = client.open_consumer({"auto.offset.reset": "error"})
    try:
        consumer.assign([TopicPartition(topic, 0, 0)])
        assert len(consumer.consume(len(OLD), DEADLINE_S)) == len(OLD)
        own_broker.kill()
        cut_log(own_broker.data_directory, topic, LEFT_COUNT)
        own_broker.start()
        for record in NEW:
            client.produce(topic, [record])
        deadline = time.monotonic() + DEADLINE_S
        codes: list[int] = []
        while KafkaError._AUTO_OFFSET_RESET not in codes and time.monotonic() < deadline:
            message = consumer.poll(0.2)
            if message is not None:
                assert message.error() is not None, message.value()
                codes.append(message.error().code())
        assert KafkaError._AUTO_OFFSET_RESET in codes
    finally:
        consumer.close()
        client.close()
