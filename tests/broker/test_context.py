"""A deferred reply: completed once, and free of what it held as soon as it is over."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable, Iterator

import pytest

from kafkalite.broker.context import Deferred


class Waiting:
    """Something large that waits for bytes, and leads back to its reply as a waiting fetch does."""

    def __init__(self, deferred: Deferred) -> None:
        self.deferred = deferred
        self.left_count = 0

    def leave(self) -> None:
        self.left_count += 1

    def arrived(self, response: object) -> None:
        self.response = response


@pytest.fixture
def no_collector() -> Iterator[None]:
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def test_a_response_is_delivered_whether_it_comes_before_or_after_the_callback() -> None:
    for is_early in (True, False):
        deferred, got = Deferred(), list[object]()
        if is_early:
            deferred.complete("answer")
            deferred.then(got.append)
        else:
            deferred.then(got.append)
            deferred.complete("answer")
        assert got == ["answer"] and deferred.is_completed
        deferred.abandon()
        with pytest.raises(AssertionError):
            deferred.complete("again")


def test_what_waits_leaves_once_and_only_where_there_is_no_response() -> None:
    for is_answered in (True, False):
        deferred = Deferred()
        waiting = Waiting(deferred)
        deferred.on_abandon = waiting.leave
        if is_answered:
            deferred.complete("answer")
        deferred.abandon()
        deferred.abandon()
        assert waiting.left_count == (0 if is_answered else 1)


def test_a_response_after_the_client_left_is_delivered_nowhere() -> None:
    deferred, got = Deferred(), list[object]()
    deferred.then(got.append)
    deferred.abandon()
    deferred.complete("answer")
    assert got == [] and deferred.is_completed


@pytest.mark.parametrize("end", [Deferred.abandon, lambda deferred: deferred.complete("answer")])
def test_what_waited_is_free_without_a_collection(no_collector: None, end: Callable[[Deferred], None]) -> None:
    deferred = Deferred()
    waiting = Waiting(deferred)
    deferred.on_abandon = waiting.leave
    deferred.then(waiting.arrived)
    freed = weakref.ref(waiting)
    end(deferred)
    del waiting, deferred
    assert freed() is None


def test_a_response_is_free_once_it_was_delivered(no_collector: None) -> None:
    for is_early in (True, False):
        deferred, response = Deferred(), Waiting(Deferred())
        freed = weakref.ref(response)
        if not is_early:
            deferred.then(lambda given: None)
        deferred.complete(response)
        if is_early:
            deferred.then(lambda given: None)
        del response
        assert freed() is None
