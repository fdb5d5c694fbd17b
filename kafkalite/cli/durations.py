"""Spans of time as people write them: ``500ms``, ``10s``, ``5m``, ``2h``, ``1d``."""

from __future__ import annotations

import click

UNITS_MS = {"ms": 1, "s": 1_000, "m": 60_000, "h": 3_600_000, "d": 86_400_000}


def parse_duration_ms(text: str) -> int:
    """Return a span in milliseconds; a bare number counts seconds.

    Raises:
        ValueError: the text cannot be understood.
    """
    stripped = text.strip().lower()
    digits = stripped.rstrip("abcdefghijklmnopqrstuvwxyz")
    unit = stripped[len(digits) :] or "s"
    try:
        return round(float(digits) * UNITS_MS[unit])
    except (KeyError, ValueError, OverflowError):
        raise ValueError(f"{text!r} is not a span of time such as 500ms, 10s, 5m, 2h or 1d") from None


def duration_ms(_context: click.Context, parameter: click.Parameter, text: str | None) -> int | None:
    """Convert an option's span of time to milliseconds, as the ``callback`` of a click option. None stays None."""
    if text is None:
        return None
    try:
        return parse_duration_ms(text)
    except ValueError as problem:
        raise click.BadParameter(str(problem), param=parameter) from None
