"""Holes: what stands in the tree and has no test or no good result must be named."""

from __future__ import annotations

from dataclasses import replace

import pytest

from compat_tests.upstream.suite_results import Outcome
from scripts.devtools.scoreboard.board import find_problems
from scripts.devtools.scoreboard.model import Board, FileRow
from tests.scripts.devtools.scoreboard.boards import FAILED, PASSED, board, client, served


def with_version(**facts: object) -> Board:
    made = board()
    made.apis = [replace(made.apis[0], versions=[served(), served(1, **facts)])]
    return made


def with_outcome(outcome: Outcome | None) -> Board:
    made = board()
    made.conversations = [replace(made.conversations[0], outcome=outcome)]
    return made


def test_a_whole_board_has_no_problem() -> None:
    assert list(find_problems(board())) == []


@pytest.mark.parametrize(
    ("made", "problem"),
    [
        (with_version(conversations=()), "Fetch v1 is served without a conversation"),
        (with_version(has_kafkas_bytes=False), "Fetch v1 is served without the bytes of Apache Kafka"),
        (with_outcome(None), "Fetch: hello: not played since it was written (scoreboard.py --run conformance)"),
        (with_outcome(FAILED), "Fetch: hello: failed"),
        (
            board(clients=[client(here={"codecs": PASSED})]),
            "a-client: 1 scenarios not run, headers (scoreboard.py --run fast)",
        ),
        (
            board(clients=[client(here={}, is_slow=True)]),
            "a-client: 2 scenarios not run, headers (scoreboard.py --run slow)",
        ),
        (
            board(clients=[client(here={"headers": PASSED, "codecs": PASSED, "old": PASSED})]),
            "a-client/old: a stored result of something that is gone (scoreboard.py --run fast)",
        ),
        (board(clients=[client(here={"headers": FAILED, "codecs": PASSED})]), "a-client/headers: failed why"),
        (
            board(files=[FileRow(path="t.py", about="", is_slow=True, here={"t.py::a": FAILED}, kafkas={})]),
            "t.py: t.py::a failed",
        ),
    ],
)
def test_a_hole_is_named(made: Board, problem: str) -> None:
    assert list(find_problems(made)) == [problem]
