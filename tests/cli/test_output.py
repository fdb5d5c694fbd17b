"""Tables and JSON."""

from __future__ import annotations

import json

import pytest

from kafkalite.cli.output import print_rows, table_lines

ROWS = [
    {"name": "a", "count": 5, "items": [1, 2], "more": None},
    {"name": "long", "count": 10, "items": [], "more": {}},
]


def test_tables_have_a_heading_and_numbers_to_the_right() -> None:
    assert table_lines(ROWS, ("name", "count", "items", "more")) == [
        "NAME  COUNT  ITEMS  MORE",
        "a         5  1,2    -",
        "long     10",
    ]


def test_names_of_others_cannot_steer_the_terminal() -> None:
    rows = [{"name": "a\n\x1b[2Jb\u202e", "items": ["x\ty", "ü€"]}]
    assert table_lines(rows, ("name", "items"))[1:] == [r"a\n\x1b[2Jb\u202e  x\ty,ü€"]


def test_no_rows_no_table() -> None:
    assert table_lines([], ("name",)) == []


def test_json_shows_everything(capsys: pytest.CaptureFixture[str]) -> None:
    print_rows(ROWS, "json", ("name",))
    assert json.loads(capsys.readouterr().out) == ROWS
    print_rows(ROWS, "jsonl", ("name",))
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == ROWS
    print_rows([], "json", ())
    assert json.loads(capsys.readouterr().out) == []
