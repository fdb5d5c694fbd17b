"""Our own results files: what a report stores, and when a fresh report makes the page old."""

from __future__ import annotations

import pathlib

import pytest

from compat_tests.upstream.suite_results import Outcome, load_results
from scripts.devtools.scoreboard import stored
from scripts.devtools.scoreboard.junit import TestCase

PASSED, FAILED = Outcome("passed"), Outcome("failed", "why")


def cell(client: str, scenario: str, outcome: Outcome = PASSED, version: str = "lib 1") -> TestCase:
    properties = {"client": client, "scenario": scenario, "client_version": version}
    name = f"test_scenario[{client}-{scenario}]"
    return TestCase(module="compat_tests.clients.test_scenarios", name=name, outcome=outcome, properties=properties)


def plain(module: str, name: str, outcome: Outcome = PASSED) -> TestCase:
    return TestCase(module=module, name=name, outcome=outcome)


def changes(directory: pathlib.Path, *cases: TestCase) -> list[str]:
    return stored.changes(cases, stored.load_own(directory))


def test_a_report_is_parted_into_suites(tmp_path: pathlib.Path) -> None:
    cases = [cell("slow-one", "headers"), plain("compat_tests.apps.test_streams", "test_a"), plain("tests.x", "test_b")]
    lines = stored.store(cases, stored.RUNS["slow"], "kafkalite", tmp_path)
    assert [line.split(":")[0] for line in lines] == ["clients-slow", "apps"]
    own = stored.load_own(tmp_path)
    assert set(own["clients-slow"].runs["kafkalite"].outcomes) == {"slow-one/headers"}
    assert set(own["apps"].runs["kafkalite"].outcomes) == {"test_streams.py::test_a"}


def test_bookkeeping_is_no_result(tmp_path: pathlib.Path) -> None:
    module = "compat_tests.conformance.test_recorded_answers"
    cases = [plain(module, "test_names_are_unique"), plain(module, "test_answers_are_those_of_apache_kafka[Fetch: a]")]
    stored.store(cases, ["conformance"], "kafkalite", tmp_path)
    assert set(stored.load_own(tmp_path)["conformance"].runs["kafkalite"].outcomes) == {"Fetch: a"}


def test_tests_of_the_tests_are_no_results() -> None:
    cases = [plain(module, "test_a") for module in (*stored.WITHOUT_A_BROKER, "compat_tests.clients.test_b")]
    assert set(stored.OWN_SUITES["clients"].choose(cases)) == {"test_b.py::test_a"}


def test_a_whole_run_replaces_the_earlier_one_and_leaves_the_other_broker(tmp_path: pathlib.Path) -> None:
    stored.store([cell("a", "gone")], ["clients"], "kafkalite", tmp_path)
    stored.store([cell("a", "b", FAILED)], ["clients"], "kafka:3.9.2", tmp_path)
    stored.store([cell("a", "b")], ["clients"], "kafkalite", tmp_path)
    results = load_results("clients", tmp_path)
    assert results is not None
    assert results.runs["kafkalite"].outcomes == {"a/b": PASSED}
    assert results.runs["kafka:3.9.2"].outcomes == {"a/b": FAILED}
    assert results.runs["kafka:3.9.2"].broker == "Apache Kafka 3.9.2"


def test_a_part_of_a_run_is_merged(tmp_path: pathlib.Path) -> None:
    stored.store([cell("a", "b", FAILED), cell("a", "c")], ["clients"], "kafkalite", tmp_path)
    stored.store([cell("a", "b")], ["clients"], "kafkalite", tmp_path, is_whole=False)
    assert stored.load_own(tmp_path)["clients"].runs["kafkalite"].outcomes == {"a/b": PASSED, "a/c": PASSED}


def test_a_report_without_a_suite_leaves_its_file_alone(tmp_path: pathlib.Path) -> None:
    stored.store([cell("a", "b")], ["clients"], "kafkalite", tmp_path)
    assert stored.store([plain("tests.x", "test_y")], ["clients"], "kafkalite", tmp_path) == []
    assert stored.load_own(tmp_path)["clients"].runs["kafkalite"].outcomes == {"a/b": PASSED}


def test_versions_of_clients_are_those_of_runs_with_kafkalite(tmp_path: pathlib.Path) -> None:
    stored.store([cell("a", "b"), cell("c", "b", version="lib 2")], ["clients"], "kafkalite", tmp_path)
    stored.store([cell("a", "b", version="lib 9")], ["clients"], "kafka", tmp_path)
    stored.store([cell("c", "b", version="lib 3")], ["clients"], "kafkalite", tmp_path)
    assert stored.load_versions(tmp_path) == {"a": "lib 1", "c": "lib 3"}
    assert stored.load_upstream(tmp_path) == []


@pytest.mark.parametrize(
    ("fresh", "line"),
    [
        ([cell("a", "b"), cell("a", "c")], "clients: a/c was not stored, is passed"),
        ([cell("a", "b", FAILED)], "clients: a/b was passed, is failed"),
        ([cell("a", "b", Outcome("skipped", "no Java"))], "clients: a/b was passed, is skipped"),
        ([plain("compat_tests.clients.test_groups", "test_g")], "clients: a/b was passed, is not run"),
    ],
)
def test_a_changed_cell_makes_the_page_old(tmp_path: pathlib.Path, fresh: list[TestCase], line: str) -> None:
    stored.store([cell("a", "b")], ["clients"], "kafkalite", tmp_path)
    assert line in changes(tmp_path, *fresh)


def test_what_does_not_make_the_page_old(tmp_path: pathlib.Path) -> None:
    stored.store([cell("a", "b"), cell("a", "c", FAILED)], ["clients"], "kafkalite", tmp_path)
    again = [cell("a", "b", version="lib 7"), cell("a", "c", Outcome("failed", "other words")), plain("tests.x", "y")]
    assert changes(tmp_path, *again) == []


def test_upstream_results_are_found_beside_ours(tmp_path: pathlib.Path) -> None:
    stored.store([cell("a", "b")], ["clients"], "kafkalite", tmp_path)
    text = (tmp_path / "clients.json").read_text().replace('"clients"', '"somebody"')
    (tmp_path / "somebody.json").write_text(text)
    assert [suite.suite for suite in stored.load_upstream(tmp_path)] == ["somebody"]


def test_findings_belong_to_the_suites_of_their_directory(tmp_path: pathlib.Path) -> None:
    file = tmp_path / "compat_tests" / "upstream" / "some_client" / "FINDINGS.md"
    file.parent.mkdir(parents=True)
    file.write_text("why")
    expected = "compat_tests/upstream/some_client/FINDINGS.md"
    assert stored.find_findings("some-client", tmp_path) == expected
    assert stored.find_findings("some-client-other-way", tmp_path) == expected
    assert stored.find_findings("client", tmp_path) == ""
