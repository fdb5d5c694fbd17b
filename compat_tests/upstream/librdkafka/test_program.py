"""Tests of how the output of one `test-runner` process is judged; no process is started."""

from __future__ import annotations

from typing import Any

import pytest

from compat_tests.upstream.librdkafka.program import (
    KNOWN_ISSUE,
    NEEDS_KAFKA_TOOLS,
    NO_BROKER,
    NUMBER_LIMIT_S,
    OTHER_SCENARIO,
    job_of,
    judge,
    judge_part,
)
from compat_tests.upstream.suite_results import Outcome

FAILED_AT = '### Test "{name}" failed at 0001-x.c:7:do_it() at Mon Jan  5 08:00:00 2026: ###\n{reason}\n'
SUMMARY = "| {name:40} | {state:>10} |   1.002s | {reason}\n"


def entry(state: str, *, known_issue: bool = False) -> dict[str, Any]:
    return {"state": state, "known_issue": known_issue}


def test_only_tests_of_the_number_count() -> None:
    report = {"0001_a": entry("PASSED"), "0002_b": entry("SKIPPED")}
    assert judge("0001", 0, report, "") == {"0001_a": Outcome("passed")}


def test_the_first_failure_is_the_reason() -> None:
    output = FAILED_AT.format(name="0001_a", reason="first") + FAILED_AT.format(name="0001_a", reason="second")
    assert judge("0001", 1, {"0001_a": entry("FAILED")}, output) == {"0001_a": Outcome("failed", "first")}


def test_a_failure_names_the_part_it_was_in() -> None:
    output = FAILED_AT.format(name="0001_a (do_test:5: fast)", reason="late")
    assert judge("0001", 1, {"0001_a": entry("FAILED")}, output)["0001_a"].reason == "do_test:5: fast: late"


def test_a_time_limit_of_the_test_itself_is_a_timeout() -> None:
    output = FAILED_AT.format(name="0001_a", reason="Test 0001_a timed out (timeout set to 60 seconds)")
    assert judge("0001", -9, {"0001_a": entry("FAILED")}, output)["0001_a"].outcome == "timeout"


@pytest.mark.parametrize(
    ("said", "known_issue", "reason"),
    [
        ("Filtered due to negative test flags", False, NO_BROKER),
        ("Filtered due to negative test flags", True, KNOWN_ISSUE),
        ("not applicable for broker version 4.3.1.0", False, "not applicable for broker version 4.3.1.0"),
    ],
)
def test_a_skipped_test_says_why(said: str, known_issue: bool, reason: str) -> None:
    output = SUMMARY.format(name="0001_a", state="SKIPPED", reason=said)
    report = {"0001_a": entry("SKIPPED", known_issue=known_issue)}
    assert judge("0001", 0, report, output) == {"0001_a": Outcome("skipped", reason)}


def test_a_test_skipped_in_silence_belongs_to_another_scenario() -> None:
    assert judge("0001", 0, {"0001_a": entry("SKIPPED")}, "") == {"0001_a": Outcome("skipped", OTHER_SCENARIO)}


def test_a_test_that_misses_kafkas_tools_is_skipped() -> None:
    output = FAILED_AT.format(name="0001_a", reason="test_kafka_cmd: KAFKA_PATH must be set")
    report = {"0001_a": entry("FAILED")}
    assert judge("0001", 1, report, output) == {"0001_a": Outcome("skipped", NEEDS_KAFKA_TOOLS)}


def test_a_passed_test_whose_process_failed_has_failed() -> None:
    outcome = judge("0001", 1, {"0001_a": entry("PASSED")}, "")["0001_a"]
    assert outcome == Outcome("failed", "passed, but test-runner ended with 1")


@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        (-11, Outcome("failed", "test-runner ended with -11 and no report")),
        (None, Outcome("timeout", f"ended after {NUMBER_LIMIT_S} s")),
    ],
)
def test_a_process_without_a_report_fails_the_tests_it_began(code: int | None, outcome: Outcome) -> None:
    output = "[0001_a / 0.000s] ================= Running test 0001_a =================\n"
    assert judge("0001", code, {}, output) == {"0001_a": outcome}


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ("[ do_test_X:12: queue ]\n[ do_test_X:12: queue: PASS (0.10s) ]", Outcome("passed")),
        ("[ do_test_X:12 ]\n[ do_test_X:12: SKIP: needs SASL ]", Outcome("skipped", "needs SASL")),
        ("[ do_test_XY:12: PASS (0.10s) ]", Outcome("skipped", "not run with this group protocol")),
    ],
)
def test_a_part_has_passed_only_when_it_says_so(said: str, outcome: Outcome) -> None:
    assert judge_part(Outcome("passed"), "X", said) == outcome


def test_a_part_of_a_failed_test_has_failed() -> None:
    failed = Outcome("failed", "late")
    assert judge_part(failed, "X", "[ do_test_X:12: PASS (0.10s) ]") == failed


@pytest.mark.parametrize(("name", "job"), [("0045_update", "0045"), ("0081_admin/DeleteGroups", "0081/DeleteGroups")])
def test_the_job_of_a_test_is_its_number_and_part(name: str, job: str) -> None:
    assert job_of(name) == job
