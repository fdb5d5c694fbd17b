"""What has to be run again, under pytest's names."""

from __future__ import annotations

import pathlib

import pytest

from compat_tests.clients.roster import ROSTER
from compat_tests.upstream.suite_results import Outcome, SuiteResults, SuiteRun, load_results
from scripts.devtools.scoreboard import missing, stored
from tests.scripts.devtools.scoreboard.boards import FAILED, PASSED

ROOT = pathlib.Path(__file__).resolve().parents[4]
SKIPPED = Outcome("skipped", "4.4 refuses it")


def write(directory: pathlib.Path, suite: str, broker: str, outcomes: dict[str, Outcome]) -> None:
    results = SuiteResults(suite, suite, "1", "run me")
    results.runs[broker] = SuiteRun(broker, "2026-01-01", outcomes)
    stored.write(results, directory)


def test_what_never_ran_or_failed_is_missing_and_what_was_skipped_is_not(tmp_path: pathlib.Path) -> None:
    every = sorted(missing.expected("clients", "kafkalite"))
    outcomes = dict.fromkeys(every[3:], PASSED) | {every[0]: FAILED, every[1]: SKIPPED, "test_x.py::test_a": FAILED}
    write(tmp_path, "clients", "kafkalite", outcomes | {"test_x.py::test_b": PASSED})
    assert missing.find_missing("clients", "kafkalite", tmp_path) == [every[0], every[2], "test_x.py::test_a"]
    assert missing.find_missing("clients", "kafka", tmp_path) == [*every, "test_x.py::test_b"]
    assert not any(".py::" in test for test in missing.find_missing("clients", "kafka:3.9.2", tmp_path))


def test_slow_clients_and_old_releases_have_cells_of_their_own() -> None:
    fast, slow = missing.expected("clients", "kafkalite"), missing.expected("clients-slow", "kafkalite")
    assert fast and not fast & slow
    old = {test.partition("/")[0] for test in missing.expected("clients", "kafka:3.9.2")}
    assert old == {entry.name for entry in ROSTER if entry.needs_old_formats and not entry.is_slow}
    assert "Heartbeat: heartbeats" in missing.expected("conformance", "kafkalite")
    assert missing.expected("conformance", "kafka") == set() == missing.expected("apps", "kafkalite")


@pytest.mark.parametrize(
    ("suite", "test", "place"),
    [
        ("clients", "a-b/too_large", "compat_tests/clients/test_scenarios.py::test_scenario[a-b-too_large]"),
        ("conformance", "Fetch: a / b", f"{missing.CONVERSATION}[Fetch: a / b]"),
        ("clients", "test_transactions.py::test_a", "compat_tests/clients/test_transactions.py"),
        ("conformance", "test_transactions.py::test_a[x/y]", "compat_tests/side_by_side/test_transactions.py"),
    ],
)
def test_where_a_test_is_run(suite: str, test: str, place: str) -> None:
    assert missing.find_place(suite, test, ROOT) == place


def test_what_the_tree_does_not_have_any_more_is_forgotten(tmp_path: pathlib.Path) -> None:
    cell = min(missing.expected("clients", "kafkalite"))
    file = tmp_path / "compat_tests" / "clients" / "test_x.py"
    file.parent.mkdir(parents=True)
    file.write_text("class TestB:\n    def test_a(self) -> None: ...\n")
    stays = {cell: PASSED, "test_x.py::TestB::test_a[1]": PASSED}
    gone = {"gone/x": PASSED, "test_x.py::test_b": PASSED, "test_y.py::test_a": PASSED}
    write(tmp_path, "clients", "kafkalite", stays | gone)
    assert missing.forget_gone(["clients", "apps"], "kafkalite", tmp_path, tmp_path) == sorted(gone)
    results = load_results("clients", tmp_path)
    assert results is not None
    assert results.runs["kafkalite"].outcomes == stays
