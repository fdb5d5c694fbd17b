"""Transactions from the command line."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator
from typing import NamedTuple

import pytest
from confluent_kafka import KafkaException, Producer

from tests.cli.conftest import Outcome

Run = Callable[..., Outcome]
PATIENCE_S = 30.0


class Open(NamedTuple):
    """A running transaction that has written one record to partition 0 of a topic."""

    transactional_id: str
    topic: str
    producer: Producer


@pytest.fixture
def running(run: Run, bootstrap: str, topic: str) -> Iterator[Open]:
    """A transaction that runs."""
    run("topic", "create", topic, "-p", "2")
    name = f"txn-{uuid.uuid4().hex[:12]}"
    producer = Producer({"bootstrap.servers": bootstrap, "transactional.id": name, "log_level": 0})
    producer.init_transactions(PATIENCE_S)
    producer.begin_transaction()
    producer.produce(topic, b"x", partition=0)
    assert producer.flush(PATIENCE_S) == 0
    yield Open(name, topic, producer)
    try:
        producer.abort_transaction(PATIENCE_S)
    except KafkaException:
        pass  # the test ended it


def rows_of(outcome: Outcome) -> list[dict[str, object]]:
    assert outcome.exit_code == 0, outcome.errors
    return [json.loads(line) for line in outcome.lines]


def state(run: Run, name: str) -> object:
    [row] = rows_of(run("txn", "describe", name, "-o", "jsonl"))
    return row["state"]


def test_list_with_filters(run: Run, running: Open) -> None:
    rows = {row["transactional_id"]: row for row in rows_of(run("txn", "list", "-o", "jsonl"))}
    row = rows[running.transactional_id]
    assert row["state"] == "Ongoing"
    assert running.transactional_id in run("txn", "list", "--state", "ongoing").output
    assert running.transactional_id not in run("txn", "list", "--state", "Empty", "--state", "Dead").output
    assert running.transactional_id in run("txn", "list", "--producer-id", str(row["producer_id"])).output
    assert running.transactional_id not in run("txn", "list", "--min-age", "1h").output
    assert run("txn", "list", "--state", "Running").exit_code == 2


def test_describe(run: Run, running: Open) -> None:
    [row] = rows_of(run("txn", "describe", running.transactional_id, "-o", "jsonl"))
    assert row["partitions"] == [{"topic": running.topic, "partition": 0}]
    assert (row["state"], row["timeout_ms"]) == ("Ongoing", 60_000)
    assert str(row["started"]).endswith("Z")
    assert isinstance(row["age_ms"], int)
    assert f" {running.topic}-0" in run("txn", "describe", running.transactional_id).lines[1]
    running.producer.commit_transaction(PATIENCE_S)
    [row] = rows_of(run("txn", "describe", running.transactional_id, "-o", "jsonl"))
    assert (row["started"], row["age_ms"], row["partitions"]) == (None, None, [])


def test_producers_of_a_partition(run: Run, running: Open) -> None:
    [row] = rows_of(run("txn", "producers", f"{running.topic}:0", "-o", "jsonl"))
    assert (row["topic"], row["partition"], row["transaction_start_offset"]) == (running.topic, 0, 0)
    assert rows_of(run("txn", "producers", f"{running.topic}:1", "-o", "jsonl")) == []
    assert len(rows_of(run("txn", "producers", running.topic, "--open", "-o", "jsonl"))) == 1
    running.producer.commit_transaction(PATIENCE_S)
    assert rows_of(run("txn", "producers", running.topic, "--open", "-o", "jsonl")) == []


def test_abort_fences_the_producer(run: Run, running: Open) -> None:
    name = running.transactional_id
    assert run("txn", "abort", name, "--dry-run").lines == [f"the transaction of {name} would be aborted"]
    assert state(run, name) == "Ongoing"
    assert run("txn", "abort", name).lines == [f"the transaction of {name} aborted"]
    assert state(run, name) != "Ongoing"
    with pytest.raises(KafkaException):
        running.producer.commit_transaction(PATIENCE_S)
    assert run("consume", running.topic, "-e").output == ""
    outcome = run("txn", "abort", name)
    assert (outcome.exit_code, outcome.errors.startswith(f"kafkalite: {name} has no running transaction")) == (1, True)


def test_abort_in_one_partition(run: Run, running: Open) -> None:
    place = f"{running.topic}:0"
    outcome = run("txn", "abort", "--partition", place, "--start-offset", "7")
    assert (outcome.exit_code, outcome.errors) == (
        1,
        f"kafkalite: no open transaction of {running.topic}-0 starts at offset 7; there are some at 0\n",
    )
    outcome = run("txn", "abort", "--partition", place, "--start-offset", "0", "--dry-run")
    assert outcome.lines[0].endswith(f" in {place}, from offset 0 would be aborted")
    [row] = rows_of(run("txn", "abort", "--partition", place, "--start-offset", "0", "-o", "jsonl"))
    assert row["result"] == "aborted"
    assert rows_of(run("txn", "producers", place, "--open", "-o", "jsonl")) == []
    assert run("consume", running.topic, "-e") == Outcome(0, "", "")  # it is over, and its record is not shown
    outcome = run("txn", "abort", "--partition", place, "--start-offset", "0")
    assert "nor at another one" in outcome.errors


def test_names_that_do_not_exist(run: Run, running: Open) -> None:
    for verb in ("describe", "abort"):
        outcome = run("txn", verb, f"{running.transactional_id}x")
        assert outcome.exit_code == 1
        assert outcome.errors.startswith(
            f"kafkalite: there is no transactional id {running.transactional_id}x; did you mean "
        )
    outcome = run("txn", "producers", f"{running.topic}x")
    assert outcome.errors.startswith(f"kafkalite: there is no topic {running.topic}x; did you mean {running.topic}")
    outcome = run("txn", "producers", f"{running.topic}:9")
    assert outcome.errors == f"kafkalite: topic {running.topic} has no partition 9 (it has 2)\n"


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("id", "--partition", "t:0", "--start-offset", "0"),
        ("--partition", "t:0"),
        ("id", "--start-offset", "0"),
    ],
)
def test_wrong_command_lines(run: Run, arguments: tuple[str, ...]) -> None:
    outcome = run("txn", "abort", *arguments)
    assert outcome.exit_code == 2
    assert "either a TRANSACTIONAL_ID, or --partition and --start-offset" in outcome.errors


def test_partitions_must_be_said_exactly(run: Run, topic: str) -> None:
    run("topic", "create", topic, "-p", "2")
    outcome = run("txn", "abort", "--partition", topic, "--start-offset", "0")
    assert (outcome.exit_code, "is more than one partition" in outcome.errors) == (2, True)
    assert run("txn", "producers", ":").exit_code == 2
