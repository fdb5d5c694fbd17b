"""The page: totals first, one sign per cell, and Markdown that stays in its tables."""

from __future__ import annotations

import pathlib
from typing import Any

import pytest

from compat_tests.upstream.suite_results import Outcome
from scripts.compatibility import page
from tests.scripts.compatibility.boards import FAILED, PASSED, board, client, served, suite

NOWHERE = pathlib.Path("/nowhere")


def render(**facts: object) -> str:
    return page.render(board(**facts), NOWHERE)


def test_totals_come_first_and_holes_are_shown() -> None:
    text = render(problems=["a hole"])
    headings = [line for line in text.splitlines() if line.startswith("## ")]
    assert headings[:3] == ["## In short", "## Holes", "## APIs"]
    assert "- a hole" in text
    assert "## Holes" not in render()


@pytest.mark.parametrize(
    ("facts", "sign"),
    [
        ({}, "●"),
        ({"releases": ("4.3.1", "3.9.2")}, "●"),
        ({"releases": ("3.9.2",)}, "○"),
        ({"releases": (), "conversations": (), "own_tests": ("t",)}, "◇"),
        ({"releases": (), "conversations": ()}, "✗"),
        ({"has_kafkas_bytes": False}, "✗"),
    ],
)
def test_sign_of_a_version(facts: dict[str, Any], sign: str) -> None:
    assert page.version_mark(served(**facts)) == sign


@pytest.mark.parametrize(
    ("here", "kafkas", "sign"),
    [
        ({"headers": PASSED}, {"headers": PASSED}, "✓"),
        ({"headers": PASSED}, {"headers": FAILED}, "✓°"),
        ({"headers": PASSED}, {}, "✓°"),
        ({"headers": FAILED}, {"headers": PASSED}, "✗"),
        ({"headers": Outcome("timeout", "late")}, {}, "✗"),
        ({"headers": Outcome("skipped", "no Java")}, {}, "?"),
        ({}, {}, "?"),
    ],
)
def test_sign_of_a_cell(here: dict[str, Outcome], kafkas: dict[str, Outcome], sign: str) -> None:
    assert page.cell_mark(client(here=here, kafkas=kafkas), "headers") == sign
    assert page.cell_mark(client(here=here, kafkas=kafkas), "groups") == ""


def test_the_matrix_leaves_out_what_no_client_of_it_offers() -> None:
    text = render(clients=[client(), client(name="pinned", is_pinned=True, scenarios=["codecs"])])
    assert text.count("| **headers**: in order |") == 1
    assert text.count("| **codecs** |") == 2
    assert "nobody here" not in text


def test_scores_of_a_client_by_family() -> None:
    slow = client(is_slow=True, here={"headers": PASSED, "codecs": FAILED}, kafkas={})
    assert "| a-client ² | lib 1 | 1/2 |  | 1 of 2 | not asked | Apache Kafka 4.3.1 |" in render(clients=[slow])


def test_a_test_that_only_kafka_passes_is_shown_with_its_reason() -> None:
    text = render(suites=[suite({"0001": PASSED, "0002": FAILED}, {"0001": FAILED, "0002": FAILED})])
    assert "| 0001 | failed | why |" in text
    assert "| 0002 |" not in text
    assert "0 of 1 tests that Apache Kafka passes" in text


def test_findings_belong_to_the_suites_of_their_directory(tmp_path: pathlib.Path) -> None:
    findings = tmp_path / "compat_tests" / "upstream" / "kafka_python" / "FINDINGS.md"
    findings.parent.mkdir(parents=True)
    findings.write_text("")
    assert page.find_findings("kafka-python", tmp_path) == "compat_tests/upstream/kafka_python/FINDINGS.md"
    assert page.find_findings("librdkafka", tmp_path) == ""


def test_cells_keep_to_their_row() -> None:
    assert page.table(("a", "b"), [["x|y", "two\nlines"]], (1,)) == "| a | b |\n| --- | :-: |\n| x\\|y | two lines |"


@pytest.mark.parametrize(("versions", "text"), [([], ""), ([7], "7"), ([3, 1, 2, 0, 7, 9, 10], "0-3, 7, 9-10")])
def test_version_ranges(versions: list[int], text: str) -> None:
    assert page.version_ranges(versions) == text
