"""The cluster at a glance."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from kafkalite.cli import cluster
from kafkalite.cli.cluster import Parts, size_text
from kafkalite.client.errors import BrokerError
from kafkalite.protocol.errors import CLUSTER_AUTHORIZATION_FAILED
from tests.cli.conftest import Outcome

Run = Callable[..., Outcome]


def test_everything_as_json(run: Run, bootstrap: str, topic: str) -> None:
    run("topic", "create", topic)
    [facts] = json.loads(run("cluster", "-o", "json").output)
    [broker] = facts["brokers"]
    assert f"{broker['host']}:{broker['port']}" == bootstrap
    assert (facts["controller"], facts["release"], broker["fenced"]) == (broker["broker"], "4.4", False)
    assert broker["listeners"][0].startswith("PLAINTEXT://")
    levels = {one["feature"]: one["level"] for one in facts["features"]}
    assert levels["metadata.version"] > 0
    [directory] = facts["log_directories"]
    assert (directory["error"], directory["partitions"] > 0, directory["usable_bytes"] > 0) == (None, True, True)


def test_tables_for_people(run: Run) -> None:
    lines = run("cluster").lines
    assert [line.split()[0] for line in lines[:3]] == ["cluster", "release", "controller"]
    headings = [line.split() for line in lines if line.isupper()]
    assert ["BROKER", "ADDRESS", "RACK", "FENCED", "LISTENERS"] in headings
    assert ["FEATURE", "LEVEL", "SUPPORTED"] in headings
    assert ["BROKER", "LOG", "DIRECTORY", "PARTITIONS", "SIZE", "FREE", "STATE"] in headings


def test_parts_that_are_refused_are_said(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_client: object) -> None:
        raise BrokerError(CLUSTER_AUTHORIZATION_FAILED)

    monkeypatch.setattr(cluster, "describe_log_directories", refuse)
    outcome = run("cluster", "-o", "json")
    assert outcome.exit_code == 1
    assert outcome.errors == "kafkalite: log directories: CLUSTER_AUTHORIZATION_FAILED\n"
    assert json.loads(outcome.output)[0]["log_directories"] == []


def test_what_is_not_refused_is_returned() -> None:
    parts = Parts()
    assert parts.ask("x", lambda: 5) == 5
    assert parts.failures == []


@pytest.mark.parametrize(
    ("size", "text"), [(0, "0 B"), (1023, "1023 B"), (1536, "1.5 KiB"), (3 << 30, "3.0 GiB"), (5 << 40, "5.0 TiB")]
)
def test_sizes(size: int, text: str) -> None:
    assert size_text(size) == text
