"""Which topics a regular expression of a subscription stands for.

Kafka matches with RE2J, in a time that grows with the length of the name alone. So does this matcher: it follows all
ways through the expression at once and remembers where each character leads. An expression cannot make it slow.

Source: org.apache.kafka.coordinator.group.modern.consumer.TopicRegexResolver (KIP-848); Thompson's construction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kafkalite.coordinators.group.consumer.regex_syntax import (
    NO_WORD_BOUNDARY,
    TEXT_BEGIN,
    TEXT_END,
    WORD,
    Assertion,
    Characters,
    Choice,
    InvalidRegex,
    Repeat,
    Sequence,
    parse_regex,
)
from kafkalite.model.limits import REGEX_STATE_MAX_COUNT, REGEX_STEP_MAX_COUNT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kafkalite.coordinators.group.consumer.regex_syntax import Node

_MATCH = 0
_START, _NO_WORD, _WORD, _END = range(4)


class _State(NamedTuple):
    """A place in the expression: what leads on from it, and to where.

    `mask` is 0 where nothing is read; `assertion` must hold then, unless it is None.
    """

    mask: int
    assertion: str | None
    following: tuple[int, ...]


class SubscriptionRegex:
    """A compiled expression. Errors of making one: InvalidRegex."""

    __slots__ = ("_start", "_states", "_steps", "pattern")

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self._states = [_State(0, None, ())]
        self._start = frozenset((self._compile(parse_regex(pattern), _MATCH),))
        self._steps: dict[tuple[frozenset[int], int, int], frozenset[int]] = {}

    def matches(self, text: str) -> bool:
        """Return whether the whole text matches, not only a part of it."""
        states = self._start
        before = _START
        for character in text:
            code = ord(character)
            if code > 127:
                return False
            step = (states, before, code)
            following = self._steps.get(step)
            if following is None:
                following = self._read(states, before, code)
                if len(self._steps) < REGEX_STEP_MAX_COUNT:
                    self._steps[step] = following
            if not following:
                return False
            states, before = following, _kind(code)
        return _MATCH in self._closure(states, before, _END)

    def _read(self, states: frozenset[int], before: int, code: int) -> frozenset[int]:
        bit = 1 << code
        reached: set[int] = set()
        for number in self._closure(states, before, _kind(code)):
            state = self._states[number]
            if state.mask & bit:
                reached.update(state.following)
        return frozenset(reached)

    def _closure(self, states: Iterable[int], before: int, after: int) -> set[int]:
        """Return all states that can be reached without reading anything, between two kinds of characters."""
        closure: set[int] = set()
        waiting = list(states)
        while waiting:
            number = waiting.pop()
            if number in closure:
                continue
            closure.add(number)
            state = self._states[number]
            if not state.mask and (state.assertion is None or _holds(state.assertion, before, after)):
                waiting.extend(state.following)
        return closure

    def _add(self, mask: int, assertion: str | None, *following: int) -> int:
        if len(self._states) >= REGEX_STATE_MAX_COUNT:
            raise InvalidRegex("expression too large")
        self._states.append(_State(mask, assertion, following))
        return len(self._states) - 1

    def _compile(self, node: Node, following: int) -> int:
        """Add the states of a node that lead to `following`, and return the first of them."""
        if isinstance(node, Characters):
            # A set without any character that a topic name could have leads nowhere.
            return self._add(node.mask, None, following) if node.mask else self._add(0, None)
        if isinstance(node, Assertion):
            return self._add(0, node.kind, following)
        if isinstance(node, Sequence):
            for part in reversed(node.nodes):
                following = self._compile(part, following)
            return following
        if isinstance(node, Choice):
            return self._add(0, None, *(self._compile(part, following) for part in node.nodes))
        return self._compile_repeat(node, following)

    def _compile_repeat(self, node: Repeat, following: int) -> int:
        if node.most < 0:
            again = self._add(0, None)  # its ways on are known once its body is compiled
            self._states[again] = _State(0, None, (self._compile(node.node, again), following))
            first = again
        else:
            first = following
            for _ in range(node.most - node.least):
                first = self._add(0, None, self._compile(node.node, first), following)
        for _ in range(node.least):
            first = self._compile(node.node, first)
        return first


def resolve_regex(pattern: str, topic_names: Iterable[str]) -> frozenset[str]:
    """Return the topics that an expression stands for. Errors: InvalidRegex."""
    regex = SubscriptionRegex(pattern)
    return frozenset(name for name in topic_names if regex.matches(name))


def _kind(code: int) -> int:
    return _WORD if WORD >> code & 1 else _NO_WORD


def _holds(assertion: str, before: int, after: int) -> bool:
    if assertion == TEXT_BEGIN:
        return before == _START
    if assertion == TEXT_END:
        return after == _END
    return ((before == _WORD) != (after == _WORD)) != (assertion == NO_WORD_BOUNDARY)
