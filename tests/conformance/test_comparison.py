"""Two plays side by side."""

from __future__ import annotations

from typing import Any

from kafkalite.conformance.comparison import MISSING, compare
from kafkalite.conformance.player import Reply


def paths(one: Any, other: Any, api: str = "Heartbeat") -> list[tuple[str, Any, Any]]:
    found = compare([Reply("1. step", api, "answer", one)], [Reply("1. step", api, "answer", other)])
    return [(each.path, each.expected, each.actual) for each in found]


def test_equal_answers_do_not_differ() -> None:
    assert paths({"a": [1, {"b": None}]}, {"a": [1, {"b": None}]}) == []


def test_every_field_that_differs_is_named() -> None:
    assert paths({"a": 1, "b": [{"c": 2}], "d": 3}, {"a": 5, "b": [{"c": 7}], "e": 4}) == [
        ("a", 1, 5),
        ("b[0].c", 2, 7),
        ("d", 3, MISSING),
        ("e", MISSING, 4),
    ]


def test_true_is_not_one() -> None:
    assert paths({"a": 1}, {"a": True}) == [("a", 1, True)]


def test_an_element_that_is_missing_shifts_no_others() -> None:
    one = {"ApiKeys": [{"ApiKey": 1}, {"ApiKey": 2}, {"ApiKey": 3}]}
    other = {"ApiKeys": [{"ApiKey": 1}, {"ApiKey": 3}]}
    assert paths(one, other, "ApiVersions") == [("ApiKeys[ApiKey=2]", {"ApiKey": 2}, MISSING)]


def test_another_outcome_is_told_with_the_answer() -> None:
    [difference] = compare([Reply("1. x", "Fetch", "closed")], [Reply("1. x", "Fetch", "answer", {"a": 1})])
    assert (difference.expected, difference.actual) == ("closed", {"answer": {"a": 1}})
    assert difference.describe("Kafka") == '1. x, outcome: Kafka answers "closed", here it is {"answer": {"a": 1}}'


def test_a_conversation_that_ends_early() -> None:
    reply = Reply("1. x", "Fetch", "closed")
    assert [each.path for each in compare([reply, reply], [reply])] == ["number of steps"]
