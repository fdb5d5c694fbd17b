"""An answer goes out when what it tells of is stored, and is a failure where that could not be."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any

import pytest

from kafkalite.broker.context import Deferred
from kafkalite.broker.unstored_changes import UnstoredChanges
from kafkalite.model.completion import Completion
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError

REFUSAL = ApiError(errors.NOT_COORDINATOR)


class Request:
    """A request whose handler met some changes, and the answer that its client sees."""

    def __init__(self, count: int = 2) -> None:
        self.unstored = UnstoredChanges()
        self.changes = [Completion() for _ in range(count)]
        for change in self.changes:
            self.unstored.note(change)
        self.seen: list[Any] = []

    def answer(self, response: Any) -> Deferred:
        held = self.unstored.hold(response)
        assert isinstance(held, Deferred)
        held.then(self.seen.append)
        return held

    def drive(self, steps: Generator[Any, None, Any]) -> None:
        """Take steps as a work queue does."""
        try:
            errand = next(steps)
        except StopIteration as end:
            self.seen.append(end.value)
        except ApiError as error:
            self.seen.append(error)
        else:
            if errand is None:
                self.drive(steps)
            else:
                errand.begin(lambda: self.drive(steps))


def test_an_answer_without_changes_goes_out_as_it_is() -> None:
    unstored = UnstoredChanges()
    assert unstored.hold("answer") == "answer"
    done = Completion()
    done.end()
    unstored.note(done)
    assert unstored.hold("answer") == "answer" and unstored.hold(None) is None


def test_an_answer_waits_for_all_of_them() -> None:
    request = Request()
    request.answer("answer")
    request.changes[0].end()
    assert request.seen == [] and request.unstored.changes == []
    request.changes[1].end()
    assert request.seen == ["answer"]


def test_where_one_fails_the_request_fails() -> None:
    request = Request()
    request.answer("answer")
    request.changes[0].end(REFUSAL)
    request.changes[1].end()
    assert request.seen == [REFUSAL]


def test_a_change_that_failed_already_counts() -> None:
    request = Request(0)
    failed = Completion()
    failed.end(REFUSAL)
    request.unstored.note(failed)
    request.answer("answer")
    assert request.seen == [REFUSAL]


def test_an_answer_that_comes_later_anyway_waits_for_both() -> None:
    request = Request(1)
    later = Deferred()
    request.answer(later)
    later.complete("answer")
    assert request.seen == []
    request.changes[0].end()
    assert request.seen == ["answer"]


def test_a_client_that_is_gone_is_gone_for_what_waits_too() -> None:
    request = Request(1)
    abandoned: list[str] = []
    later = Deferred()
    later.on_abandon = lambda: abandoned.append("gone")
    request.answer(later).abandon()
    assert abandoned == ["gone"]


@pytest.mark.parametrize("error", [None, REFUSAL])
def test_a_handler_in_steps_is_answered_when_what_each_step_met_is_stored(error: ApiError | None) -> None:
    request = Request(0)
    change = Completion()

    def handler() -> Generator[None, None, str]:
        yield None
        request.unstored.note(change)
        yield None
        return "answer"

    request.drive(request.unstored.collect(handler()))
    assert request.seen == []
    change.end(error)
    assert request.seen == [error or "answer"]


def test_what_others_meet_between_two_steps_is_theirs() -> None:
    request = Request(0)
    theirs = Completion()
    seen: list[Any] = []

    def handler() -> Generator[None, None, str]:
        yield None
        return "answer"

    steps = request.unstored.collect(handler())
    assert next(steps) is None
    request.unstored.note(theirs)  # by a timer, say
    with pytest.raises(StopIteration) as end:
        next(steps)
    seen.append(end.value.value)
    assert seen == ["answer"]


def test_a_handler_waits_before_it_goes_on() -> None:
    request = Request(1)

    def handler() -> Generator[Any, None, str]:
        try:
            yield from request.unstored.settle_steps()
        except ApiError as error:
            return f"refused with {errors.NAMES[error.error_code]}"
        return "went on"

    request.drive(handler())
    assert request.seen == []
    request.changes[0].end(REFUSAL)
    assert request.seen == ["refused with NOT_COORDINATOR"]


def test_one_who_is_not_in_steps_is_called() -> None:
    request = Request()
    callback: Callable[[], None] = lambda: request.seen.append("called")  # noqa: E731
    request.unstored.then(callback)
    request.changes[0].end(REFUSAL)
    request.changes[1].end()
    assert request.seen == ["called"]
