"""The headline counts what the tables show."""

from __future__ import annotations

import pytest

from compat_tests.upstream.suite_results import Outcome
from scripts.devtools.scoreboard.model import FileRow
from scripts.devtools.scoreboard.totals import each_of, find_totals
from tests.scripts.devtools.scoreboard.boards import FAILED, PASSED, board, client, served, suite


def numbers(**facts: object) -> dict[str, dict[str, int]]:
    return {total.what: dict(total.numbers) for total in find_totals(board(**facts))}


def test_a_whole_board() -> None:
    assert numbers() == {
        "Messages": {"apis": 1, "apis_of_kafka": 2, "apis_only_refused": 0, "versions": 1, "as_kafka": 1},
        "Answers": {"conversations": 1, "played": 1, "as_kafka_or_intended": 1, "intended_differences": 1},
        "Clients": {
            "libraries": 1,
            "configurations": 1,
            "scenarios": 3,
            "cells": 2,
            "kafkalite": 2,
            "apache_kafka_asked": 2,
            "apache_kafka": 2,
        },
        "A suite (1.0)": {"apache_kafka": 1, "kafkalite_of_these": 1, "kafkalite": 1},
        "Groups, transactions, restarts, hostile clients": {"tests": 1, "kafkalite": 1},
    }


def test_a_cell_counts_only_when_it_passed() -> None:
    two = [client(here={"headers": FAILED}), client(name="other", here={"headers": PASSED, "gone": PASSED})]
    found = numbers(clients=two)["Clients"]
    assert (found["libraries"], found["configurations"], found["cells"], found["kafkalite"]) == (1, 2, 4, 1)


@pytest.mark.parametrize(
    ("kafkas", "words"),
    [
        ({}, "all 2 combinations pass"),
        ({"headers": PASSED, "codecs": PASSED}, "all 2 combinations pass; Apache Kafka passes all of them"),
        ({"headers": PASSED, "codecs": FAILED}, "all 2 combinations pass; Apache Kafka passes 1 of them"),
        ({"headers": PASSED}, "all 2 combinations pass; Apache Kafka passes all of the 1 it was asked"),
    ],
)
def test_how_far_apache_kafka_was_asked(kafkas: dict[str, Outcome], words: str) -> None:
    (total,) = (one for one in find_totals(board(clients=[client(kafkas=kafkas)])) if one.what == "Clients")
    assert total.words.endswith(f"3 scenarios: {words}")


def test_only_what_kafka_passes_counts_for_a_suite() -> None:
    made = suite({"1": PASSED, "2": PASSED, "3": FAILED}, {"1": PASSED, "3": PASSED})
    assert numbers(suites=[made])["A suite (1.0)"] == {"apache_kafka": 2, "kafkalite_of_these": 1, "kafkalite": 2}


def test_a_suite_without_a_judge_is_no_headline() -> None:
    lonely = suite({}, {"1": PASSED})
    del lonely.runs["kafka"]
    assert "A suite (1.0)" not in numbers(suites=[lonely])


def test_slow_tests_count_apart() -> None:
    slow = FileRow(path="s.py", about="", is_slow=True, here={"a": PASSED, "b": FAILED}, kafkas={})
    assert numbers(files=[slow])["Applications, data directories, long histories"] == {"tests": 2, "kafkalite": 1}


def test_versions_without_kafkas_bytes_are_not_counted() -> None:
    made = board()
    made.apis[0].versions.append(served(1, has_kafkas_bytes=False))  # type: ignore[attr-defined]
    assert "1 of 2" in find_totals(made)[0].words


def test_all_or_some() -> None:
    assert (each_of(3, 3), each_of(2, 3)) == ("all 3", "2 of 3")
