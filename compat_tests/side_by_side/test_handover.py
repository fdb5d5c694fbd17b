"""A data directory goes from kafkalite to Apache Kafka and back, and nothing is lost: the steps of docs/HANDOVER.md.

Needs Java. Each test writes a round of everything (see handover_data.py), hands the directory over after a clean stop
or a crash, and compares all that can be asked of a broker before and after.
"""

from __future__ import annotations

import json
import pathlib
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from compat_tests.broker_process import KafkaliteProcess
from compat_tests.oracle.apache_kafka import ApacheKafka, OracleUnavailable, find_free_port, install, run_tool
from compat_tests.side_by_side.broker_state import PATIENCE_S, BrokerState, hold_at_broker, read_state
from compat_tests.side_by_side.handover_data import MIDDLE_MS, Writer

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]

CHECKPOINTS_OFTEN = {"log.initial.task.delay.ms": "100", "log.flush.start.offset.checkpoint.interval.ms": "100"}
"""Kafka remembers once a minute where its logs start; a crash before that brings deleted records back."""
SNAPSHOTS_OFTEN = {
    "metadata.log.max.record.bytes.between.snapshots": "1000",
    "metadata.log.max.snapshot.interval.ms": "1",
}


@pytest.fixture(scope="module", autouse=True)
def needs_java() -> None:
    try:
        install()
    except OracleUnavailable as problem:
        pytest.skip(str(problem))


@pytest.fixture
def kafkalite(tmp_path: pathlib.Path) -> Iterator[KafkaliteProcess]:
    broker = KafkaliteProcess(directory=tmp_path)
    yield broker
    broker.kill()


@contextmanager
def apache_kafka(data: pathlib.Path, *, crash: bool = False, **settings: str) -> Iterator[ApacheKafka]:
    """Run Apache Kafka on a directory for a while."""
    kafka = ApacheKafka(data=data, settings=CHECKPOINTS_OFTEN | settings)
    kafka.start()
    try:
        yield kafka
    except BaseException:
        print(kafka.read_log())
        raise
    finally:
        if crash:
            kafka.kill()
        else:
            kafka.stop()


def end(kafkalite: KafkaliteProcess, crash: bool) -> None:
    if crash:
        kafkalite.kill()
    else:
        kafkalite.stop()


def settled(port: int) -> BrokerState:
    """Read the state once the markers of ended transactions are written, which Kafka does after its answer."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        state = read_state(port, MIDDLE_MS)
        if not any(each[0].startswith("Prepare") for each in state.transactions.values()):
            return state
    raise AssertionError(state.transactions)


def assert_equal(after: BrokerState, before: BrokerState) -> None:
    """Compare part by part, for a failure that can be read."""
    for name, expected in vars(before).items():
        assert getattr(after, name) == expected, name


def dump(*arguments: str) -> str:
    done = run_tool("kafka-dump-log", *arguments, timeout_s=120)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


DECODERS = {
    "__consumer_offsets": "--offsets-decoder",
    "__transaction_state": "--transaction-log-decoder",
    "__cluster_metadata": "--cluster-metadata-decoder",
}


def check_files(data: pathlib.Path) -> None:
    """Let kafka-dump-log read every log, index and snapshot of a stopped broker, each with its decoder."""
    by_decoder: dict[str, list[str]] = {}
    for path in sorted(data.glob("*-*/*")):
        if path.suffix in (".log", ".index", ".timeindex", ".txnindex", ".snapshot", ".checkpoint"):
            decoder = DECODERS.get(path.parent.name.rpartition("-")[0], "--deep-iteration")
            by_decoder.setdefault(decoder, []).append(str(path))
    assert by_decoder.keys() == {*DECODERS.values(), "--deep-iteration"}
    for decoder, paths in by_decoder.items():
        output = dump(decoder, "--files", ",".join(paths))
        for complaint in (
            "isvalid: false",
            "mismatch",
            "out of order",
            "Could not",
            "Exception",
            "corrupt",
            "not found",
        ):
            assert complaint.lower() not in output.lower(), (complaint, output[:3000])


@pytest.mark.parametrize("crash", [False, True], ids=["after a clean stop", "after kill -9"])
def test_kafkalite_to_kafka_and_back(kafkalite: KafkaliteProcess, crash: bool) -> None:
    kafkalite.start()
    first = Writer(kafkalite.port, 1)
    first.write()
    before = read_state(kafkalite.port, MIDDLE_MS)
    end(kafkalite, crash)
    if not crash:
        check_files(kafkalite.data_directory)

    with apache_kafka(kafkalite.data_directory, crash=crash) as kafka:
        assert_equal(settled(kafka.port), before)
        second = Writer(kafka.port, 2)
        offset = second.write_again(first.idempotent, 2)
        assert offset == second.write_again(first.idempotent, 2), "a retry is recognised across the hand-over"
        second.write_again(first.idempotent, 3)
        second.write()
        second.end_open_transaction("open-1")
        between = settled(kafka.port)

    kafkalite.start()
    assert_equal(read_state(kafkalite.port, MIDDLE_MS), between)
    third = Writer(kafkalite.port, 3)
    third.write_again(second.idempotent, 3)
    third.write()
    third.end_open_transaction("open-2")
    after = read_state(kafkalite.port, MIDDLE_MS)
    end(kafkalite, crash)
    if not crash:
        check_files(kafkalite.data_directory)

    with apache_kafka(kafkalite.data_directory) as kafka:
        assert_equal(settled(kafka.port), after)


@pytest.mark.parametrize("crash", [False, True], ids=["after a clean stop", "after kill -9"])
def test_kafka_to_kafkalite(kafkalite: KafkaliteProcess, crash: bool) -> None:
    """Also with snapshots of the metadata, which Kafka writes as it goes on."""
    with apache_kafka(kafkalite.data_directory, crash=crash, **SNAPSHOTS_OFTEN) as kafka:
        first = Writer(kafka.port, 1)
        first.write()
        before = settled(kafka.port)
    assert list((kafkalite.data_directory / "__cluster_metadata-0").glob("*.checkpoint"))

    kafkalite.start()
    assert_equal(read_state(kafkalite.port, MIDDLE_MS), before)
    second = Writer(kafkalite.port, 2)
    second.write_again(first.idempotent, 3)
    second.write()
    second.end_open_transaction("open-1")
    after = read_state(kafkalite.port, MIDDLE_MS)
    end(kafkalite, crash)

    with apache_kafka(kafkalite.data_directory) as kafka:
        assert_equal(settled(kafka.port), after)


def test_kafkalite_to_kafka_by_a_snapshot(kafkalite: KafkaliteProcess) -> None:
    """Starts and stops with many partitions leave a snapshot of the metadata, from which Kafka starts."""
    kafkalite.start()
    Writer(kafkalite.port, 1).write()
    Writer(kafkalite.port, 2).create_topic("many", 170)
    for _ in range(3):
        kafkalite.restart()
    before = read_state(kafkalite.port, MIDDLE_MS)
    kafkalite.stop()
    [snapshot] = (kafkalite.data_directory / "__cluster_metadata-0").glob("*.checkpoint")
    output = dump("--cluster-metadata-decoder", "--files", str(snapshot))
    assert "isvalid: false" not in output and output.count('"type":"PARTITION_RECORD"') > 170

    with apache_kafka(kafkalite.data_directory) as kafka:
        assert_equal(settled(kafka.port), before)
        Writer(kafka.port, 2).write()
        between = settled(kafka.port)

    kafkalite.start()
    assert_equal(read_state(kafkalite.port, MIDDLE_MS), between)


def add_broker(first: ApacheKafka, data: pathlib.Path, cluster_id: str) -> ApacheKafka:
    """Format a second node for the cluster of the first and start it as a broker."""
    port = find_free_port()
    controller_port = json.loads((first.data.with_name(f"{first.data.name}.oracle") / "state.json").read_text())[
        "controller_port"
    ]
    settings = {
        "process.roles": "broker",
        "node.id": "2",
        "controller.quorum.voters": f"1@127.0.0.1:{controller_port}",
        "listeners": f"PLAINTEXT://127.0.0.1:{port}",
        "log.dirs": str(data),
        "controller.listener.names": "CONTROLLER",
    }
    properties = data.with_name("second.properties")
    properties.write_text("".join(f"{name}={value}\n" for name, value in settings.items()))
    done = run_tool("kafka-storage", "format", "-t", cluster_id, "-c", str(properties))
    assert done.returncode == 0, done.stdout + done.stderr
    return ApacheKafka(data=data, port=port, settings=settings).start()


def reassign(bootstrap: str, plan: pathlib.Path, replicas: list[int]) -> None:
    """Put every partition of every topic on these brokers, and wait until it is there."""
    topics = run_tool("kafka-topics", "--bootstrap-server", bootstrap, "--describe").stdout
    found = re.findall(r"Topic: (\S+)\tPartition: (\d+)", topics)
    partitions = [{"topic": topic, "partition": int(index), "replicas": replicas} for topic, index in found]
    assert partitions, topics
    plan.write_text(json.dumps({"version": 1, "partitions": partitions}))
    command = ["kafka-reassign-partitions", "--bootstrap-server", bootstrap, "--reassignment-json-file", str(plan)]
    started = run_tool(*command, "--execute")
    assert "Successfully started" in started.stdout, started.stdout + started.stderr
    for _ in range(60):
        verified = run_tool(*command, "--verify").stdout
        if verified.count("is completed") == len(partitions):
            return
    raise AssertionError(verified)


def test_to_a_cluster(kafkalite: KafkaliteProcess, tmp_path: pathlib.Path) -> None:
    """One machine is outgrown: a second broker joins, gets a replica of everything, and then leads everything."""
    kafkalite.start()
    Writer(kafkalite.port, 1).write()
    before = read_state(kafkalite.port, MIDDLE_MS)
    kafkalite.stop()
    with apache_kafka(kafkalite.data_directory) as kafka:
        second = add_broker(kafka, tmp_path / "second", before.cluster_id)
        try:
            reassign(kafka.bootstrap_servers, tmp_path / "both.json", [1, 2])
            reassign(kafka.bootstrap_servers, tmp_path / "moved.json", [2])
            assert_equal(settled(second.port), before)
        finally:
            second.stop()


def test_a_metadata_log_whose_start_is_gone(kafkalite: KafkaliteProcess) -> None:
    """Kafka keeps a snapshot and removes the log before it; it looks for something to remove once a minute."""
    small = {"internal.metadata.log.segment.bytes": "8192", "metadata.max.retention.bytes": "9000"}
    metadata = kafkalite.data_directory / "__cluster_metadata-0"
    with apache_kafka(kafkalite.data_directory, **SNAPSHOTS_OFTEN, **small) as kafka:
        writer = Writer(kafka.port, 1)
        writer.write()
        for _ in range(250):
            writer.change_settings()
        deadline = time.monotonic() + 150
        while (metadata / "00000000000000000000.log").exists() and time.monotonic() < deadline:
            hold_at_broker(kafka.port, "orders", 500)
        before = settled(kafka.port)
    assert not (metadata / "00000000000000000000.log").exists()

    kafkalite.start()
    assert_equal(read_state(kafkalite.port, MIDDLE_MS), before)
    Writer(kafkalite.port, 2).write()
    after = read_state(kafkalite.port, MIDDLE_MS)
    kafkalite.restart()
    assert_equal(read_state(kafkalite.port, MIDDLE_MS), after)
    kafkalite.stop()

    with apache_kafka(kafkalite.data_directory, **SNAPSHOTS_OFTEN, **small) as kafka:
        assert_equal(settled(kafka.port), after)
