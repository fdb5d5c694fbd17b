"""The tables."""

from __future__ import annotations

import pytest

from scripts.attack.page import BEGIN, END, console_line, side_by_side, update
from scripts.attack.suite import WELL, Row

FLOOD = Row(case="flood", longest_ms=123.4, median_ms=0.25, peak_mb=51.2, outcome=WELL)
GARBAGE = Row(case="garbage", longest_ms=5.0, median_ms=0.5, peak_mb=None, outcome="does not answer any more")


def test_a_row_in_the_terminal() -> None:
    assert console_line(FLOOD).split() == ["flood", "123", "ms", "0.2", "ms", "51", "MB", *WELL.split()]
    assert "? MB  does not answer" in console_line(GARBAGE)


def test_brokers_side_by_side() -> None:
    lines = side_by_side({"kafkalite": [FLOOD, GARBAGE], "Kafka": [FLOOD]}).splitlines()
    assert lines[2] == f"| flood | 123 ms (0.2) | 51 MB | {WELL} | 123 ms (0.2) | 51 MB | {WELL} |"
    assert lines[3] == "| garbage | 5 ms (0.5) | ? MB | does not answer any more | - | - | not played |"


def test_only_the_table_of_a_page_is_replaced() -> None:
    page = update(f"before\n{BEGIN}old\n{END}after\n", "new\n")
    assert page == f"before\n{BEGIN}new\n{END}after\n"
    with pytest.raises(ValueError, match="unpack"):
        update("no marks", "new")
