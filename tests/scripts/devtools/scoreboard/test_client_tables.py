"""Signs and scores of clients and suites."""

from __future__ import annotations

import pytest

from compat_tests.upstream.suite_results import Outcome
from scripts.devtools.scoreboard import client_tables
from tests.scripts.devtools.scoreboard.boards import FAILED, PASSED, board, client, suite


def clients_text(**facts: object) -> str:
    return "\n".join(client_tables.client_section(board(**facts)))


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
    assert client_tables.cell_mark(client(here=here, kafkas=kafkas), "headers") == sign
    assert client_tables.cell_mark(client(here=here, kafkas=kafkas), "groups") == ""


def test_the_matrix_leaves_out_what_no_client_of_it_offers() -> None:
    text = clients_text(clients=[client(), client(name="pinned", is_pinned=True, scenarios=["codecs"])])
    assert text.count("| headers | ✓ |") == 1
    assert text.count("| codecs | ✓ |") == 2
    assert "| groups | ✓ |" not in text


def test_the_columns_of_the_matrix_are_the_numbers_of_the_clients() -> None:
    text = clients_text(clients=[client(), client(name="pinned", is_pinned=True), client(name="third")])
    heads = [line for line in text.splitlines() if line.startswith("| scenario | <abbr")]
    assert heads == [
        '| scenario | <abbr title="a-client">1</abbr> | <abbr title="third">3</abbr> |',
        '| scenario | <abbr title="pinned">2</abbr> |',
    ]
    assert "| 2 | pinned | lib 1 |" in text


def test_scores_of_a_client_by_family() -> None:
    slow = client(name="a", is_slow=True, here={"headers": PASSED, "codecs": FAILED}, kafkas={}, judges=[])
    old = client(name="c", kafkas={"headers": PASSED}, judges=["Apache Kafka 3.9.2"])
    text = clients_text(clients=[slow, client(name="b"), old])
    assert "| 1 | a ² | lib 1 | 1/2 |  | 1/2 | not asked |" in text
    assert "| 2 | b | lib 1 | 2 |  | 2/2 | 2/2 (4.4.0) |" in text
    assert "| 3 | c | lib 1 | 2 |  | 2/2 | 1/1 (3.9.2) |" in text


def test_a_test_that_only_kafka_passes_is_shown_with_its_reason() -> None:
    made = suite({"0001": PASSED, "0002": FAILED}, {"0001": FAILED, "0002": FAILED})
    text = "\n".join(client_tables.suite_section([made], board().findings))
    assert "| 0001 | failed | why |" in text
    assert "| 0002 |" not in text
    assert "| A suite ([findings](../up/FINDINGS.md)) | 1.0 | 1 of 2 | 0 | 0 |" in text
