"""Markdown by small functions: tables whose cells keep to their row, parts that a reader opens, ranges."""

from __future__ import annotations

import pathlib
from collections.abc import Iterable, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[str]], centred: Sequence[int] = ()) -> str:
    """Return a Markdown table; bars and line ends in cells are escaped."""
    rule = [":-:" if column in centred else "---" for column in range(len(head))]
    lines = [head, rule, *([_cell(text) for text in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def folded(title: str, inside: str) -> str:
    """Return a part that a reader opens."""
    return f"<details><summary>{title}</summary>\n\n{inside}\n\n</details>"


def version_ranges(versions: Iterable[int]) -> str:
    """Return "0-3, 7" for 0, 1, 2, 3, 7."""
    ranges: list[list[int]] = []
    for version in sorted(versions):
        if ranges and version == ranges[-1][1] + 1:
            ranges[-1][1] = version
        else:
            ranges.append([version, version])
    return ", ".join(str(low) if low == high else f"{low}-{high}" for low, high in ranges)


def link(path: str, text: str = "") -> str:
    """Return a link from the docs to a file of the tree, under its name where no text is given."""
    return f"[{text or pathlib.PurePath(path).name}](../{path})"
