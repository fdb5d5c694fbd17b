"""Tests of the comparison of a suite's results, allow list and findings."""

from __future__ import annotations

from pathlib import Path

from compat_tests.upstream.stored_promises import find_contradictions, find_lost_tests
from compat_tests.upstream.suite_results import Outcome, SuiteResults, SuiteRun

PASSED = Outcome("passed")
FAILED = Outcome("failed", "late")


def find(tmp_path: Path, outcomes: dict[str, Outcome], allowed: str, findings: str) -> list[str]:
    results = SuiteResults("a-suite", "A suite", "1.0", "run me")
    results.runs["kafkalite"] = SuiteRun("kafkalite 1", "2026-01-02", outcomes)
    (tmp_path / "tests.allow").write_text(allowed)
    (tmp_path / "FINDINGS.md").write_text(findings)
    return find_contradictions(results, tmp_path / "tests.allow", tmp_path / "FINDINGS.md")


def test_nothing_is_wrong_when_all_is_allowed_or_explained(tmp_path: Path) -> None:
    outcomes = {"a": PASSED, "b[1]": FAILED, "b[2]": FAILED, "c": Outcome("skipped")}
    assert find(tmp_path, outcomes, "a\n", "`b`: no. `c`: old.") == []


def test_an_allowed_test_that_failed(tmp_path: Path) -> None:
    assert find(tmp_path, {"a": FAILED}, "a\n", "`a` fails") == ["a is in tests.allow, but failed"]


def test_an_allowed_test_that_is_not_in_the_suite(tmp_path: Path) -> None:
    assert find(tmp_path, {}, "a\n", "") == ["a is in tests.allow, but the suite has no such test"]


def test_a_test_that_is_not_explained(tmp_path: Path) -> None:
    assert find(tmp_path, {"a": PASSED}, "", "a is fine") == [
        "a is not in tests.allow, and FINDINGS.md does not say why"
    ]


def test_an_unsorted_list(tmp_path: Path) -> None:
    problems = find(tmp_path, {"a": PASSED, "b": PASSED}, "b\na\n", "")
    assert problems == ["tests.allow is not sorted, or names a test twice"]


def test_a_suite_that_never_ran(tmp_path: Path) -> None:
    results = SuiteResults("a-suite", "A suite", "1.0", "run me")
    problems = find_contradictions(results, tmp_path / "tests.allow", tmp_path / "FINDINGS.md")
    assert problems == ["a-suite never ran against kafkalite"]


def test_what_kafka_passes_and_kafkalite_does_not() -> None:
    results = SuiteResults("a-suite", "A suite", "1.0", "run me")
    results.runs["kafka"] = SuiteRun("Kafka", "2026-01-01", {"a": PASSED, "b": PASSED, "c": PASSED, "d": FAILED})
    results.runs["kafkalite"] = SuiteRun("kafkalite 1", "2026-01-02", {"a": PASSED, "b": FAILED, "d": FAILED})
    assert find_lost_tests(results) == ["b", "c"]
