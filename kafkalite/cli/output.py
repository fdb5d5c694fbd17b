"""Rows of a command's answer as a table for people, or as JSON for programs: only JSON goes to standard output then."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import click

FORMATS = ("table", "json", "jsonl")


def output_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``-o/--output``, given to the command as ``output_format``."""
    return click.option(
        "-o",
        "--output",
        "output_format",
        type=click.Choice(FORMATS),
        default="table",
        show_default=True,
        help="Format.",
    )(function)


def print_rows(rows: Iterable[Mapping[str, Any]], output_format: str, columns: Sequence[str]) -> None:
    """Print rows; ``columns`` chooses and orders what a table shows, JSON shows everything."""
    rows = list(rows)
    if output_format == "json":
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
    elif output_format == "jsonl":
        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=False))
    else:
        for line in table_lines(rows, columns):
            click.echo(line)


def table_lines(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> list[str]:
    """Return a table with a heading and right-aligned numbers; nothing for no rows."""
    if not rows:
        return []
    cells = [[cell_text(row.get(column)) for column in columns] for row in rows]
    is_number = [all(isinstance(row.get(column), int) for row in rows) for column in columns]
    table = [[column.upper().replace("_", " ") for column in columns], *cells]
    widths = [max(len(line[index]) for line in table) for index in range(len(columns))]
    return ["  ".join(align(*part) for part in zip(line, widths, is_number, strict=True)).rstrip() for line in table]


def align(text: str, width: int, is_number: bool) -> str:
    """Return ``text`` filled to ``width``."""
    return text.rjust(width) if is_number else text.ljust(width)


def cell_text(value: Any) -> str:
    """Return a value as a table shows it: lists by their items, None as a dash."""
    if value is None:
        return "-"
    if isinstance(value, list | tuple):
        return printable(",".join(str(item) for item in value))
    if isinstance(value, Mapping):
        return printable(",".join(f"{key}={item}" for key, item in value.items()))
    return printable(str(value))


def printable(text: str) -> str:
    """Return text with line breaks and control characters escaped.

    Names come from other clients: they must neither break a table nor control the terminal.
    """
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)
