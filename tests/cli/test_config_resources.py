"""Properties of a running cluster."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable

import pytest

from kafkalite.cli.config_resources import parse_change
from kafkalite.client.admin import APPEND, SET, SUBTRACT
from tests.cli.conftest import Outcome

Run = Callable[..., Outcome]
MAX_QUESTIONS = 200


def rows_of(outcome: Outcome) -> list[dict[str, object]]:
    assert outcome.exit_code == 0, outcome.errors
    return [json.loads(line) for line in outcome.lines]


def values(run: Run, *arguments: str) -> dict[str, object]:
    return {str(row["key"]): row["value"] for row in rows_of(run("config", "get", *arguments, "-o", "jsonl"))}


def test_set_get_unset_of_a_topic(run: Run, topic: str) -> None:
    run("topic", "create", topic)
    assert run("config", "get", "topic", topic).lines == [
        f"nothing is set for topic {topic} (--all shows the defaults)"
    ]
    outcome = run("config", "set", "topic", topic, "retention.ms=60000", "cleanup.policy+=compact")
    assert outcome.lines == [f"topic {topic} altered"]
    assert values(run, "topic", topic) == {"cleanup.policy": "delete,compact", "retention.ms": "60000"}
    run("config", "set", "topic", topic, "cleanup.policy-=delete")
    assert values(run, "topic", topic, "cleanup.policy") == {"cleanup.policy": "compact"}
    everywhere = rows_of(run("config", "get", "topic", "-o", "jsonl"))
    assert [(row["key"], row["value"]) for row in everywhere if row["name"] == topic] == [
        ("cleanup.policy", "compact"),
        ("retention.ms", "60000"),
    ]
    rows = rows_of(run("config", "unset", "topic", topic, "retention.ms", "cleanup.policy", "-o", "jsonl"))
    assert [(row["key"], row["operation"], row["result"]) for row in rows] == [
        ("retention.ms", "unset", "altered"),
        ("cleanup.policy", "unset", "altered"),
    ]
    assert values(run, "topic", topic) == {}


def test_defaults_are_shown_when_asked_for(run: Run, topic: str) -> None:
    run("topic", "create", topic)
    [row] = rows_of(run("config", "get", "topic", topic, "retention.ms", "-o", "jsonl"))
    assert (row["value"], row["source"], row["sensitive"]) == ("604800000", "DEFAULT_CONFIG", False)
    assert len(values(run, "topic", topic, "--all")) > 20
    assert run("config", "get", "topic", topic, "retention.ms").lines[0].split() == [
        "TYPE",
        "NAME",
        "KEY",
        "VALUE",
        "SOURCE",
    ]


def test_dry_run_changes_nothing(run: Run, topic: str) -> None:
    run("topic", "create", topic)
    outcome = run("config", "set", "topic", topic, "retention.ms=5", "--dry-run")
    assert outcome.lines == [f"topic {topic} would be altered"]
    assert values(run, "topic", topic) == {}


def eventually(run: Run, *arguments: str, **expected: object) -> None:
    """Ask until a property is as expected: Apache Kafka shows those of brokers once it has applied them."""
    for _ in range(MAX_QUESTIONS):
        rows = rows_of(run("config", "get", *arguments, "-o", "jsonl"))
        if any(expected.items() <= row.items() for row in rows):
            return
    raise AssertionError(rows)


def test_brokers_and_what_they_share(run: Run) -> None:
    [broker] = json.loads(run("cluster", "-o", "json").output)[0]["brokers"]
    broker_id = str(broker["broker"])
    shared, own = "DYNAMIC_DEFAULT_BROKER_CONFIG", "DYNAMIC_BROKER_CONFIG"
    try:
        run("config", "set", "broker", "default", "log.retention.ms=100000000")
        eventually(run, "broker", "default", key="log.retention.ms", value="100000000", source=shared)
        run("config", "set", "broker", broker_id, "log.retention.ms=200000000")
        eventually(run, "broker", broker_id, "log.retention.ms", value="200000000", source=own)
        eventually(run, "broker", name="default", value="100000000")
        eventually(run, "broker", name=broker_id, value="200000000")
        run("config", "unset", "broker", broker_id, "log.retention.ms")
        eventually(run, "broker", broker_id, "log.retention.ms", value="100000000", source=shared)
    finally:
        run("config", "unset", "broker", broker_id, "log.retention.ms")
        run("config", "unset", "broker", "default", "log.retention.ms")
    outcome = run("config", "set", "broker", broker_id, "node.id=7")
    assert outcome.exit_code == 1
    assert outcome.errors.startswith(f"kafkalite: broker {broker_id}: INVALID_REQUEST: ")


def test_groups_and_client_metrics(run: Run) -> None:
    name = f"name-{uuid.uuid4().hex[:12]}"
    run("config", "set", "group", name, "consumer.session.timeout.ms=50000")
    assert values(run, "group", name) == {"consumer.session.timeout.ms": "50000"}
    assert name in {row["name"] for row in rows_of(run("config", "get", "group", "-o", "jsonl"))}
    run("config", "unset", "group", name, "consumer.session.timeout.ms")
    assert values(run, "group", name) == {}
    run("config", "set", "client-metrics", name, "interval.ms=1000", "metrics=*")
    assert values(run, "client-metrics", name)["interval.ms"] == "1000"
    assert name in {row["name"] for row in rows_of(run("config", "get", "client-metrics", "-o", "jsonl"))}
    run("config", "unset", "client-metrics", name, "interval.ms", "metrics")
    assert "interval.ms" not in values(run, "client-metrics", name)


def test_loggers_of_a_broker(run: Run) -> None:
    [broker] = json.loads(run("cluster", "-o", "json").output)[0]["brokers"]
    rows = rows_of(run("config", "get", "broker-logger", str(broker["broker"]), "root", "-o", "jsonl"))
    assert [row["key"] for row in rows] == ["root"]


@pytest.mark.parametrize("arguments", [("get",), ("set", "retention.ms=5"), ("unset", "retention.ms")])
def test_a_topic_that_does_not_exist(run: Run, topic: str, arguments: tuple[str, ...]) -> None:
    run("topic", "create", topic)
    verb, *changes = arguments
    outcome = run("config", verb, "topic", f"{topic}x", *changes)
    assert outcome.exit_code == 1
    assert outcome.errors.startswith(f"kafkalite: there is no topic {topic}x; did you mean {topic}")


def test_properties_that_do_not_exist(run: Run, topic: str) -> None:
    run("topic", "create", topic)
    outcome = run("config", "get", "topic", topic, "retention.mss")
    assert outcome.exit_code == 1
    assert f"topic {topic} has no property retention.mss; did you mean retention.ms or " in outcome.errors
    outcome = run("config", "set", "topic", topic, "retention.mss=1")
    assert outcome.exit_code == 1
    assert outcome.errors.startswith(f"kafkalite: topic {topic}: INVALID_CONFIG: ")


def test_brokers_that_do_not_exist(run: Run) -> None:
    for verb in ("get", "set", "unset"):
        outcome = run("config", verb, "broker", "4711", *(["a=b"] if verb == "set" else ["a"]))
        assert (outcome.exit_code, outcome.errors) == (1, "kafkalite: the cluster has no broker 4711\n")
    outcome = run("config", "get", "broker", "one")
    assert (outcome.exit_code, "'one' is not a broker's id or default" in outcome.errors) == (2, True)
    assert run("config", "get", "broker-logger", "default").exit_code == 2
    assert run("config", "get", "table", "x").exit_code == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a=b", ("a", (SET, "b"))),
        ("a=", ("a", (SET, ""))),
        ("a=b=c", ("a", (SET, "b=c"))),
        ("a.b-c=+x", ("a.b-c", (SET, "+x"))),
        ("a+=b", ("a", (APPEND, "b"))),
        ("a-=b", ("a", (SUBTRACT, "b"))),
    ],
)
def test_changes(text: str, expected: object) -> None:
    assert parse_change(text) == expected


@pytest.mark.parametrize("text", ["a", "=b", "", "a b=c"])
def test_malformed_changes(run: Run, text: str) -> None:
    outcome = run("config", "set", "topic", "t", text)
    assert (outcome.exit_code, "is not KEY=VALUE" in outcome.errors) == (2, True)
