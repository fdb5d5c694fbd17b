"""The tables: one broker in a terminal, several side by side in docs/ROBUSTNESS.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scripts.attack.suite import Row

BEGIN = "<!-- attack: written by python scripts/dev.py attack --write -->\n"
END = "<!-- end of attack -->\n"


def console_line(row: Row) -> str:
    """Return a row for a terminal."""
    return f"{row.case:<55} {row.longest_ms:>9.0f} ms {row.median_ms:>8.1f} ms {_memory(row):>8} MB  {row.outcome}"


def console_head() -> str:
    """Return the heads of the columns."""
    return f"{'case':<55} {'longest wait':>12} {'median':>11} {'peak':>11}  outcome"


def _memory(row: Row) -> str:
    return "?" if row.peak_mb is None else f"{row.peak_mb:.0f}"


def side_by_side(tables: Mapping[str, Sequence[Row]]) -> str:
    """Return a Markdown table: a line per case, and for each broker the longest wait, the peak and the outcome."""
    heads = "".join(f" {name}: longest wait (median) | peak memory | outcome |" for name in tables)
    lines = [f"| case |{heads}", "|---|" + "---:|---:|---|" * len(tables)]
    cases = list(dict.fromkeys(row.case for rows in tables.values() for row in rows))
    for case in cases:
        cells = ""
        for rows in tables.values():
            row = next((row for row in rows if row.case == case), None)
            cells += " - | - | not played |" if row is None else _cells(row)
        lines.append(f"| {case} |{cells}")
    return "\n".join(lines) + "\n"


def _cells(row: Row) -> str:
    return f" {row.longest_ms:.0f} ms ({row.median_ms:.1f}) | {_memory(row)} MB | {row.outcome} |"


def update(page: str, text: str) -> str:
    """Return a page with the part between its marks replaced."""
    head, rest = page.split(BEGIN)
    return head + BEGIN + text + END + rest.split(END, 1)[1]
