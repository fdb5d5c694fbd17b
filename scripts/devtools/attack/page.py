"""The tables: one broker in a terminal, several side by side in docs/ROBUSTNESS.md."""

from __future__ import annotations

import pathlib
from collections.abc import Mapping, Sequence

from scripts.devtools.attack.suite import Row

PAGE = pathlib.Path(__file__).resolve().parents[3] / "docs" / "ROBUSTNESS.md"
ATTACK = "attack: written by python scripts/dev.py attack --write"
FAIRNESS = "fairness: written by python scripts/bench.py --only fairness --write"
CASE_WIDTH = 55


def console_line(row: Row) -> str:
    """Return a row for a terminal."""
    waits = f"{_milliseconds(row.longest_ms, 0):>9} ms {_milliseconds(row.median_ms, 1):>8} ms"
    return f"{row.case:<{CASE_WIDTH}} {waits} {_memory(row):>8} MB  {row.outcome}  [{row.load}]"


def console_head() -> str:
    """Return the heads of the columns."""
    return f"{'case':<{CASE_WIDTH}} {'longest wait':>12} {'median':>11} {'peak':>11}  outcome  [the load itself]"


def _memory(row: Row) -> str:
    return "?" if row.peak_mb is None else f"{row.peak_mb:.0f}"


def _milliseconds(value: float | None, digits: int) -> str:
    return "-" if value is None else f"{value:.{digits}f}"


def side_by_side(tables: Mapping[str, Sequence[Row]]) -> str:
    """Return a Markdown table: a line per case, and for each broker the waits, the peak, the load, the outcome."""
    heads = "".join(f" {name}: longest wait (median) | peak memory | the load | outcome |" for name in tables)
    lines = [f"| case |{heads}", "|---|" + "---:|---:|---|---|" * len(tables)]
    cases = list(dict.fromkeys(row.case for rows in tables.values() for row in rows))
    for case in cases:
        cells = ""
        for rows in tables.values():
            row = next((row for row in rows if row.case == case), None)
            cells += " - | - | - | not played |" if row is None else _cells(row)
        lines.append(f"| {case} |{cells}")
    return "\n".join(lines) + "\n"


def _cells(row: Row) -> str:
    waits = "-"
    if row.longest_ms is not None:
        waits = f"{_milliseconds(row.longest_ms, 0)} ms ({_milliseconds(row.median_ms, 1)})"
    memory = "-" if row.peak_mb is None else f"{_memory(row)} MB"
    return f" {waits} | {memory} | {row.load} | {row.outcome} |"


def update(page: str, mark: str, text: str) -> str:
    """Return a page with the part between the two comments of a mark replaced.

    Raises:
        ValueError: the page does not have the comments.
    """
    begin, end = f"<!-- {mark} -->\n", f"<!-- end of {mark.partition(':')[0]} -->\n"
    head, rest = page.split(begin)
    return head + begin + text + end + rest.split(end, 1)[1]


def write(mark: str, text: str) -> None:
    """Replace a table of docs/ROBUSTNESS.md."""
    PAGE.write_text(update(PAGE.read_text(encoding="utf-8"), mark, text), encoding="utf-8")
    print(f"wrote {PAGE}")
