"""Reports of pytest: ids of cells, conversations and plain tests, outcomes, and nothing that belongs to a machine."""

from __future__ import annotations

import pytest

from compat_tests.upstream.suite_results import Outcome
from scripts.devtools.scoreboard import junit


def read(*cases: str) -> list[junit.TestCase]:
    return junit.read_report(f"<testsuites><testsuite>{''.join(cases)}</testsuite></testsuites>")


def case(module: str, name: str, inside: str = "") -> str:
    return f'<testcase classname="{module}" name="{name}" time="0.1">{inside}</testcase>'


CELL = case(
    "compat_tests.clients.test_scenarios",
    "test_scenario[a-b-headers]",
    "<properties>"
    '<property name="client" value="a-b" /><property name="scenario" value="headers" />'
    '<property name="client_version" value="ab 1.2" />'
    "</properties>",
)


def test_a_cell_goes_by_its_client_and_scenario() -> None:
    (cell,) = read(CELL)
    assert cell.test_id == "a-b/headers"
    assert cell.outcome.passed
    assert junit.client_versions([cell]) == {"a-b": "ab 1.2"}
    (skipped,) = read(case("compat_tests.clients.test_scenarios", "test_scenario[a-as-0.9-many_topics]"))
    assert skipped.test_id == "a-as-0.9/many_topics"  # it was skipped before it could record anything


def test_a_conversation_goes_by_its_title() -> None:
    module = "compat_tests.conformance.test_recorded_answers"
    (found,) = read(case(module, "test_answers_are_those_of_apache_kafka[Fetch: names [and] ids]"))
    assert found.test_id == "Fetch: names [and] ids"


@pytest.mark.parametrize(
    ("module", "test_id"),
    [("compat_tests.x.test_y", "test_y.py::test_z"), ("compat_tests.x.test_y.TestA", "test_y.py::TestA::test_z")],
)
def test_other_tests_go_by_file_class_and_name(module: str, test_id: str) -> None:
    (found,) = read(case(module, "test_z"))
    assert (found.module, found.test_id) == ("compat_tests.x.test_y", test_id)


@pytest.mark.parametrize(
    ("inside", "outcome"),
    [
        ("", Outcome("passed")),
        (
            '<failure message="AssertionError: 1 != 2&#10;more">text</failure>',
            Outcome("failed", "AssertionError: 1 != 2"),
        ),
        ('<error message="failed on setup with x" />', Outcome("failed", "failed on setup with x")),
        ('<skipped type="pytest.skip" message="no Java" />', Outcome("skipped", "no Java")),
        ('<failure message="Failed: Timeout (&gt;120.0s) from pytest-timeout." />', "timeout"),
    ],
)
def test_outcomes(inside: str, outcome: Outcome | str) -> None:
    (found,) = read(case("a.test_b", "test_c", inside))
    assert found.outcome == outcome or found.outcome.outcome == outcome


def test_the_worst_outcome_of_a_test_counts() -> None:
    failed = case("a.test_b", "test_c", '<failure message="x" />')
    for cases in ([failed, case("a.test_b", "test_c")], [case("a.test_b", "test_c"), failed]):
        assert junit.outcomes(read(*cases)) == {"test_b.py::test_c": Outcome("failed", "x")}


def test_reasons_do_not_tell_the_machine() -> None:
    message = f"{junit.ROOT}/tests/a.py: /home/somebody/x.log of 127.0.0.1:40001 at 0x7f00aa11"
    assert junit.told(message) == "tests/a.py: <path> of 127.0.0.1:<port> at <address>"


def test_modules_are_chosen_by_their_start() -> None:
    cases = read(CELL, case("compat_tests.apps.test_x", "test_y"))
    assert [each.name for each in junit.of_modules(cases, ("compat_tests.apps.",))] == ["test_y"]
