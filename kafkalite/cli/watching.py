"""Repeated output of a state: ``--watch`` and ``--interval``."""

from __future__ import annotations

import datetime
import functools
import sys
import time
from collections.abc import Callable
from typing import Any

import click

from kafkalite.cli.durations import duration_ms
from kafkalite.cli.output import print_rows

Rows = list[dict[str, Any]]


def watch_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--watch`` and ``--interval``, given to the command as ``interval_ms``: None = show once."""

    @functools.wraps(function)
    def with_interval(*arguments: Any, watch: bool, interval: int, **options: Any) -> Any:
        return function(*arguments, interval_ms=interval if watch else None, **options)

    # Two options: a time after --watch would be taken from the names that follow.
    repeat = click.option("--watch", is_flag=True, help="Show it again and again, until Ctrl-C.")
    interval = click.option(
        "--interval", callback=interval_ms, default="2s", show_default=True, metavar="TIME", help="With --watch."
    )
    return repeat(interval(with_interval))


def interval_ms(context: click.Context, parameter: click.Parameter, text: str | None) -> int | None:
    """Return the positive span of time of an option, in ms.

    Raises:
        BadParameter: the option's value cannot be used.
    """
    found = duration_ms(context, parameter, text)
    if found is not None and found <= 0:
        raise click.BadParameter("it must be longer than nothing", param=parameter)
    return found


def show(
    find_rows: Callable[[], Rows],
    print_table: Callable[[Rows], None],
    output_format: str,
    interval_ms: int | None,
    wait: Callable[[float], None] | None = None,
) -> None:
    """Print the rows once, or every ``interval_ms`` until an exception ends it; JSON rows get their ``time`` then.

    Args:
        print_table: prints rows for people; JSON is printed here.
        wait: lets seconds pass.
    """
    wait = time.sleep if wait is None else wait
    while True:
        rows = find_rows()
        if output_format != "table":
            if interval_ms is not None:
                moment = datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds")
                rows = [{"time": moment, **row} for row in rows]
            print_rows(rows, output_format, ())
        else:
            if interval_ms is not None and sys.stdout.isatty():
                click.clear()
            print_table(rows)
        if interval_ms is None:
            return
        sys.stdout.flush()
        wait(interval_ms / 1000)
        if output_format == "table" and not sys.stdout.isatty():
            click.echo()
