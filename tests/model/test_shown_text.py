"""Text of a client in a line of ours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kafkalite.model.shown_text import shown_text


@pytest.mark.parametrize("text", ["", "orders", "C:\\temp", "münchen 日本", "a'b\"c"])
def test_ordinary_names_are_left_as_they_are(text: str) -> None:
    assert shown_text(text, 100) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\nb\r\tc", r"a\nb\r\tc"),
        ("\x1b[2Jgone", r"\x1b[2Jgone"),
        ("a\0\x7f\x85b", r"a\x00\x7f\x85b"),
        ("line\u2028separator", r"line\u2028separator"),
        ("\u202etxt.exe", r"\u202etxt.exe"),
        ("half \ud800", r"half \ud800"),
        ("a\\nb\n", r"a\\nb\n"),
    ],
)
def test_what_a_terminal_would_obey_is_escaped(text: str, shown: str) -> None:
    assert shown_text(text, 100) == shown


def test_long_text_is_cut_and_says_so() -> None:
    assert shown_text("x" * 100, 100) == "x" * 100
    assert shown_text("x" * 32_000, 100) == "x" * 100 + "... (32,000 characters)"


@given(st.text(max_size=50))
def test_it_is_printable_and_different_texts_stay_different(text: str) -> None:
    shown = shown_text(text, 50)
    assert shown.isprintable()
    if shown != text:  # then it can be read back
        assert shown.encode("latin-1", "backslashreplace").decode("unicode_escape") == text
