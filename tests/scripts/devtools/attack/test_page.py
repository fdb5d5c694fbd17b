"""The tables."""

from __future__ import annotations

import pytest

from scripts.devtools.attack.page import ATTACK, FAIRNESS, PAGE, console_line, side_by_side, update
from scripts.devtools.attack.suite import WELL, Row

FLOOD = Row(case="flood", load="9 sent", longest_ms=123.4, median_ms=0.25, peak_mb=51.2, outcome=WELL)
GARBAGE = Row(case="garbage", outcome="does not answer any more")


def test_a_row_in_the_terminal() -> None:
    words = ["flood", "123", "ms", "0.2", "ms", "51", "MB", *WELL.split(), "[9", "sent]"]
    assert console_line(FLOOD).split() == words
    assert "- ms        - ms        ? MB  does not answer" in console_line(GARBAGE)


def test_brokers_side_by_side() -> None:
    lines = side_by_side({"kafkalite": [FLOOD, GARBAGE], "Kafka": [FLOOD]}).splitlines()
    cells = f"123 ms (0.2) | 51 MB | 9 sent | {WELL}"
    assert lines[2] == f"| flood | {cells} | {cells} |"
    assert lines[3] == "| garbage | - | - | - | does not answer any more | - | - | - | not played |"
    assert {line.count("|") for line in lines} == {10}


def test_only_the_table_of_a_page_is_replaced() -> None:
    page = update("before\n<!-- one: by x -->\nold\n<!-- end of one -->\nafter\n", "one: by x", "new\n")
    assert page == "before\n<!-- one: by x -->\nnew\n<!-- end of one -->\nafter\n"
    with pytest.raises(ValueError, match="unpack"):
        update("no marks", "one", "new")


@pytest.mark.parametrize("mark", [ATTACK, FAIRNESS])
def test_the_page_has_a_place_for_each_table(mark: str) -> None:
    assert "\nnew\n" in update(PAGE.read_text(encoding="utf-8"), mark, "new\n")
