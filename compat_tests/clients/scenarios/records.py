"""Records: codecs, headers, nulls, timestamps, sizes, acknowledgements."""

from __future__ import annotations

from compat_tests.clients.model import Client, Record
from compat_tests.clients.scenarios.kit import (
    NEGOTIATED,
    PAST_MS,
    Kit,
    check_error,
    check_same,
    make_records,
    scenario,
)


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

    produce_and_consume.__doc__ = f"Records of codec {codec} go out compressed, and come back the same."
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
