"""Comparison of two answers: every field that differs, by its path."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from kafkalite.conformance.player import Reply
from kafkalite.conformance.rules import find_array_rule

MISSING = "(not there)"
_SHOWN_MAX_CHARACTERS = 200


@dataclass(frozen=True)
class Difference:
    """One field: `path` in the answer with positions ("Topics[0].ErrorCode"), the judge's value and this
    broker's value, both in comparable form. `detail` describes why there is no answer."""

    step: str
    path: str
    expected: Any
    actual: Any
    detail: str = ""

    def describe(self, judge: str, subject: str = "here") -> str:
        """Return one line for a person."""
        actual = self.detail or _show(self.actual)
        return f"{self.step}, {self.path}: {judge} answers {_show(self.expected)}, {subject} it is {actual}"


def _show(value: Any) -> str:
    text = value if value == MISSING else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _SHOWN_MAX_CHARACTERS else f"{text[:_SHOWN_MAX_CHARACTERS]}.."


def compare(expected: Sequence[Reply], actual: Sequence[Reply]) -> list[Difference]:
    """Return the differences of two plays of one conversation, in order of the steps."""
    found: list[Difference] = []
    for one, other in zip(expected, actual, strict=False):
        if one.outcome != other.outcome:
            found.append(Difference(one.step, "outcome", _tell(one), _tell(other), other.detail))
        else:
            found += (Difference(one.step, *each) for each in _differences(one.body, other.body, "", one.api))
    if len(expected) != len(actual):
        found.append(Difference("the conversation", "number of steps", len(expected), len(actual)))
    return found


def _tell(reply: Reply) -> Any:
    return reply.outcome if reply.body is None else {"answer": reply.body}


def _differences(one: Any, other: Any, path: str, api: str) -> Iterator[tuple[str, Any, Any]]:
    if isinstance(one, dict) and isinstance(other, dict):
        for name in [*one, *(name for name in other if name not in one)]:
            inner = f"{path}.{name}" if path else name
            yield from _differences(one.get(name, MISSING), other.get(name, MISSING), inner, api)
    elif isinstance(one, list) and isinstance(other, list):
        yield from _list_differences(one, other, path, api)
    elif one != other or type(one) is not type(other):
        yield path, one, other


def _list_differences(one: list[Any], other: list[Any], path: str, api: str) -> Iterator[tuple[str, Any, Any]]:
    keys = _keys(one, path, api), _keys(other, path, api)
    if None in keys:
        keys = [str(number) for number in range(len(one))], [str(number) for number in range(len(other))]
    sides = [dict(zip(names or (), side, strict=True)) for names, side in zip(keys, (one, other), strict=True)]
    for name in dict.fromkeys([*sides[0], *sides[1]]):
        yield from _differences(sides[0].get(name, MISSING), sides[1].get(name, MISSING), f"{path}[{name}]", api)


def plain_path(path: str) -> str:
    """Return a path without its positions."""
    return re.sub(r"\[[^]]*\]", "", path)


def _keys(elements: list[Any], path: str, api: str) -> list[str] | None:
    """Return a name for each element of an array without an order, so that a missing element shifts no others."""
    rule = find_array_rule(f"{api}.{plain_path(path)}")
    if rule is None or len(rule.keys) != 1 or not all(isinstance(element, dict) for element in elements):
        return None
    keys = ["=".join((rule.keys[0], str(element.get(rule.keys[0])))) for element in elements]
    return keys if len(set(keys)) == len(keys) else None
