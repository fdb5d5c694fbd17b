"""Tests of the stored results: the file's format, merging of runs, the allow list."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from compat_tests.upstream.suite_results import (
    Outcome,
    SuiteResults,
    SuiteRun,
    find_broken_promises,
    format_results,
    grow_allowed,
    load_results,
    read_allowed,
)

PASSED = Outcome("passed")
FAILED = Outcome("failed", "too\n late")


def make_results(version: str = "1.0") -> SuiteResults:
    return SuiteResults(suite="a-suite", title="A suite", version=version, command="run me")


def test_the_file_is_json_with_one_sorted_test_a_line() -> None:
    results = make_results()
    results.runs["kafkalite"] = SuiteRun("kafkalite 1", "2026-01-02", {"b": FAILED, "a": PASSED})
    results.runs["kafka"] = SuiteRun("Apache Kafka 9", "2026-01-01", {})
    text = format_results(results)
    assert json.loads(text)["runs"]["kafka"]["outcomes"] == {}
    assert '        "a": {"outcome": "passed"},\n        "b": {"outcome": "failed", "reason": "too late"}\n' in text
    assert text.endswith("}\n")
    assert "\n\n" not in text


def test_a_run_against_one_broker_leaves_the_other_one_as_it_was(tmp_path: Path) -> None:
    make_results().record("kafka", SuiteRun("Apache Kafka 9", "2026-01-01", {"a": PASSED}), tmp_path)
    make_results().record("kafkalite", SuiteRun("kafkalite 1", "2026-01-02", {"a": FAILED}), tmp_path)
    stored = load_results("a-suite", tmp_path)
    assert stored is not None
    assert stored.runs["kafka"].outcomes["a"].passed
    assert stored.runs["kafkalite"].outcomes["a"] == Outcome("failed", "too late")


def test_a_partial_run_keeps_the_outcomes_of_the_other_tests(tmp_path: Path) -> None:
    make_results().record("kafka", SuiteRun("Apache Kafka 9", "2026-01-01", {"a": FAILED, "b": PASSED}), tmp_path)
    make_results().record("kafka", SuiteRun("Apache Kafka 9", "2026-01-03", {"a": PASSED}), tmp_path)
    stored = load_results("a-suite", tmp_path)
    assert stored is not None
    assert stored.runs["kafka"] == SuiteRun("Apache Kafka 9", "2026-01-03", {"a": PASSED, "b": PASSED})


@pytest.mark.parametrize(("version", "broker"), [("2.0", "Apache Kafka 9"), ("1.0", "Apache Kafka 10")])
def test_another_version_of_the_suite_or_broker_starts_anew(tmp_path: Path, version: str, broker: str) -> None:
    make_results().record("kafka", SuiteRun("Apache Kafka 9", "2026-01-01", {"a": PASSED}), tmp_path)
    make_results(version).record("kafka", SuiteRun(broker, "2026-01-03", {"b": PASSED}), tmp_path)
    stored = load_results("a-suite", tmp_path)
    assert stored is not None
    assert set(stored.runs["kafka"].outcomes) == {"b"}


def test_a_suite_that_never_ran_has_no_results(tmp_path: Path) -> None:
    assert load_results("a-suite", tmp_path) is None


def test_an_unknown_outcome_is_refused() -> None:
    with pytest.raises(ValueError, match="maybe"):
        Outcome("maybe")


def test_the_allow_list_grows_sorted_and_keeps_its_comments(tmp_path: Path) -> None:
    path = tmp_path / "tests.allow"
    path.write_text("# why\nc\na  # slow\n")
    assert grow_allowed(path, ["b", "a"]) == ["b"]
    assert path.read_text() == "# why\na\nb\nc\n"
    assert read_allowed(path) == ["a", "b", "c"]


def test_the_allow_list_is_made_when_missing(tmp_path: Path) -> None:
    assert grow_allowed(tmp_path / "tests.allow", ["b", "a"]) == ["a", "b"]


def test_only_tests_that_were_run_can_break_the_promise() -> None:
    outcomes = {"a": PASSED, "b": FAILED, "d": FAILED}
    assert find_broken_promises(["a", "b", "c"], outcomes) == {"b": FAILED}
