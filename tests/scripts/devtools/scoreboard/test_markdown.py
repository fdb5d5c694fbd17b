"""Tables and ranges in Markdown."""

from __future__ import annotations

import pytest

from scripts.devtools.scoreboard import markdown


def test_cells_keep_to_their_row() -> None:
    assert (
        markdown.table(("a", "b"), [["x|y", "two\nlines"]], (1,)) == "| a | b |\n| --- | :-: |\n| x\\|y | two lines |"
    )


@pytest.mark.parametrize(("versions", "text"), [([], ""), ([7], "7"), ([3, 1, 2, 0, 7, 9, 10], "0-3, 7, 9-10")])
def test_version_ranges(versions: list[int], text: str) -> None:
    assert markdown.version_ranges(versions) == text
