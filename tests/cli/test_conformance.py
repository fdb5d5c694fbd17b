"""Judging a broker from the command line."""

from __future__ import annotations

import itertools
import json
import pathlib
from collections.abc import Callable, Iterator

import pytest

from kafkalite.conformance.settings import BROKER_SETTINGS
from tests.cli.conftest import Outcome
from tests.conformance.scripted_broker import API_KEYS, CLOSE, Die, Said, ScriptedBroker


def test_a_broker_that_answers_as_apache_kafka_does(
    run: Callable[..., Outcome], bootstrap: str, tmp_path: pathlib.Path
) -> None:
    report = tmp_path / "report.json"
    outcome = run("conformance", "-b", bootstrap, "--api", "describecluster", "--report", str(report))
    assert outcome.exit_code == 0, outcome.output
    assert outcome.lines[0].split()[:4] == ["ok", "DescribeCluster", "v0-2", "5"]
    assert "0 differ" in outcome.lines[-2]
    assert outcome.lines[-1].startswith("Next: nothing")
    assert json.loads(report.read_text())["apis"][0]["plays"] == 5


def test_strictly_intended_differences_count(run: Callable[..., Outcome], bootstrap: str) -> None:
    outcome = run("conformance", "-b", bootstrap, "--api", "DescribeTopicPartitions", "--strict")
    assert outcome.exit_code == 1
    assert outcome.lines[0] == "DescribeTopicPartitions v0: partitions of topics"
    relaxed = run("conformance", "-b", bootstrap, "--api", "DescribeTopicPartitions", "-v")
    assert relaxed.exit_code == 0
    assert "; intended: " in relaxed.output


def test_one_broker_is_judged_by_another(run: Callable[..., Outcome], bootstrap: str) -> None:
    outcome = run("conformance", "-b", bootstrap, "--against", bootstrap, "--api", "OffsetForLeaderEpoch", "--strict")
    assert outcome.exit_code == 0, outcome.output
    assert f"compared with {bootstrap}: 0 differ" in outcome.lines[-2]


def test_what_the_settings_leave_out_is_named_and_the_last_line_says_what_to_do(
    run: Callable[..., Outcome], bootstrap: str
) -> None:
    outcome = run("conformance", "-b", bootstrap, "--api", "ConsumerGroupHeartbeat")
    assert outcome.exit_code == 0, outcome.output
    [line] = [line for line in outcome.lines if "more members than a group may have" in line]
    assert "group.consumer.max.size=2 (here 2147483647)" in line
    assert "kafkalite conformance --settings" in outcome.lines[-1]


def test_progress_is_told_in_lines_without_a_terminal(run: Callable[..., Outcome], bootstrap: str) -> None:
    outcome = run("conformance", "-b", bootstrap, "--api", "Produce")
    assert outcome.exit_code == 0, outcome.output
    assert outcome.errors.startswith(f"Judging {bootstrap}: 100 of ")


@pytest.fixture
def broken() -> Iterator[Callable[..., ScriptedBroker]]:
    """Return a function that starts a broker which answers a number of requests for its versions, and then so."""
    brokers: list[ScriptedBroker] = []

    def start(answers_count: int, said: Said) -> ScriptedBroker:
        counted = itertools.count(1)
        brokers.append(
            ScriptedBroker(lambda *asked: API_KEYS if next(counted) <= answers_count else said, asks_all=True)
        )
        return brokers[-1]

    yield start
    for broker in brokers:
        broker.close()


def test_a_broker_that_ends_is_told_with_the_results_so_far(
    run: Callable[..., Outcome], broken: Callable[..., ScriptedBroker], tmp_path: pathlib.Path
) -> None:
    broker = broken(1, Die())
    address = f"127.0.0.1:{broker.address[1]}"
    report = tmp_path / "report.xml"
    outcome = run("conformance", "-b", address, "--api", "Heartbeat", "--report", str(report))
    assert outcome.exit_code == 3, outcome.output
    [line] = [line for line in outcome.lines if line.startswith("Stopped early: ")]
    assert f"{address} is gone: cannot connect any more" in line
    assert outcome.lines[-1].startswith("Next: see the log of the broker")
    assert "not played" in report.read_text() or "not finished" in report.read_text()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (CLOSE, "ApiVersions: connection closed"),
        (b"HTTP/1.1 400 Bad Request", "ApiVersions: undecodable: byte 0: a length of 1213486160 bytes"),
        (b"\0\0\0\4\0\0\0\1", "ApiVersions: undecodable: byte 4: Body.ErrorCode: needs 2 bytes, 0 left"),
    ],
)
def test_what_is_no_broker_is_told(
    run: Callable[..., Outcome], broken: Callable[..., ScriptedBroker], said: Said, words: str
) -> None:
    address = f"127.0.0.1:{broken(0, said).address[1]}"
    outcome = run("conformance", "-b", address, "--api", "Heartbeat")
    assert outcome.exit_code == 1
    assert outcome.errors == f"kafkalite: no Kafka answers at {address}: {words}\n"


def test_a_time_limit_that_leaves_no_time(run: Callable[..., Outcome]) -> None:
    assert "--time-limit" in run("conformance", "--time-limit", "0").errors


def test_lists_and_settings_need_no_broker(run: Callable[..., Outcome]) -> None:
    listed = run("conformance", "-b", "127.0.0.1:1", "--list", "--api", "EndTxn")
    assert listed.lines[0] == "EndTxn: a transaction is committed (v0-5)"
    settings = run("conformance", "--settings")
    assert dict(line.split("=") for line in settings.lines) == BROKER_SETTINGS


def test_wrong_command_lines(run: Callable[..., Outcome]) -> None:
    assert "no conversation is about nonsense" in run("conformance", "--api", "nonsense").errors
    assert "not 'x.pdf'" in run("conformance", "--report", "x.pdf").errors
    assert "is not HOST:PORT" in run("conformance", "-b", "nowhere").errors


def test_nobody_answers(run: Callable[..., Outcome]) -> None:
    outcome = run("conformance", "-b", "127.0.0.1:1", "--api", "EndTxn")
    assert outcome.exit_code == 1
    assert outcome.errors == "kafkalite: no broker answers at 127.0.0.1:1; start one with: kafkalite\n"
