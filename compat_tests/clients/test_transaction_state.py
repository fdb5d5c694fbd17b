"""The transaction log is Kafka's: its tools read it, it says the same, and one broker goes on where another stopped."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from confluent_kafka.admin import AdminClient, NewTopic

from compat_tests.broker_process import ApacheKafkaProcess, Broker, BrokerChoice
from compat_tests.clients.remote_transactions import java_client
from compat_tests.clients.transactional_clients import (
    CALL_TIMEOUT_S,
    DEFAULT_TIMEOUT_MS,
    ConfluentProducer,
    TransactionalClient,
    read_with_confluent,
)
from compat_tests.oracle.apache_kafka import DEFAULT_VERSION, OracleUnavailable, install, run_tool

pytestmark = pytest.mark.slow

STATE = "__transaction_state"
ONE_PARTITION = {"transaction.state.log.num.partitions": "1", "offsets.topic.num.partitions": "1"}
STATUS_POSITION = 2 + 8 + 2 + 4
COMMITTED = "read_committed"


@pytest.fixture(scope="module", autouse=True)
def oracle() -> None:
    """Skip everything where Apache Kafka's jars cannot be had."""
    try:
        install(DEFAULT_VERSION)
    except OracleUnavailable as error:
        pytest.skip(str(error))


@pytest.fixture
def broker(broker_choice: BrokerChoice, tmp_path: Path) -> Iterator[Broker]:
    """Return a separate broker with the internal topics in one partition."""
    one = broker_choice.create(tmp_path / "one", ONE_PARTITION)
    one.start()
    yield one
    one.kill()


def create_topic(broker: Broker, name: str = "orders") -> str:
    """Create a topic of one partition."""
    admin = AdminClient({"bootstrap.servers": broker.bootstrap_servers})
    for future in admin.create_topics([NewTopic(name, 1, 1)]).values():
        future.result(CALL_TIMEOUT_S)
    return name


def tool(broker: Broker, *arguments: str) -> str:
    """Run kafka-transactions and return what it prints, with single spaces."""
    done = run_tool("kafka-transactions", "--bootstrap-server", broker.bootstrap_servers, *arguments)
    assert done.returncode == 0, done.stderr
    return "\n".join(" ".join(line.split()) for line in done.stdout.splitlines())


def test_the_console_tool_sees_transactions_and_aborts_a_hanging_one(broker: Broker) -> None:
    topic = create_topic(broker)
    done = ConfluentProducer(broker.bootstrap_servers, "done", DEFAULT_TIMEOUT_MS)
    hanging = ConfluentProducer(broker.bootstrap_servers, "hanging", DEFAULT_TIMEOUT_MS)
    for producer in (done, hanging):
        producer.init()
        producer.begin()
        producer.send(topic, 0, b"1")
    done.commit()
    listed = tool(broker, "list")
    assert "hanging" in listed
    assert [line.split()[3] for line in listed.splitlines() if line.startswith(("done ", "hanging "))] == [
        *(
            ["CompleteCommit", "Ongoing"]
            if listed.index("done") < listed.index("hanging")
            else ["Ongoing", "CompleteCommit"]
        )
    ]
    assert "hanging" not in tool(broker, "list", "--transactional-id-pattern", "d.*")
    assert " Ongoing " in tool(broker, "describe", "--transactional-id", "hanging")
    assert f"{topic}-0" in tool(broker, "describe", "--transactional-id", "hanging")
    producers = tool(broker, "describe-producers", "--topic", topic, "--partition", "0")
    [start_offset] = {line.split()[-1] for line in producers.splitlines()[1:]} - {"None"}
    tool(broker, "abort", "--topic", topic, "--partition", "0", "--start-offset", start_offset)
    assert read_with_confluent(broker.bootstrap_servers, topic, 0, COMMITTED) == [b"1"]


def scripted(broker: Broker, client: TransactionalClient) -> list[tuple[bytes, bytes]]:
    """Run a script of transactions and return (key, value) of the records in the transaction log.

    No transaction touches two topics: in which order Kafka writes them is up to Java's hash tables.
    """
    topic = create_topic(broker)
    producer = client.make_producer(broker.bootstrap_servers, "tx", DEFAULT_TIMEOUT_MS)
    producer.init()
    producer.begin()
    producer.send(topic, 0, b"1")
    producer.commit()
    producer.begin()
    producer.send_offsets(None, {(topic, 0): 1}, "group")
    producer.abort()
    producer.begin()
    producer.send(topic, 0, b"1")
    producer.close()
    return read_state(broker)


def read_state(broker: Broker) -> list[tuple[bytes, bytes]]:
    """(key, value) of every record in the transaction log."""
    from confluent_kafka import Consumer, KafkaError, TopicPartition

    consumer = Consumer(
        {"bootstrap.servers": broker.bootstrap_servers, "group.id": "nobody", "enable.partition.eof": True}
    )
    consumer.assign([TopicPartition(STATE, 0, 0)])
    found: list[tuple[bytes, bytes]] = []
    try:
        while (message := consumer.poll(CALL_TIMEOUT_S)) is not None:
            if message.error() is None:
                found.append((message.key(), message.value()))
            elif message.error().code() == KafkaError._PARTITION_EOF:
                return found
        raise AssertionError("the transaction log has no end")
    finally:
        consumer.close()


def without_times_and_ids(records: list[tuple[bytes, bytes]]) -> list[str]:
    """Return the parts that two brokers must agree on: all but producer ids and wall clocks, which are 8 bytes long.

    A value is: version, producer id, epoch, timeout, status, partitions, last update, start, tagged fields.
    """
    shown = []
    for key, value in records:
        tags = value.rindex(b"\x02\x02\x00") if value.count(b"\x02\x02\x00") else len(value)
        body = bytearray(value)
        body[2:10] = bytes(8)
        times = body.find(b"\x00\x00\x01", STATUS_POSITION)  # a wall clock of this century begins so
        if times >= 0:
            body[times : times + 16] = bytes(16)
        previous = body.find(b"\x00\x08", times + 16)
        if previous >= 0:
            body[previous + 2 : previous + 10] = bytes(8)
        shown.append(f"{key.hex()} {body.hex()} {tags}")
    return shown


@pytest.mark.parametrize("version", ["4.4.0", "3.9.2"])
def test_the_log_says_what_kafkas_says(broker: Broker, tmp_path: Path, version: str) -> None:
    """The same client does the same to both: the records are the same bytes, but for clocks and producer ids."""
    kafka = ApacheKafkaProcess(tmp_path / "kafka", DEFAULT_VERSION, ONE_PARTITION)
    kafka.start()
    try:
        theirs = scripted(kafka, java_client(version))
    finally:
        kafka.kill()
    ours = scripted(broker, java_client(version))
    assert without_times_and_ids(ours) == without_times_and_ids(theirs)
    assert len(ours) >= 9


def test_kafkas_dump_reads_the_log(broker_choice: BrokerChoice, tmp_path: Path) -> None:
    broker = broker_choice.create(tmp_path / "dumped", ONE_PARTITION)
    broker.start()
    try:
        topic = create_topic(broker)
        producer = ConfluentProducer(broker.bootstrap_servers, "tx", DEFAULT_TIMEOUT_MS)
        producer.init()
        producer.begin()
        producer.send(topic, 0, b"1")
        producer.commit()
        broker.stop()
    finally:
        broker.kill()
    [segment] = (tmp_path / "dumped" / "data").glob(f"{STATE}-0/*.log")
    done = run_tool("kafka-dump-log", "--files", str(segment), "--transaction-log-decoder")
    assert done.returncode == 0, done.stderr
    assert "tx" in done.stdout
    states = [f'"transactionStatus":{status}' for status in (0, 1, 2, 4)]
    assert [state in done.stdout for state in states] == [True] * 4 or "CompleteCommit" in done.stdout


@pytest.mark.parametrize("is_crash", [False, True], ids=["stopped", "killed"])
def test_apache_kafka_goes_on_where_the_broker_stopped(
    broker_choice: BrokerChoice, tmp_path: Path, is_crash: bool
) -> None:
    hand_over(
        broker_choice.create(tmp_path, ONE_PARTITION), ApacheKafkaProcess(tmp_path, DEFAULT_VERSION, {}), is_crash
    )


@pytest.mark.parametrize("is_crash", [False, True], ids=["stopped", "killed"])
def test_the_broker_goes_on_where_apache_kafka_stopped(
    broker_choice: BrokerChoice, tmp_path: Path, is_crash: bool
) -> None:
    hand_over(ApacheKafkaProcess(tmp_path, DEFAULT_VERSION, ONE_PARTITION), broker_choice.create(tmp_path), is_crash)


def hand_over(first: Broker, second: Broker, is_crash: bool) -> None:
    """One broker leaves an open transaction; on the same directory the other one fences its producer and goes on."""
    first.start()
    try:
        topic = create_topic(first)
        producer = ConfluentProducer(first.bootstrap_servers, "tx", DEFAULT_TIMEOUT_MS)
        producer.init()
        for number, end in enumerate((producer.commit, producer.abort, None)):
            producer.begin()
            producer.send(topic, 0, b"%d" % number)
            if end is not None:
                end()
        producer.close()
        if not is_crash:
            first.stop()
    finally:
        first.kill()
    second.start()
    try:
        assert read_with_confluent(second.bootstrap_servers, topic, 0, COMMITTED) == [b"0"]
        successor = ConfluentProducer(second.bootstrap_servers, "tx", DEFAULT_TIMEOUT_MS)
        successor.init()
        successor.begin()
        successor.send(topic, 0, b"3")
        successor.commit()
        assert read_with_confluent(second.bootstrap_servers, topic, 0, COMMITTED) == [b"0", b"3"]
        second.stop()
    finally:
        second.kill()
