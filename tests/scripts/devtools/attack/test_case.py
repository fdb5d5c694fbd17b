"""The words for what became of a load."""

from __future__ import annotations

import errno

import pytest

from scripts.devtools.attack.case import NotPlayed, Tally
from scripts.devtools.attack.target import Target
from scripts.devtools.benchmark.wire import free_port


def test_ends_are_counted_in_words() -> None:
    tally = Tally()
    tally.add("answered", 1200)
    for problem in (TimeoutError(), ConnectionResetError(), BrokenPipeError(), BrokenPipeError()):
        tally.fail(problem)
    assert tally.account() == "1,200 answered, 3 closed by the broker, 1 unanswered"
    tally.is_cut = True
    assert tally.account().endswith(", then the time was up")


def test_an_error_of_another_kind_is_named() -> None:
    tally = Tally()
    tally.fail(OSError(errno.ENETUNREACH, "Network is unreachable"))
    assert tally.account() == "1 OSError Network is unreachable"


def test_a_process_without_descriptors_has_not_played() -> None:
    with pytest.raises(NotPlayed, match="no descriptors left"):
        Tally().fail(OSError(errno.EMFILE, "Too many open files"))


def test_without_any_connection_nothing_was_played() -> None:
    tally = Tally()
    assert tally.connect(Target("nothing", "127.0.0.1", free_port())) is None
    with pytest.raises(NotPlayed, match="no connection came about"):
        tally.account()
    tally.add("answered")
    assert tally.account() == "1 not connected, 1 answered"
