"""What every client must be able to do with a broker; each scenario is one function over the common adapter.

A scenario names the features it needs; it runs for every client of the roster that has them. Apache Kafka itself
passes all of them (`pytest compat_tests/clients --broker=kafka`), so what fails is the broker.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import pytest

from compat_tests.broker_process import Broker
from compat_tests.clients.model import (
    DEADLINE_S,
    EARLIEST,
    LATEST,
    Client,
    ClientError,
    Consumed,
    NothingArrived,
    Record,
)
from compat_tests.raw_protocol import StoredBatch, fetch_batches, has_leaders

T = TypeVar("T")
PAST_MS = 1_000_000_000_000
"""A day in 2001: far from any clock that these tests run under."""


@dataclass(kw_only=True)
class Kit:
    """What a scenario gets besides its client."""

    broker: Broker
    features: frozenset[str]
    reference: Client
    """A modern client that prepares topics and reads behind the client under test."""
    new_name: Callable[[], str]
    shared_topics: dict[str, str]
    """Topics written once for all clients, by their purpose."""

    def create_topic(self, partition_count: int = 1, **configs: str) -> str:
        """Create a topic that keeps records of any age and return its name once every partition answers."""
        name = self.new_name()
        wanted = {"retention.ms": "-1"} | {key.replace("_", "."): value for key, value in configs.items()}
        self.reference.create_topic(name, partition_count, wanted)
        poll(lambda: has_leaders(self.broker.port, name, partition_count))
        return name

    def read_batches(self, topic: str, partition: int = 0) -> list[StoredBatch]:
        """Return the batch headers of a partition, without any client."""
        return fetch_batches(self.broker.port, topic, partition)


Scenario = Callable[[Client, Kit], None]
SCENARIOS: dict[str, tuple[Scenario, frozenset[str]]] = {}
"""Name to function and needed features."""
NEGOTIATED = "negotiated"
"""Needed by scenarios that look the same in every protocol version: a pinned client need not repeat them."""


def scenario(*needs: str) -> Callable[[Scenario], Scenario]:
    """Register a function, which only runs for clients that have all of `needs`."""

    def register(function: Scenario) -> Scenario:
        SCENARIOS[function.__name__] = (function, frozenset(needs))
        return function

    return register


def poll(probe: Callable[[], T], deadline_s: float = DEADLINE_S) -> T:
    """Call `probe` until it answers something true; each call is a round trip, so this needs no pause."""
    deadline = time.monotonic() + deadline_s
    while True:
        answer = probe()
        if answer:
            return answer
        assert time.monotonic() < deadline, f"still {answer!r} after {deadline_s} s"


def is_led(client: Client, topic: str, partition_count: int) -> bool:
    """Return whether the client sees that many partitions, each with a leader."""
    try:
        leaders = client.describe_topic(topic)
    except ClientError:
        return False
    return len(leaders) == partition_count and all(leader >= 0 for leader in leaders.values())


def make_records(count: int, *, size_bytes: int = 200, keyed: bool = True) -> list[Record]:
    """Return records that compress well, each one different."""
    values = [f"record {number} ".encode() * (size_bytes // 10) for number in range(count)]
    return [Record(value, b"key-%d" % number if keyed else None) for number, value in enumerate(values)]


def check_same(consumed: Sequence[Consumed], sent: Iterable[Record]) -> None:
    """Check keys, values and headers, in order."""
    got = [(record.key, record.value, record.headers) for record in consumed]
    assert got == [(record.key, record.value, record.headers) for record in sent]


def check_error(name: str, function: Callable[..., object], *arguments: object) -> None:
    """Check that the call fails with that error."""
    with pytest.raises(ClientError) as raised:
        function(*arguments)
    assert raised.value.name == name, raised.value


# ---- records -------------------------------------------------------------------------------------------------------


def _check_codec(client: Client, kit: Kit, codec: str) -> None:
    topic = kit.create_topic()
    sent = make_records(60)
    produced = client.produce(topic, sent, compression=codec)
    assert [place.offset for place in produced] == list(range(60))
    assert {batch.codec for batch in kit.read_batches(topic)} == {codec}
    check_same(client.consume(topic, 60), sent)
    check_same(kit.reference.consume(topic, 60), sent)


def _register_codec(codec: str) -> None:
    def produce_and_consume(client: Client, kit: Kit) -> None:
        _check_codec(client, kit, codec)

    produce_and_consume.__name__ = f"compression_{codec}"
    scenario(codec)(produce_and_consume)


for _codec in ("none", "gzip", "snappy", "lz4", "zstd"):
    _register_codec(_codec)


@scenario()
def reads_what_another_client_wrote(client: Client, kit: Kit) -> None:
    """All codecs in one partition; the batches are served, converted down for an old client, none skipped."""
    codecs = sorted(kit.features & {"none", "gzip", "snappy", "lz4", "zstd"})
    purpose = " ".join(codecs)
    sent = make_records(30)
    if purpose not in kit.shared_topics:
        kit.shared_topics[purpose] = kit.create_topic()
        for codec in codecs:
            kit.reference.produce(kit.shared_topics[purpose], sent, compression=codec)
    consumed = client.consume(kit.shared_topics[purpose], 30 * len(codecs))
    check_same(consumed, sent * len(codecs))
    assert [record.offset for record in consumed] == list(range(30 * len(codecs)))


@scenario("headers")
def headers(client: Client, kit: Kit) -> None:
    """Order, duplicates and an empty value survive."""
    topic = kit.create_topic()
    several = (("trace", b"1"), ("trace", b"2"), ("empty", b""), ("é", b"text"), ("trace", b"1"))
    sent = [Record(b"several", b"k", several), Record(b"none"), Record(b"one", None, (("a", b"b"),))]
    client.produce(topic, sent)
    check_same(client.consume(topic, 3), sent)


@scenario("null headers")
def null_header_values(client: Client, kit: Kit) -> None:
    """A null header value is not an empty one."""
    topic = kit.create_topic()
    sent = [Record(b"v", b"k", (("null", None), ("empty", b""), ("null", None)))]
    client.produce(topic, sent)
    check_same(client.consume(topic, 1), sent)


@scenario("headers")
def reads_null_header_values(client: Client, kit: Kit) -> None:
    """Also a client that cannot write them reads them."""
    topic = kit.create_topic()
    sent = [Record(b"v", b"k", (("null", None), ("text", b"t")))]
    kit.reference.produce(topic, sent)
    check_same(client.consume(topic, 1), sent)


@scenario()
def null_keys_and_tombstones(client: Client, kit: Kit) -> None:
    """Null keys and null values arrive as nulls."""
    topic = kit.create_topic()
    sent = [Record(b"no key", None), Record(None, b"tombstone"), Record(b"value", b"key")]
    client.produce(topic, sent)
    check_same(client.consume(topic, 3), sent)


@scenario("both null")
def null_key_and_value(client: Client, kit: Kit) -> None:
    """A record may carry nothing at all."""
    topic = kit.create_topic()
    client.produce(topic, [Record(None, None)])
    check_same(client.consume(topic, 1), [Record(None, None)])


@scenario("empty bytes")
def empty_keys_and_values(client: Client, kit: Kit) -> None:
    """Empty is not null."""
    topic = kit.create_topic()
    sent = [Record(b"", b""), Record(b"", b"k"), Record(b"v", b"")]
    client.produce(topic, sent)
    check_same(client.consume(topic, 3), sent)


@scenario("set timestamps")
def explicit_timestamps(client: Client, kit: Kit) -> None:
    """The producer's timestamps are kept, also when they go back."""
    topic = kit.create_topic()
    times = [PAST_MS, PAST_MS + 5000, PAST_MS + 1, PAST_MS + 5001]
    client.produce(topic, [Record(b"v", timestamp_ms=at) for at in times])
    consumed = client.consume(topic, 4)
    assert [record.timestamp_ms for record in consumed] == times
    assert not any(record.is_log_append_time for record in consumed)


@scenario("read timestamps")
def log_append_time(client: Client, kit: Kit) -> None:
    """The broker's own time replaces the producer's, and says so."""
    topic = kit.create_topic(message_timestamp_type="LogAppendTime")
    given = PAST_MS if "set timestamps" in kit.features else None
    client.produce(topic, [Record(b"v%d" % number, timestamp_ms=given) for number in range(5)], compression="gzip")
    consumed = client.consume(topic, 5)
    times = [record.timestamp_ms or 0 for record in consumed]
    assert min(times) > PAST_MS + 10**10
    assert times == sorted(times)
    assert all(record.is_log_append_time in (True, None) for record in consumed)
    assert all(batch.is_log_append_time for batch in kit.read_batches(topic))


@scenario(NEGOTIATED)
def large_messages(client: Client, kit: Kit) -> None:
    """Nearly as large as the default limit of one megabyte."""
    topic = kit.create_topic()
    sent = [Record(bytes([number]) * 900_000, b"k") for number in range(3)]
    client.produce(topic, sent)
    check_same(client.consume(topic, 3), sent)


@scenario()
def too_large_message(client: Client, kit: Kit) -> None:
    """Over the topic's limit: the client's error, and the partition goes on."""
    topic = kit.create_topic(max_message_bytes="20000")
    check_error("MESSAGE_TOO_LARGE", client.produce, topic, [Record(b"x" * 30_000)])
    (place,) = client.produce(topic, [Record(b"small")])
    assert place.offset == 0


@scenario()
def seek_into_a_batch(client: Client, kit: Kit) -> None:
    """The broker returns whole batches; the client sees nothing before its offset."""
    topic = kit.create_topic()
    sent = make_records(40)
    client.produce(topic, sent, compression="gzip")
    assert any(batch.record_count > 20 for batch in kit.read_batches(topic)), "no batch to seek into"
    consumed = client.consume(topic, 13, offset=27)
    assert [record.offset for record in consumed] == list(range(27, 40))
    check_same(consumed, sent[27:])


# ---- acknowledgements ----------------------------------------------------------------------------------------------


@scenario()
def acknowledged_by_leader_or_all(client: Client, kit: Kit) -> None:
    """acks 1 and all answer with offsets that go on."""
    topic = kit.create_topic()
    assert [place.offset for place in client.produce(topic, make_records(5), acks=1)] == list(range(5))
    assert [place.offset for place in client.produce(topic, make_records(5), acks=-1)] == list(range(5, 10))
    check_same(client.consume(topic, 10), make_records(5) * 2)


@scenario("acks 0")
def not_acknowledged(client: Client, kit: Kit) -> None:
    """acks 0 gets no answer, arrives all the same, and holds up nothing that follows on its connection."""
    topic = kit.create_topic()
    client.produce(topic, make_records(10), acks=0)
    check_same(client.consume(topic, 10), make_records(10))
    client.produce(topic, make_records(10), acks=0)
    check_same(client.consume(topic, 10, offset=10), make_records(10))


@scenario("idempotence")
def idempotent_producer(client: Client, kit: Kit) -> None:
    """Batches carry a producer id and unbroken sequences."""
    topic = kit.create_topic()
    for _ in range(3):
        client.produce(topic, make_records(10), idempotent=True)
    check_same(client.consume(topic, 30), make_records(10) * 3)
    sequences: dict[int, int] = {}
    for batch in kit.read_batches(topic):
        assert batch.producer_id >= 0
        assert batch.base_sequence == sequences.get(batch.producer_id, 0)
        sequences[batch.producer_id] = batch.base_sequence + batch.record_count


# ---- partitions and offsets ----------------------------------------------------------------------------------------


@scenario(NEGOTIATED)
def many_partitions(client: Client, kit: Kit) -> None:
    """64 partitions: each key stays in one, in the order it was sent."""
    topic = kit.create_topic(64)
    sent = [Record(b"%d" % number, b"key-%d" % (number % 100)) for number in range(500)]
    client.produce(topic, sent)
    homes: dict[bytes, int] = {}
    orders: dict[bytes, list[int]] = {}
    for record in client.consume(topic, 500, partitions=range(64)):
        assert record.key is not None and record.value is not None
        assert homes.setdefault(record.key, record.partition) == record.partition
        orders.setdefault(record.key, []).append(int(record.value))
    assert orders == {b"key-%d" % key: list(range(key, 500, 100)) for key in range(100)}
    assert len(set(homes.values())) > 20


@scenario(NEGOTIATED)
def chosen_partitions(client: Client, kit: Kit) -> None:
    """The producer may choose, and a consumer may be assigned one partition only."""
    topic = kit.create_topic(3)
    sent = [Record(b"%d" % number, partition=number // 4) for number in range(12)]
    assert sorted(client.produce(topic, sent)) == [(number // 4, number % 4) for number in range(12)]
    for partition in (2, 0):
        consumed = client.consume(topic, 4, partitions=[partition])
        assert [(record.partition, record.offset) for record in consumed] == [(partition, at) for at in range(4)]
        check_same(consumed, [record for record in sent if record.partition == partition])


@scenario()
def earliest_and_latest(client: Client, kit: Kit) -> None:
    """Where each partition begins and ends."""
    topic = kit.create_topic(2)
    client.produce(topic, [Record(b"v", partition=1) for _ in range(7)])
    assert client.find_offsets(topic, [0, 1], EARLIEST) == {0: 0, 1: 0}
    assert client.find_offsets(topic, [0, 1], LATEST) == {0: 0, 1: 7}


@scenario("find by time")
def seek_by_time(client: Client, kit: Kit) -> None:
    """The first record at or after a time, per partition; -1 where there is none."""
    topic = kit.create_topic(2)
    for start in range(0, 30, 10):  # several batches, so that the answer lies inside one of them
        times = [PAST_MS + 1000 * number for number in range(start, start + 10)]
        kit.reference.produce(topic, [Record(b"%d" % at, timestamp_ms=at, partition=0) for at in times])
    assert client.find_offsets(topic, [0, 1], PAST_MS + 14_500) == {0: 15, 1: -1}
    assert client.find_offsets(topic, [0], PAST_MS + 15_000) == {0: 15}
    assert client.find_offsets(topic, [0], 0) == {0: 0}
    assert client.find_offsets(topic, [0], PAST_MS + 29_001) == {0: -1}
    check_same(
        client.consume(topic, 15, offset=15),
        [Record(b"%d" % at) for at in range(PAST_MS + 15_000, PAST_MS + 30_000, 1000)],
    )


@scenario(NEGOTIATED)
def offset_out_of_range(client: Client, kit: Kit) -> None:
    """A consumer beyond the end is told so, and starts over where its own settings say."""
    topic = kit.create_topic()
    sent = make_records(3)
    client.produce(topic, sent)
    check_same(client.consume(topic, 3, offset=10_000), sent)


@scenario(NEGOTIATED)
def follows_a_growing_partition(client: Client, kit: Kit) -> None:
    """One consumer, many rounds: nothing twice, nothing lost."""
    topic = kit.create_topic()
    tail = client.open_tail(topic)
    try:
        for number in range(8):
            client.produce(topic, [Record(b"%d-%d" % (number, index)) for index in range(3)])
            assert [record.value for record in tail.take(3)] == [b"%d-%d" % (number, index) for index in range(3)]
    finally:
        tail.close()


@scenario(NEGOTIATED)
def long_poll_ends_with_the_first_record(client: Client, kit: Kit) -> None:
    """A waiting fetch is answered by the append, not by its deadline."""
    topic = kit.create_topic()
    client.produce(topic, [Record(b"before")])
    tail = client.open_tail(topic, offset=LATEST, max_wait_ms=9000)
    try:
        with pytest.raises(NothingArrived):
            tail.take(1, timeout_s=0.3)
        kit.reference.produce(topic, [Record(b"after")])
        assert [record.value for record in tail.take(1, timeout_s=5)] == [b"after"]
    finally:
        tail.close()


@scenario()
def long_poll_ends_with_its_deadline(client: Client, kit: Kit) -> None:
    """Too few bytes are delivered when the wait is over."""
    topic = kit.create_topic()
    client.produce(topic, [Record(b"few")])
    tail = client.open_tail(topic, min_bytes=1_000_000, max_wait_ms=400)
    try:
        assert [record.value for record in tail.take(1)] == [b"few"]
    finally:
        tail.close()


# ---- topics --------------------------------------------------------------------------------------------------------


@scenario(NEGOTIATED)
def auto_created_topic(client: Client, kit: Kit) -> None:
    """Producing to a name nobody knows makes the topic."""
    topic = kit.new_name()
    sent = make_records(3)
    client.produce(topic, sent)
    assert topic in kit.reference.list_topics()
    check_same(client.consume(topic, 3), sent)


@scenario("metadata", NEGOTIATED)
def sees_brokers_and_topics(client: Client, kit: Kit) -> None:
    """One broker, at the address the client came in by, leads everything."""
    topic = kit.create_topic(3)
    cluster = client.describe_cluster()
    assert list(cluster.brokers.values()) == [("127.0.0.1", kit.broker.port)]
    (node_id,) = cluster.brokers
    assert cluster.controller_id in (node_id, None)
    assert client.describe_topic(topic) == {0: node_id, 1: node_id, 2: node_id}
    assert topic in client.list_topics()


@scenario("admin")
def creates_and_deletes_topics(client: Client, kit: Kit) -> None:
    """And a topic made anew under its old name is empty."""
    topic = kit.new_name()
    client.create_topic(topic, 2, {"retention.ms": "-1"})
    poll(lambda: is_led(client, topic, 2))
    assert topic in client.list_topics()
    client.produce(topic, [Record(b"v", partition=1)])
    client.delete_topic(topic)
    poll(lambda: topic not in client.list_topics())
    client.create_topic(topic, 1)
    poll(lambda: is_led(client, topic, 1))
    assert client.find_offsets(topic, [0], LATEST) == {0: 0}


@scenario("admin")
def refuses_wrong_topics(client: Client, kit: Kit) -> None:
    """Names taken, unknown and impossible; counts and configs that cannot be."""
    topic = kit.create_topic(2)
    check_error("TOPIC_ALREADY_EXISTS", client.create_topic, topic)
    check_error("UNKNOWN_TOPIC_OR_PARTITION", client.delete_topic, kit.new_name())
    check_error("INVALID_TOPIC_EXCEPTION", client.create_topic, "not a name")
    check_error("INVALID_PARTITIONS", client.create_topic, kit.new_name(), 0)
    check_error("INVALID_PARTITIONS", client.create_partitions, topic, 2)
    check_error("INVALID_CONFIG", client.create_topic, kit.new_name(), 1, {"retention.ms": "soon"})


@scenario("admin")
def adds_partitions(client: Client, kit: Kit) -> None:
    """Records stay, and the new partitions take some."""
    topic = kit.create_topic(1)
    client.produce(topic, make_records(3))
    client.create_partitions(topic, 4)
    poll(lambda: is_led(client, topic, 4))
    assert client.find_offsets(topic, range(4), LATEST) == {0: 3, 1: 0, 2: 0, 3: 0}
    kit.reference.produce(topic, [Record(b"v", partition=3)])
    assert len(client.consume(topic, 1, partitions=[3])) == 1


@scenario("describe configs", "alter configs")
def describes_and_alters_configs(client: Client, kit: Kit) -> None:
    """What was given, what was altered, what is default; and an altered config works at once."""
    topic = kit.create_topic(segment_bytes="1048576")
    configs = client.describe_configs(topic)
    assert (configs["segment.bytes"], configs["retention.ms"]) == ("1048576", "-1")
    assert (configs["cleanup.policy"], configs["max.message.bytes"]) == ("delete", "1048588")
    client.alter_configs(topic, {"max.message.bytes": "5000"})
    poll(lambda: client.describe_configs(topic)["max.message.bytes"] == "5000")
    check_error("MESSAGE_TOO_LARGE", client.produce, topic, [Record(b"x" * 6000)])
    check_error("INVALID_CONFIG", client.alter_configs, topic, {"max.message.bytes": "many"})


def select(features: frozenset[str]) -> Mapping[str, Scenario]:
    """Return the scenarios for a client with those features."""
    return {name: function for name, (function, needs) in SCENARIOS.items() if needs <= features}
