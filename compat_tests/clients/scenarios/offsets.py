"""Partitions and offsets: where records go, where reading begins, and how long it waits."""

from __future__ import annotations

import pytest

from compat_tests.clients.model import EARLIEST, LATEST, Client, NothingArrived, Record
from compat_tests.clients.scenarios.kit import (
    NEGOTIATED,
    PAST_MS,
    Kit,
    check_same,
    make_records,
    scenario,
)


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
    """The first offset and the end of each partition."""
    topic = kit.create_topic(2)
    client.produce(topic, [Record(b"v", partition=1) for _ in range(7)])
    assert client.find_offsets(topic, [0, 1], EARLIEST) == {0: 0, 1: 0}
    assert client.find_offsets(topic, [0, 1], LATEST) == {0: 0, 1: 7}


@scenario("find by time")
def seek_by_time(client: Client, kit: Kit) -> None:
    """The first record at or after a time, per partition; -1 if there is none."""
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
    """A consumer beyond the end gets an error, and restarts at the offset that its settings choose."""
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
