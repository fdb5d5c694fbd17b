"""The page: totals first, one sign per cell, and Markdown that stays in its tables."""

from __future__ import annotations

from scripts.devtools.scoreboard import page
from tests.scripts.devtools.scoreboard.boards import board


def render(**facts: object) -> str:
    return page.render(board(**facts))


def test_totals_come_first_and_holes_are_shown() -> None:
    text = render(problems=["a hole"])
    headings = [line for line in text.splitlines() if line.startswith("## ")]
    assert headings[:3] == ["## In short", "## Holes", "## APIs"]
    assert "- a hole" in text
    assert "## Holes" not in render()


def test_not_every_hole_is_shown() -> None:
    text = render(problems=[f"hole {number}" for number in range(page.PROBLEMS_SHOWN + 2)])
    assert f"- hole {page.PROBLEMS_SHOWN - 1}\n- and 2 more\n" in text
