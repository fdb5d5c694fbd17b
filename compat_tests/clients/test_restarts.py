"""Brokers go away and come back: what was acknowledged is still there, and clients go on by themselves.

All clients write before, one broker process ends (killed, or stopped cleanly), one comes up on the same directory and
port, and each client is judged on its own afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from compat_tests.broker_process import Broker
from compat_tests.clients.conftest import OpenClients, make_marks
from compat_tests.clients.model import LATEST, Client, Record, Tail
from compat_tests.clients.roster import ROSTER, Entry
from compat_tests.clients.scenarios import check_same, make_records
from compat_tests.raw_protocol import fetch_batches, has_leaders

WITNESSES = tuple(entry for entry in ROSTER if not entry.is_pinned)
SURVIVORS = tuple(entry for entry in WITNESSES if entry.survives_restart)
BEFORE_COUNT = 60
LARGE = Record(b"L" * 300_000, b"large")


@dataclass(kw_only=True)
class Story:
    """One client's part before the broker went away."""

    client: Client
    topic: str
    tail: Tail | None
    """An open consumer that had read everything, for clients that survive."""


@pytest.fixture(scope="module", params=["killed", "stopped"])
def stories(request: pytest.FixtureRequest, own_broker: Broker) -> Iterator[dict[str, Any]]:
    """Let the clients that have a test write, end the broker, start it again; a failure is kept for its own test."""
    params = [item.callspec.params for item in request.session.items if hasattr(item, "callspec")]
    chosen = {one["entry"] for one in params if isinstance(one.get("entry"), Entry)}  # other tests have entries too
    clients = OpenClients(own_broker.bootstrap_servers)
    told: dict[str, Any] = {}
    for entry in (entry for entry in WITNESSES if entry in chosen):
        try:
            told[entry.name] = _write_before(clients.get(entry), entry, f"{entry.name}-{request.param}")
        except (Exception, pytest.skip.Exception, pytest.fail.Exception) as error:
            told[entry.name] = error
    own_broker.restart(crash=request.param == "killed")
    yield told
    for story in told.values():
        if isinstance(story, Story) and story.tail is not None:
            story.tail.close()
    clients.close()


def _write_before(client: Client, entry: Entry, topic: str) -> Story:
    acknowledged = client.produce(topic, make_records(BEFORE_COUNT), compression="gzip")
    assert [place.offset for place in acknowledged] == list(range(BEFORE_COUNT))
    client.produce(topic, [LARGE])
    if "idempotence" in entry.features:
        client.produce(topic, make_records(5), idempotent=True)
    tail = None
    if entry.survives_restart:
        tail = client.open_tail(topic)
        tail.take(_count_before(entry))
    return Story(client=client, topic=topic, tail=tail)


def _count_before(entry: Entry) -> int:
    return BEFORE_COUNT + 1 + (5 if "idempotence" in entry.features else 0)


def _get(stories: dict[str, Any], entry: Entry) -> Story:
    story = stories[entry.name]
    if not isinstance(story, Story):
        raise story
    return story


def _cases(entries: Iterable[Entry]) -> list[Any]:
    return [pytest.param(entry, id=entry.name, marks=make_marks(entry)) for entry in entries]


@pytest.mark.parametrize("entry", _cases(WITNESSES))
def test_acknowledged_records_are_still_there(entry: Entry, stories: dict[str, Any]) -> None:
    """Every acknowledged record is read back by a consumer opened after the restart, at its old offset."""
    story = _get(stories, entry)
    count = _count_before(entry)
    consumed = story.client.consume(story.topic, count)
    assert [record.offset for record in consumed] == list(range(count))
    check_same(consumed, [*make_records(BEFORE_COUNT), LARGE, *make_records(5)][:count])


@pytest.mark.parametrize("entry", _cases(SURVIVORS))
def test_open_producer_and_consumer_go_on(entry: Entry, stories: dict[str, Any]) -> None:
    """The producer object made before writes on, and the consumer object opened before reads on."""
    story = _get(stories, entry)
    assert story.tail is not None
    (first,) = story.client.find_offsets(story.topic, [0], LATEST).values()
    sent = [Record(b"after %d" % number, b"k") for number in range(10)]
    places = story.client.produce(story.topic, sent, compression="gzip")
    assert [place.offset for place in places] == list(range(first, first + 10))
    consumed = story.tail.take(10)
    assert [record.offset for record in consumed] == [place.offset for place in places]
    check_same(consumed, sent)


@pytest.mark.parametrize("entry", _cases(entry for entry in SURVIVORS if "idempotence" in entry.features))
def test_open_idempotent_producer_goes_on(entry: Entry, stories: dict[str, Any]) -> None:
    """Its producer id and sequence are still known: nothing refused, nothing twice."""
    story = _get(stories, entry)
    (first,) = story.client.find_offsets(story.topic, [0], LATEST).values()
    sent = [Record(b"once %d" % number, b"k") for number in range(10)]
    story.client.produce(story.topic, sent, idempotent=True)
    check_same(story.client.consume(story.topic, 10, offset=first), sent)
    assert story.client.find_offsets(story.topic, [0], LATEST) == {0: first + 10}


@pytest.mark.parametrize("how", ["killed", "stopped"])
def test_topics_configs_and_producer_ids_survive(how: str, own_broker: Broker, topic_name: Callable[[], str]) -> None:
    """Topics keep id, partitions and configs; deleted ones stay deleted; a new producer never gets an old id."""
    from compat_tests.clients.confluent_client import ConfluentKafka

    kept, deleted = topic_name(), topic_name()
    client = ConfluentKafka(own_broker.bootstrap_servers)
    client.create_topic(kept, 5, {"retention.ms": "123456789", "max.message.bytes": "7000"})
    client.create_topic(deleted, 1)
    client.produce(kept, [Record(b"v", partition=4)], idempotent=True)
    client.produce(deleted, [Record(b"v")])
    client.alter_configs(kept, {"segment.bytes": "1048577"})
    client.create_partitions(kept, 6)
    client.delete_topic(deleted)
    while deleted in client.list_topics() or not has_leaders(own_broker.port, kept, 6):
        pass  # bounded by the time limit of the test; each round is a round trip
    topic_id = client.describe_topic_id(kept)
    client.close()

    own_broker.restart(crash=how == "killed")

    client = ConfluentKafka(own_broker.bootstrap_servers)
    try:
        assert sorted(client.describe_topic(kept)) == list(range(6))
        assert client.describe_topic_id(kept) == topic_id
        assert deleted not in client.list_topics()
        configs = client.describe_configs(kept)
        assert [configs[name] for name in ("retention.ms", "max.message.bytes", "segment.bytes")] == [
            "123456789",
            "7000",
            "1048577",
        ]
        client.produce(kept, [Record(b"w", partition=4)], idempotent=True)
        old, new = fetch_batches(own_broker.port, kept, 4)
        assert old.producer_id != new.producer_id
    finally:
        client.close()


def test_many_restarts(own_broker: Broker, topic_name: Callable[[], str]) -> None:
    """Offsets go on over kills and clean stops in turn."""
    from compat_tests.clients.confluent_client import ConfluentKafka

    topic = topic_name()
    client = ConfluentKafka(own_broker.bootstrap_servers)
    try:
        for number in range(3):
            places = client.produce(topic, [Record(b"%d" % number)] * 3)
            assert [place.offset for place in places] == list(range(3 * number, 3 * number + 3))
            if number < 2:
                own_broker.restart(crash=number % 2 == 0)
        expected = [b"%d" % number for number in range(3) for _ in range(3)]
        assert [record.value for record in client.consume(topic, 9)] == expected
    finally:
        client.close()
