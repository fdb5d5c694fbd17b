"""Transactions: all or none of a producer's records and offsets, and one producer at a time."""

from __future__ import annotations

from contextlib import ExitStack, closing

import pytest

from compat_tests.clients.model import Client, Fenced, TransactionalProducer
from compat_tests.clients.scenarios.kit import Kit, poll, scenario

COMMITTED, EVERYTHING = "read_committed", "read_uncommitted"


def _write(producer: TransactionalProducer, topic: str, *values: bytes, is_commit: bool = True) -> None:
    """Write one transaction."""
    producer.begin()
    producer.send(topic, 0, *values)
    producer.commit() if is_commit else producer.abort()


@scenario("transactions")
def transactions_commit_and_abort(client: Client, kit: Kit) -> None:
    """Committed records are there, in both partitions; aborted ones are not, for consumers of committed records."""
    topic = kit.create_topic(2)
    with closing(client.open_transactional_producer(topic)) as producer:
        producer.init()
        for number, is_commit in enumerate((True, False, True)):
            producer.begin()
            producer.send(topic, 0, b"%d-a" % number, b"%d-b" % number)
            producer.send(topic, 1, b"%d-c" % number)
            producer.commit() if is_commit else producer.abort()
        poll(lambda: len(kit.reference.read_to_end(topic, 0)) == 4)  # markers are written after the answer
        assert client.read_to_end(topic) == [b"0-a", b"0-b", b"2-a", b"2-b"]
        poll(lambda: kit.reference.read_to_end(topic, 1) == [b"0-c", b"2-c"])
        assert len(client.read_to_end(topic, isolation_level=EVERYTHING)) == 6


@scenario("read committed")
def reads_what_is_committed(client: Client, kit: Kit) -> None:
    """No aborted records, and none after the start of an open transaction."""
    topic = kit.create_topic()
    with ExitStack() as left_open:
        first, second = (
            left_open.enter_context(closing(kit.reference.open_transactional_producer(f"{topic}-{number}")))
            for number in range(2)
        )
        first.init()
        second.init()
        _write(first, topic, b"committed")
        _write(first, topic, b"aborted", is_commit=False)
        first.begin()
        first.send(topic, 0, b"open")
        _write(second, topic, b"behind it")
        poll(lambda: kit.reference.read_to_end(topic) == [b"committed"])
        assert client.read_to_end(topic) == [b"committed"]
        assert client.read_to_end(topic, isolation_level=EVERYTHING) == [
            b"committed",
            b"aborted",
            b"open",
            b"behind it",
        ]
        first.commit()
        poll(lambda: len(kit.reference.read_to_end(topic)) == 3)
        assert client.read_to_end(topic) == [b"committed", b"open", b"behind it"]


@scenario("offsets in transactions")
def offsets_in_a_transaction(client: Client, kit: Kit) -> None:
    """Offset and output are there together, or neither is."""
    topic = kit.create_topic(2)
    with closing(client.open_transactional_producer(topic)) as producer:
        producer.init()
        for offset, is_commit in ((5, True), (9, False), (7, True)):
            producer.begin()
            producer.send(topic, 1, b"%d" % offset)
            producer.send_offsets(None, {(topic, 0): offset}, topic)
            producer.commit() if is_commit else producer.abort()
            expected = {0: offset if is_commit else 5}
            poll(lambda: kit.find_committed(topic) == expected)  # noqa: B023
    poll(lambda: kit.reference.read_to_end(topic, 1) == [b"5", b"7"])


@scenario("transactions")
def fenced_producer(client: Client, kit: Kit) -> None:
    """A second producer of the same id aborts what the first one left open, and the first one can do no more."""
    topic = kit.create_topic()
    with ExitStack() as left_open:
        zombie = left_open.enter_context(closing(client.open_transactional_producer(topic)))
        zombie.init()
        _write(zombie, topic, b"before")
        zombie.begin()
        zombie.send(topic, 0, b"zombie")
        successor = left_open.enter_context(closing(client.open_transactional_producer(topic)))
        successor.init()
        with pytest.raises(Fenced):
            zombie.commit()
        _write(successor, topic, b"after")
        poll(lambda: kit.reference.read_to_end(topic) == [b"before", b"after"])
