"""Results."""

from __future__ import annotations

from kafkalite.coordinators.runtime.result import PENDING, Result


def test_a_result_without_anything_changes_nothing_and_says_nothing() -> None:
    result: Result[None] = Result()
    assert (list(result.records), result.response, list(result.replies), result.is_atomic) == ([], None, [], True)


def test_a_result_can_be_read_in_a_failed_test() -> None:
    assert repr(Result([], PENDING)) == "Result([], PENDING, 0 replies)"
