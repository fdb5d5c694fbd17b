"""Transactions of unchanged clients: commit, abort, fencing, timeouts, offsets, and a broker that is killed."""

from __future__ import annotations

import itertools
import os
import time
from collections.abc import Callable, Iterator

import pytest
from confluent_kafka import Consumer, TopicPartition
from confluent_kafka.admin import AdminClient, NewTopic

from compat_tests.broker_process import Broker, BrokerChoice
from compat_tests.clients.client_missing import ClientMissing
from compat_tests.clients.model import Fenced, TransactionalProducer
from compat_tests.clients.remote_transactions import JAVA_CLIENTS, KAFKAJS, start_worker
from compat_tests.clients.transactional_clients import (
    CALL_TIMEOUT_S,
    CLIENTS,
    DEFAULT_TIMEOUT_MS,
    TransactionalClient,
)

CLEANUP_INTERVAL_MS = 200
SETTINGS = {"transaction.abort.timed.out.transaction.cleanup.interval.ms": str(CLEANUP_INTERVAL_MS)}
NUMBER_COUNT = 8
COMMITTED, EVERYTHING = "read_committed", "read_uncommitted"


@pytest.fixture(scope="module")
def broker(broker_choice: BrokerChoice, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    """A broker that looks often for transactions that stay open."""
    one = broker_choice.create(tmp_path_factory.mktemp("transactions"), SETTINGS)
    one.start()
    try:
        yield one
        one.stop()
    finally:
        one.kill()


REMOTE = (*JAVA_CLIENTS, KAFKAJS)


@pytest.fixture(
    params=[
        *(pytest.param(client, id=client.name) for client in CLIENTS),
        *(pytest.param(client, id=client.name, marks=pytest.mark.slow) for client in REMOTE),
    ]
)
def client(request: pytest.FixtureRequest) -> TransactionalClient:
    """Each of the libraries."""
    one: TransactionalClient = request.param
    if one in REMOTE:
        try:
            start_worker(one.name)
        except ClientMissing as error:
            if os.environ.get("CI") == "true":
                pytest.fail(f"in CI every client must be there: {error}")
            pytest.skip(str(error))
    return one


@pytest.fixture
def topic(broker: Broker, topic_name: Callable[[], str]) -> str:
    """A topic of two partitions."""
    return create_topic(broker, topic_name())


def create_topic(broker: Broker, name: str) -> str:
    """Create a topic of two partitions and return its name."""
    admin = AdminClient({"bootstrap.servers": broker.bootstrap_servers})
    for future in admin.create_topics([NewTopic(name, 2, 1)]).values():
        future.result(CALL_TIMEOUT_S)
    return name


MakeProducer = Callable[..., TransactionalProducer]


@pytest.fixture
def make_producer(broker: Broker, client: TransactionalClient) -> Iterator[MakeProducer]:
    """Return a function that makes producers which are ready."""
    made: list[TransactionalProducer] = []

    def make(transactional_id: str, timeout_ms: int = DEFAULT_TIMEOUT_MS) -> TransactionalProducer:
        producer = client.make_producer(broker.bootstrap_servers, transactional_id, timeout_ms)
        made.append(producer)
        producer.init()
        return producer

    yield make
    for producer in made:
        producer.close()


def read(
    client: TransactionalClient, broker: Broker, topic: str, partition: int = 0, level: str = COMMITTED
) -> list[bytes]:
    """Read a partition to its end with the client's own consumer."""
    return client.read(broker.bootstrap_servers, topic, partition, level)


def wait_for(condition: Callable[[], bool], timeout_s: float = CALL_TIMEOUT_S) -> None:
    """Return as soon as the condition holds, which asks the broker; fails when it does not in time."""
    deadline = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"


def test_commit_and_abort(client: TransactionalClient, broker: Broker, topic: str, make_producer: MakeProducer) -> None:
    producer = make_producer(topic)
    for number, is_commit in enumerate((True, False, True, False, True)):
        producer.begin()
        producer.send(topic, 0, b"%d-0" % number, b"%d-1" % number)
        producer.send(topic, 1, b"%d-2" % number)
        producer.commit() if is_commit else producer.abort()
    wait_for(lambda: len(read(client, broker, topic)) == 6)
    assert read(client, broker, topic) == [b"0-0", b"0-1", b"2-0", b"2-1", b"4-0", b"4-1"]
    assert read(client, broker, topic, 1) == [b"0-2", b"2-2", b"4-2"]
    assert len(read(client, broker, topic, level=EVERYTHING)) == 10


def test_what_is_open_holds_back_what_follows(
    client: TransactionalClient, broker: Broker, topic: str, make_producer: MakeProducer
) -> None:
    first, second = make_producer(f"{topic}-first"), make_producer(f"{topic}-second")
    first.begin()
    first.send(topic, 0, b"first")
    second.begin()
    second.send(topic, 0, b"second")
    second.commit()
    assert read(client, broker, topic) == []
    assert read(client, broker, topic, level=EVERYTHING) == [b"first", b"second"]
    first.commit()
    wait_for(lambda: read(client, broker, topic) == [b"first", b"second"])


def test_a_waiting_reader_hears_of_the_commit(
    client: TransactionalClient, broker: Broker, topic: str, make_producer: MakeProducer
) -> None:
    producer = make_producer(topic)
    consumer = Consumer(
        {
            "bootstrap.servers": broker.bootstrap_servers,
            "group.id": "nobody",
            "isolation.level": COMMITTED,
            "fetch.wait.max.ms": 10_000,
        }
    )
    consumer.assign([TopicPartition(topic, 0, 0)])
    try:
        producer.begin()
        producer.send(topic, 0, b"1")
        assert consumer.poll(0.5) is None
        producer.commit()
        begun = time.monotonic()
        message = consumer.poll(8)
        assert message is not None
        assert message.value() == b"1"
        assert time.monotonic() - begun < 5, "it was not woken: it came with the end of its wait"
    finally:
        consumer.close()


def test_a_second_producer_fences_the_first(
    client: TransactionalClient, broker: Broker, topic: str, make_producer: MakeProducer
) -> None:
    zombie = make_producer(topic)
    zombie.begin()
    zombie.send(topic, 0, b"zombie")
    successor = make_producer(topic)
    successor.begin()
    successor.send(topic, 0, b"good")
    with pytest.raises(Fenced):
        zombie.commit()
    successor.commit()
    wait_for(lambda: read(client, broker, topic) == [b"good"])


def test_a_transaction_that_stays_open_is_aborted(
    client: TransactionalClient, broker: Broker, topic: str, make_producer: MakeProducer
) -> None:
    producer = make_producer(topic, timeout_ms=1000)
    begun = time.monotonic()
    producer.begin()
    producer.send(topic, 0, b"late")
    other = make_producer(f"{topic}-other")
    other.begin()
    other.send(topic, 0, b"held back")
    other.commit()
    found = read(client, broker, topic)
    assert found == [] or time.monotonic() - begun > 1  # a busy machine may come too late to see it open
    wait_for(lambda: read(client, broker, topic) == [b"held back"])
    with pytest.raises(Exception):  # noqa: B017 -- each library has its own word for it
        producer.commit()


def committed_offset(broker: Broker, group_id: str, topic: str) -> int:
    """The offset that a group has committed for partition 0."""
    consumer = Consumer(
        {"bootstrap.servers": broker.bootstrap_servers, "group.id": group_id, "isolation.level": COMMITTED}
    )
    try:
        [place] = consumer.committed([TopicPartition(topic, 0)], timeout=CALL_TIMEOUT_S)
        return int(place.offset)
    finally:
        consumer.close()


def test_offsets_count_with_the_transaction(
    client: TransactionalClient, broker: Broker, topic: str, make_producer: MakeProducer
) -> None:
    """Consume, transform, produce: offset and output are there together, or neither is."""
    group_id = f"{topic}-group"
    producer = make_producer(topic)
    consumer = Consumer({"bootstrap.servers": broker.bootstrap_servers, "group.id": group_id})
    try:
        for offset, is_commit in ((5, True), (9, False), (7, True)):
            producer.begin()
            producer.send(topic, 1, b"%d" % offset)
            producer.send_offsets(consumer, {(topic, 0): offset}, group_id)
            producer.commit() if is_commit else producer.abort()
            expected = 5 if offset != 7 else 7
            wait_for(lambda wanted=expected: committed_offset(broker, group_id, topic) == wanted)
    finally:
        consumer.close()
    wait_for(lambda: read(client, broker, topic, 1) == [b"5", b"7"])


def test_a_broker_killed_in_the_middle_of_a_transaction(
    client: TransactionalClient, broker: Broker, topic: str, make_producer: MakeProducer
) -> None:
    """The producer commits what it wrote before the crash and after it, as one."""
    if client is KAFKAJS and broker.kind == "kafka":
        pytest.skip("kafkajs gives a transaction up while Apache Kafka's coordinator is still loading")
    producer = make_producer(topic)
    producer.begin()
    producer.send(topic, 0, b"before")
    broker.restart(crash=True)
    producer.send(topic, 0, b"after")
    producer.commit()
    wait_for(lambda: read(client, broker, topic) == [b"before", b"after"])
    producer.begin()
    producer.send(topic, 0, b"next")
    broker.restart(crash=True)
    producer.abort()
    producer.begin()
    producer.send(topic, 0, b"last")
    producer.commit()
    wait_for(lambda: read(client, broker, topic) == [b"before", b"after", b"last"])


def test_a_broker_killed_again_and_again(client: TransactionalClient, broker: Broker, topic: str) -> None:
    """Numbers, each in both partitions in one transaction, while the broker is killed between any two steps.

    A producer that does not know whether a transaction was committed checks, as an application would, and repeats it if
    not: in the end every number is there once.
    """
    kill_before = itertools.cycle(("nothing", "begin", "nothing", "second", "commit", "nothing", "end"))
    done = 0
    producer: TransactionalProducer | None = None
    while done < NUMBER_COUNT:
        step = next(kill_before)

        def maybe_kill(here: str, step: str = step) -> None:
            if here == step:
                broker.restart(crash=True)

        try:
            if producer is None:
                producer = client.make_producer(broker.bootstrap_servers, topic, DEFAULT_TIMEOUT_MS)
                producer.init()
            maybe_kill("begin")
            producer.begin()
            producer.send(topic, 0, b"%d" % done)
            maybe_kill("second")
            producer.send(topic, 1, b"%d" % done)
            maybe_kill("commit")
            producer.commit()
            maybe_kill("end")
            done += 1
        except Exception:
            if producer is not None:
                producer.close()
            producer = None
            successor = client.make_producer(broker.bootstrap_servers, topic, DEFAULT_TIMEOUT_MS)
            successor.init()  # ends whatever was open
            successor.close()
            done = len(read(client, broker, topic))
    if producer is not None:
        producer.close()
    expected = [b"%d" % number for number in range(NUMBER_COUNT)]
    wait_for(lambda: read(client, broker, topic) == expected)
    assert read(client, broker, topic, 1) == expected
