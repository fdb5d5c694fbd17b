"""Spans of time."""

from __future__ import annotations

import pytest

from kafkalite.cli.durations import parse_duration_ms


@pytest.mark.parametrize(
    ("text", "milliseconds"),
    [
        ("500ms", 500),
        ("10s", 10_000),
        ("10", 10_000),
        ("1.5m", 90_000),
        (" 2H ", 7_200_000),
        ("1d", 86_400_000),
        ("0", 0),
    ],
)
def test_spans(text: str, milliseconds: int) -> None:
    assert parse_duration_ms(text) == milliseconds


@pytest.mark.parametrize("text", ["", "s", "1y", "1 2s", "ten", "infs", "1s1"])
def test_what_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a span of time"):
        parse_duration_ms(text)
