"""A completion calls those who wait once, in order, whenever they come."""

from __future__ import annotations

import pytest

from kafkalite.model.completion import Completion


def test_those_who_wait_are_called_in_order_and_those_who_come_late_at_once() -> None:
    completion = Completion()
    called: list[str] = []
    completion.then(lambda: called.append("first"))
    completion.then(lambda: called.append("second"))
    assert not completion.is_done and called == []
    completion.end()
    assert completion.is_done and completion.error is None
    completion.then(lambda: called.append("late"))
    assert called == ["first", "second", "late"]


def test_the_error_is_there_when_they_are_called() -> None:
    completion = Completion()
    seen: list[Exception | None] = []
    completion.then(lambda: seen.append(completion.error))
    completion.end(problem := KeyError("x"))
    assert seen == [problem]


def test_one_who_waits_may_bring_another() -> None:
    completion = Completion()
    called: list[str] = []
    completion.then(lambda: completion.then(lambda: called.append("brought")))
    completion.end()
    assert called == ["brought"]


def test_it_ends_once() -> None:
    completion = Completion()
    completion.end()
    with pytest.raises(AssertionError):
        completion.end()
