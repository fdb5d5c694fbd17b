"""Expressions beside RE2 itself: what it accepts, refuses and matches.

Kafka uses RE2J, which differs from RE2 in a few points; they are left out here and tested against RE2J's own answers in
``test_matcher.py``: RE2 takes a group's name twice.
"""

from __future__ import annotations

import re2
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from kafkalite.coordinators.regex.matcher import LinearRegex
from kafkalite.coordinators.regex.syntax import InvalidRegex

OPTIONS = re2.Options()
OPTIONS.log_errors = False

ATOMS = st.sampled_from(
    [
        *"abAB09._-",
        ".",
        "[a-b]",
        "[^a-b]",
        "[[:alpha:]]",
        "[^[:digit:]_]",
        r"\d",
        r"\W",
        r"\x41",
        r"\.",
        r"[\w-]",
        r"\pL",
    ]
)
ASSERTIONS = st.sampled_from(["^", "$", r"\b", r"\B", r"\A", r"\z", ""])
REPEATS = st.sampled_from(["*", "+", "?", "*?", "{2}", "{1,2}", "{0,}", "{,2}", ""])
FLAGS = st.sampled_from(["(?i)", "(?s)", "(?m)", "(?U)", "(?i-s)", ""])


def grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return expressions made of smaller ones."""
    grouped = st.tuples(st.sampled_from(["(", "(?:", "(?i:", "(?P<name>"]), inner).map(
        lambda pair: f"{pair[0]}{pair[1]})"
    )
    return st.one_of(
        st.tuples(grouped, REPEATS).map("".join),
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map("|".join),
    )


EXPRESSIONS = st.recursive(st.tuples(ASSERTIONS, ATOMS, REPEATS).map("".join), grown, max_leaves=6)
SOUP = st.text(alphabet=r"ab0.*+?()[]{}|^$\-:,12PpQEdsw<>_i", max_size=10)
NAMES = st.lists(st.text(alphabet="abAB01._-", max_size=6), min_size=4, max_size=4)


def matches(pattern: str, names: list[str]) -> list[bool] | None:
    """Return which names an expression matches as a whole; None where it is refused."""
    try:
        regex = LinearRegex(pattern)
    except InvalidRegex:
        return None
    return [regex.matches(name) for name in names]


def matches_in_re2(pattern: str, names: list[str]) -> list[bool] | None:
    """Return the same of RE2."""
    try:
        regex = re2.compile(pattern, OPTIONS)
    except re2.error:
        return None
    return [regex.fullmatch(name) is not None for name in names]


@settings(max_examples=400)
@given(FLAGS, EXPRESSIONS, NAMES)
def test_expressions_match_as_in_re2(flags: str, expression: str, names: list[str]) -> None:
    assume(expression.count("(?P<name>") < 2)
    assert matches(flags + expression, names) == matches_in_re2(flags + expression, names)


@settings(max_examples=400)
@given(SOUP, NAMES)
@example("a**", ["a"])
@example("x{1001}", ["x"])
def test_any_text_is_refused_or_matches_as_in_re2(pattern: str, names: list[str]) -> None:
    assert matches(pattern, names) == matches_in_re2(pattern, names)
