"""One finding of ``kafkalite doctor``: its subject, the fact, and the advice."""

from __future__ import annotations

from typing import NamedTuple

LEVELS = ("ok", "note", "warning", "problem")
"""From harmless to fatal; only a problem makes the command fail."""


class Finding(NamedTuple):
    """A result of one check.

    Attributes:
        level: one of ``LEVELS``.
        check: the subject in one word ("port", "address", "data").
        text: the fact, in one sentence without a full stop.
        advice: the next step; None if there is nothing to do.
    """

    level: str
    check: str
    text: str
    advice: str | None = None


def ok(check: str, text: str) -> Finding:
    """Return a finding without a problem."""
    return Finding("ok", check, text)


def note(check: str, text: str, advice: str | None = None) -> Finding:
    """Return a finding that is worth knowing but not a fault."""
    return Finding("note", check, text, advice)


def warning(check: str, text: str, advice: str) -> Finding:
    """Return a finding that causes problems in some cases."""
    return Finding("warning", check, text, advice)


def problem(check: str, text: str, advice: str) -> Finding:
    """Return a finding that keeps a server from starting or a client from working."""
    return Finding("problem", check, text, advice)
