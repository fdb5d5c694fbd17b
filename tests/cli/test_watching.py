"""Showing rows once and again."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest

from kafkalite.cli import watching
from kafkalite.cli.output import print_rows
from kafkalite.cli.watching import Rows, show


class Enough(Exception):
    """The test has seen enough."""


def print_table(rows: Rows) -> None:
    print_rows(rows, "table", ("count",))


def counted() -> tuple[object, object]:
    """Return a source of rows that counts its calls, and a wait that ends after the second."""
    calls: list[int] = []

    def find_rows() -> Rows:
        calls.append(1)
        return [{"count": len(calls)}]

    def wait(seconds: float) -> None:
        assert seconds == 0.5
        if len(calls) == 2:
            raise Enough

    return find_rows, wait


def test_once(capsys: pytest.CaptureFixture[str]) -> None:
    find_rows, _ = counted()
    show(find_rows, print_table, "table", None)  # type: ignore[arg-type]
    assert capsys.readouterr().out == "COUNT\n    1\n"


def test_again_with_an_empty_line_between(capsys: pytest.CaptureFixture[str]) -> None:
    find_rows, wait = counted()
    with pytest.raises(Enough):
        show(find_rows, print_table, "table", 500, wait)  # type: ignore[arg-type]
    assert capsys.readouterr().out == "COUNT\n    1\n\nCOUNT\n    2\n"


def test_a_terminal_is_cleared_instead(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    find_rows, wait = counted()
    cleared: list[bool] = []
    monkeypatch.setattr(watching.click, "clear", lambda: cleared.append(True))
    monkeypatch.setattr(
        watching, "sys", SimpleNamespace(stdout=SimpleNamespace(isatty=lambda: True, flush=lambda: None))
    )
    with pytest.raises(Enough):
        show(find_rows, print_table, "table", 500, wait)  # type: ignore[arg-type]
    assert (len(cleared), capsys.readouterr().out) == (2, "COUNT\n    1\nCOUNT\n    2\n")


def test_json_has_the_time_of_each_round(capsys: pytest.CaptureFixture[str]) -> None:
    find_rows, wait = counted()
    with pytest.raises(Enough):
        show(find_rows, print_table, "jsonl", 500, wait)  # type: ignore[arg-type]
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["count"] for row in rows] == [1, 2]
    assert list(rows[0]) == ["time", "count"]
