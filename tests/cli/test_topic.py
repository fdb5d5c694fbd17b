"""Topics from the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from types import SimpleNamespace

import pytest

from kafkalite.cli.topic import missing_topic_text
from tests.cli.conftest import Outcome

Run = Callable[..., Outcome]


def described(run: Run, topic: str) -> dict[str, object]:
    [facts] = json.loads(run("topic", "describe", topic, "-o", "json").output)
    return facts


def test_create_describe_delete(run: Run, topic: str) -> None:
    assert run("topic", "create", topic, "-p", "3", "-c", "retention.ms=60000").lines == [
        f"{topic} created (3 partitions)"
    ]
    facts = described(run, topic)
    assert facts["configs"] == {"retention.ms": "60000"}
    assert [(p["partition"], p["start_offset"], p["end_offset"]) for p in facts["partitions"]] == [
        (0, 0, 0),
        (1, 0, 0),
        (2, 0, 0),
    ]
    assert len(str(facts["topic_id"])) == 22
    assert run("topic", "delete", topic).lines == [f"{topic} deleted"]
    assert topic not in run("topic", "list").output


def test_a_table_for_people(run: Run, topic: str) -> None:
    run("topic", "create", topic, "-p", "2", "-c", "cleanup.policy=compact")
    run("produce", topic, "-p", "1", "-k", ":", stdin=b"k:v\n")
    lines = run("topic", "describe", topic).lines
    assert lines[0].startswith(f"{topic}  id ")
    assert lines[1] == "  cleanup.policy=compact"
    assert lines[2].split() == ["PARTITION", "LEADER", "REPLICAS", "ISR", "START", "OFFSET", "END", "OFFSET"]
    assert [line.split()[-1] for line in lines[3:]] == ["0", "1"]


def test_one_that_exists(run: Run, topic: str) -> None:
    run("topic", "create", topic)
    outcome = run("topic", "create", topic)
    assert (outcome.exit_code, outcome.output) == (1, "")
    assert outcome.errors.startswith(f"kafkalite: {topic}: TOPIC_ALREADY_EXISTS")
    assert run("topic", "create", topic, "--if-not-exists").lines == [f"{topic} exists"]


def test_dry_run_creates_nothing(run: Run, topic: str) -> None:
    assert run("topic", "create", topic, "-p", "4", "--dry-run").exit_code == 0
    assert topic not in run("topic", "list").output


def test_a_config_that_does_not_exist(run: Run, topic: str) -> None:
    outcome = run("topic", "create", topic, "-c", "no.such=1")
    assert outcome.exit_code == 1
    assert "INVALID_CONFIG" in outcome.errors
    assert run("topic", "create", topic, "-c", "novalue").exit_code == 2


def test_list_as_json(run: Run, topic: str) -> None:
    run("topic", "create", topic, "-p", "2")
    rows = {row["name"]: row for row in json.loads(run("topic", "list", "-o", "json").output)}
    assert rows[topic] == {"name": topic, "partitions": 2, "internal": False}
    assert {"name": topic, "partitions": 2, "internal": False} in [
        json.loads(line) for line in run("topic", "list", "-o", "jsonl").lines
    ]


def test_alter_configs_and_partitions(run: Run, topic: str) -> None:
    run("topic", "create", topic, "-p", "1", "-c", "retention.ms=1000", "-c", "segment.ms=5000")
    outcome = run("topic", "alter", topic, "-p", "3", "-c", "retention.ms=2000", "--delete-config", "segment.ms")
    assert outcome.lines == [f"{topic} altered"]
    facts = described(run, topic)
    assert facts["configs"] == {"retention.ms": "2000"}
    assert len(facts["partitions"]) == 3


def test_alterations_that_fail(run: Run, topic: str) -> None:
    run("topic", "create", topic, "-p", "2")
    outcome = run("topic", "alter", topic, "-p", "1")
    assert outcome.exit_code == 1
    assert "INVALID_PARTITIONS" in outcome.errors
    outcome = run("topic", "alter", topic, "-c", "retention.ms=soon")
    assert outcome.exit_code == 1
    assert "INVALID_CONFIG" in outcome.errors
    assert run("topic", "alter", topic).exit_code == 2


def test_dry_run_alters_nothing(run: Run, topic: str) -> None:
    run("topic", "create", topic, "-p", "1")
    outcome = run("topic", "alter", topic, "-p", "2", "-c", "retention.ms=5", "--dry-run")
    assert outcome.lines == [f"{topic} would be altered"]
    facts = described(run, topic)
    assert (facts["configs"], len(facts["partitions"])) == ({}, 1)


def test_describe_names_what_is_missing(run: Run, topic: str) -> None:
    run("topic", "create", topic)
    outcome = run("topic", "describe", topic, f"{topic}-not")
    assert outcome.exit_code == 1
    assert outcome.output.startswith(topic)
    assert outcome.errors == f"kafkalite: {missing_topic_text(f'{topic}-not')}\n"


def test_delete_what_is_missing(run: Run, topic: str) -> None:
    outcome = run("topic", "delete", topic)
    assert (outcome.exit_code, outcome.errors) == (1, f"kafkalite: there is no topic {topic}\n")
    assert run("topic", "delete", topic, "--if-exists") == Outcome(0, "", "")


def test_delete_asks_a_person(run: Run, topic: str, monkeypatch: pytest.MonkeyPatch) -> None:
    run("topic", "create", topic)
    assert run("topic", "delete", topic, "--dry-run").lines == [f"{topic} would be deleted"]
    monkeypatch.setattr("kafkalite.cli.topic.sys", SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: True)))
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda _: "n")
    assert run("topic", "delete", topic).exit_code == 130
    assert topic in run("topic", "list").output
    assert run("topic", "delete", topic, "--yes").exit_code == 0


def test_every_answer_as_json_lines(run: Run, topic: str) -> None:
    def rows(*arguments: str) -> list[dict[str, object]]:
        return [json.loads(line) for line in run("topic", *arguments, "-o", "jsonl").lines]

    made = {"name": topic, "result": "created", "partitions": 2, "error": None}
    assert rows("create", topic, "-p", "2") == [made]
    [again] = rows("create", topic)
    assert (again["result"], str(again["error"]).split(":")[0]) == ("failed", "TOPIC_ALREADY_EXISTS")
    assert rows("create", topic, "--if-not-exists") == [made | {"result": "exists", "partitions": None}]
    assert rows("alter", topic, "-p", "3") == [{"name": topic, "result": "altered", "errors": None}]
    [failed] = rows("alter", topic, "-p", "1")
    assert (failed["result"], len(failed["errors"])) == ("failed", 1)  # type: ignore[arg-type]
    run("produce", topic, "-p", "0", stdin=b"x")
    assert rows("delete-records", topic, "-p", "0", "--before", "end") == [
        {"topic": topic, "partition": 0, "before": 1, "offsets": 1}
    ]
    [described] = rows("describe", topic)
    assert described["partitions"][0]["start_offset"] == 1  # type: ignore[index]
    assert rows("delete", topic) == [made | {"result": "deleted", "partitions": None}]
