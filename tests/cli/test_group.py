"""Groups from the command line, with members of both protocols."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import NamedTuple

import pytest
from confluent_kafka import Consumer

from kafkalite.cli import watching
from tests.cli.conftest import Outcome

Run = Callable[..., Outcome]
PATIENCE_S = 30.0


class Membership(NamedTuple):
    """A group with one member that has read and committed two records of each of two partitions."""

    group: str
    topic: str
    protocol: str
    leave: Callable[[], None]


@pytest.fixture
def group() -> str:
    """A group name that no other test has."""
    return f"group-{uuid.uuid4().hex[:12]}"


@pytest.fixture
def orders(run: Run, topic: str) -> str:
    """A topic with two partitions of two records."""
    run("topic", "create", topic, "-p", "2")
    for partition in ("0", "1"):
        assert run("produce", topic, "-p", partition, stdin=b"a\nb\n").exit_code == 0
    return topic


@pytest.fixture(params=["classic", "consumer"])
def membership(request: pytest.FixtureRequest, bootstrap: str, group: str, orders: str) -> Iterator[Membership]:
    """A group with a member."""
    consumer = Consumer(
        {
            "bootstrap.servers": bootstrap,
            "group.id": group,
            "group.protocol": request.param,
            "client.id": "reader",
            "auto.offset.reset": "earliest",
            "enable.auto.commit": False,
        }
    )
    consumer.subscribe([orders])
    records = [consumer.poll(PATIENCE_S) for _ in range(4)]
    assert all(record is not None and record.error() is None for record in records)
    consumer.commit(asynchronous=False)
    yield Membership(group, orders, request.param, consumer.close)
    consumer.close()


def rows_of(outcome: Outcome) -> list[dict[str, object]]:
    assert outcome.exit_code == 0, outcome.errors
    return [json.loads(line) for line in outcome.lines]


def committed(run: Run, group: str) -> dict[int, object]:
    return {row["partition"]: row["committed"] for row in rows_of(run("group", "lag", group, "-o", "jsonl"))}


def test_list_shows_state_and_type(run: Run, membership: Membership) -> None:
    rows = {row["group"]: row for row in rows_of(run("group", "list", "-o", "jsonl"))}
    assert rows[membership.group] == {
        "group": membership.group,
        "state": "Stable",
        "type": membership.protocol,
        "protocol_type": "consumer",
        "coordinator": rows[membership.group]["coordinator"],
    }
    assert membership.group in run("group", "list", "--state", "stable", "--type", membership.protocol).output
    assert membership.group not in run("group", "list", "--state", "Empty").output
    assert membership.group not in run("group", "list", "--type", "share").output


def test_describe_shows_members_and_their_partitions(run: Run, membership: Membership) -> None:
    [facts] = json.loads(run("group", "describe", membership.group, "-o", "json").output)
    assert (facts["type"], facts["state"]) == (membership.protocol, "Stable")
    assert (facts["epoch"] is not None) == (membership.protocol == "consumer")
    [member] = facts["members"]
    assert (member["client_id"], member["assignment"]) == ("reader", {membership.topic: [0, 1]})
    title, heading, line = run("group", "describe", membership.group).lines
    assert title.startswith(f"{membership.group}  {membership.protocol} group, Stable, assignor ")
    assert title.endswith(", 1 member")
    assert heading.split() == ["MEMBER", "ID", "CLIENT", "ID", "HOST", "INSTANCE", "ID", "ASSIGNMENT"]
    assert line.split()[-1] == f"{membership.topic}:0,1"


def test_lag_counts_what_is_not_committed(run: Run, membership: Membership) -> None:
    run("produce", membership.topic, "-p", "1", stdin=b"c\nd\ne\n")
    rows = rows_of(run("group", "lag", membership.group, "-o", "jsonl"))
    assert [(row["partition"], row["committed"], row["end_offset"], row["lag"]) for row in rows] == [
        (0, 2, 2, 0),
        (1, 2, 5, 3),
    ]
    assert {row["client_id"] for row in rows} == {"reader"}
    assert run("group", "lag", membership.group).lines[-1] == "total lag: 3"
    assert membership.group in run("group", "lag").output


def test_a_group_with_members_is_left_alone(run: Run, membership: Membership) -> None:
    outcome = run("group", "seek", membership.group, membership.topic, "--to", "start")
    assert outcome.exit_code == 1
    assert "has 1 member, which would overwrite the offsets: stop its consumers first" in outcome.errors
    outcome = run("group", "delete", membership.group, "-o", "jsonl")
    assert outcome.exit_code == 1
    assert json.loads(outcome.output) == {
        "group": membership.group,
        "offsets": 2,
        "error": "it has 1 member: stop its consumers first",
        "result": "failed",
    }
    outcome = run("group", "delete", membership.group, "--topic", membership.topic)
    assert (outcome.exit_code, outcome.errors) == (
        1,
        f"kafkalite: {membership.group}: its consumers are subscribed to the topic: stop them first\n",
    )
    assert committed(run, membership.group) == {0: 2, 1: 2}


def test_seek_and_delete_once_the_member_has_left(run: Run, membership: Membership) -> None:
    membership.leave()
    name, topic = membership.group, membership.topic
    outcome = run("group", "seek", name, f"{topic}:1", "--to", "1", "--dry-run")
    assert outcome.lines[-1] == f"{name}: 1 offset(s) would be set"
    assert committed(run, name) == {0: 2, 1: 2}
    assert run("group", "seek", name, f"{topic}:1", "--to", "1").lines[-1] == f"{name}: 1 offset(s) set"
    assert committed(run, name) == {0: 2, 1: 1}
    [row] = rows_of(run("group", "seek", name, f"{topic}:0", "--shift", "-5", "-o", "jsonl"))
    assert (row["committed"], row["new"], row["lag"], row["is_set"]) == (2, 0, 2, True)
    assert row["remark"] == "-3 is before the log: its start"
    run("group", "seek", name, "--all-topics", "--to", "2000-01-01T00:00")
    assert committed(run, name) == {0: 0, 1: 0}
    run("group", "seek", name, "--all-topics", "--to", "end")
    assert committed(run, name) == {0: 2, 1: 2}
    assert run("group", "delete", name, "--topic", f"{topic}:1", "--dry-run").lines == [
        f"{name}: 1 offset(s) would be deleted"
    ]
    assert run("group", "delete", name, "--topic", f"{topic}:1").lines == [f"{name}: 1 offset(s) deleted"]
    assert committed(run, name) == {0: 2}
    assert run("group", "delete", name, "--dry-run").lines == [f"{name} would be deleted"]
    assert run("group", "delete", name).lines == [f"{name} deleted"]
    assert run("group", "describe", name).exit_code == 1


def test_time_finds_the_first_record_that_is_new_enough(run: Run, group: str, topic: str) -> None:
    run("topic", "create", topic)
    record = '{"topic": "%s", "partition": 0, "ts": %d, "value": "x"}\n'
    lines = "".join(record % (topic, moment) for moment in (1_000, 2_000, 3_000))
    assert run("produce", topic, "--jsonl", stdin=lines.encode()).exit_code == 0
    outcome = run("group", "seek", group, topic, "--to", "1970-01-01T00:00:02+00:00", "--create", "-o", "jsonl")
    [row] = rows_of(outcome)
    assert (row["new"], row["remark"]) == (1, "")
    [row] = rows_of(run("group", "seek", group, topic, "--to", "1970-01-01T00:00:09+00:00", "-o", "jsonl"))
    assert (row["new"], row["remark"]) == (3, "no record is that new: the end")


def test_a_new_group_must_be_wanted(run: Run, group: str, orders: str) -> None:
    outcome = run("group", "seek", group, orders, "--to", "end")
    assert (outcome.exit_code, "(--create makes a new one)" in outcome.errors) == (1, True)
    assert run("group", "seek", group, orders, "--to", "end", "--create").exit_code == 0
    [facts] = json.loads(run("group", "describe", group, "-o", "json").output)
    assert (facts["state"], facts["members"]) == ("Empty", [])
    assert committed(run, group) == {0: 2, 1: 2}


def test_names_that_do_not_exist(run: Run, group: str, orders: str) -> None:
    for arguments in (("describe", group), ("lag", group), ("delete", group), ("seek", group, orders, "--to", "end")):
        outcome = run("group", *arguments)
        assert outcome.exit_code == 1
        assert outcome.errors.startswith(f"kafkalite: there is no group {group}")
    run("group", "seek", group, orders, "--to", "end", "--create")
    similar = run("group", "describe", f"{group}x")
    assert similar.errors.startswith(f"kafkalite: there is no group {group}x; did you mean {group}")
    outcome = run("group", "seek", group, f"{orders}x", "--to", "end")
    assert outcome.errors.startswith(f"kafkalite: there is no topic {orders}x; did you mean {orders}")
    outcome = run("group", "seek", group, f"{orders}:0,7", "--to", "end")
    assert outcome.errors == f"kafkalite: topic {orders} has no partition 7 (it has 2)\n"
    outcome = run("group", "delete", group, "--topic", f"{orders}:7")
    assert outcome.errors == f"kafkalite: group {group} has no committed offset of {orders}:7; did you mean {orders}?\n"
    assert run("group", "delete", group, "--topic", orders).exit_code == 0
    outcome = run("group", "seek", group, orders, "--shift", "1")
    assert outcome.exit_code == 1


def test_a_shift_needs_something_to_start_from(run: Run, group: str, orders: str) -> None:
    run("group", "seek", group, f"{orders}:0", "--to", "1", "--create")
    outcome = run("group", "seek", group, orders, "--shift", "1")
    assert (outcome.exit_code, outcome.errors) == (
        1,
        f"kafkalite: {orders}-1 has no committed offset to shift; leave it out, or use --to\n",
    )
    assert committed(run, group) == {0: 1}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("seek", "g", "--to", "end"), "name topics"),
        (("seek", "g", "t", "--all-topics", "--to", "end"), "name topics"),
        (("seek", "g", "t"), "either --to POSITION or --shift N"),
        (("seek", "g", "t", "--to", "end", "--shift", "1"), "either --to POSITION or --shift N"),
        (("seek", "g", "t", "--to", "soon"), "is no position"),
        (("seek", "g", "t:x", "--to", "end"), "is not TOPIC or TOPIC:PARTITION"),
        (("delete", "g", "--topic", "t:"), "is not TOPIC or TOPIC:PARTITION"),
        (("lag", "g", "--watch", "--interval", "soon"), "is not a span of time"),
        (("lag", "g", "--watch", "--interval", "0"), "must be longer than nothing"),
    ],
)
def test_wrong_command_lines(run: Run, arguments: tuple[str, ...], words: str) -> None:
    outcome = run("group", *arguments)
    assert outcome.exit_code == 2
    assert words in outcome.errors


def test_watching_shows_it_again(run: Run, group: str, orders: str, monkeypatch: pytest.MonkeyPatch) -> None:
    run("group", "seek", group, f"{orders}:0", "--to", "1", "--create")
    waits: list[float] = []

    def wait(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr(watching.time, "sleep", wait)
    outcome = run("group", "lag", "--watch", group, "-o", "jsonl")
    assert (outcome.exit_code, waits) == (130, [2.0, 2.0, 2.0])
    rows = [json.loads(line) for line in outcome.lines]
    assert [row["lag"] for row in rows] == [1, 1, 1]
    assert all(row["time"].endswith("+00:00") for row in rows)


def test_a_person_is_asked(run: Run, group: str, orders: str, monkeypatch: pytest.MonkeyPatch) -> None:
    run("group", "seek", group, orders, "--to", "end", "--create")
    terminal = SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr("kafkalite.cli.group.sys", terminal)
    monkeypatch.setattr("kafkalite.cli.group_seek.sys", terminal)
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda _: "n")
    assert run("group", "delete", group).exit_code == 130
    assert run("group", "seek", group, orders, "--to", "start").exit_code == 130
    assert committed(run, group) == {0: 2, 1: 2}
    assert run("group", "seek", group, orders, "--to", "start", "--yes").exit_code == 0
    assert run("group", "delete", group, "--yes").exit_code == 0
