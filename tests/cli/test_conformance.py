"""Judging a broker from the command line."""

from __future__ import annotations

import json
import pathlib
from collections.abc import Callable

from kafkalite.conformance.settings import BROKER_SETTINGS
from tests.cli.conftest import Outcome


def test_a_broker_that_answers_as_apache_kafka_does(
    run: Callable[..., Outcome], bootstrap: str, tmp_path: pathlib.Path
) -> None:
    report = tmp_path / "report.json"
    outcome = run("conformance", "-b", bootstrap, "--api", "describecluster", "--report", str(report))
    assert outcome.exit_code == 0, outcome.output
    assert outcome.lines[0].split()[:4] == ["ok", "DescribeCluster", "v0-2", "5"]
    assert "0 differ" in outcome.lines[-1]
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
    assert f"compared with {bootstrap}: 0 differ" in outcome.lines[-1]


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
