"""Whether the name of a topic, or a transactional id, matches a regular expression in the syntax of RE2.

Kafka matches with RE2J, in a time that grows with the length of the name alone. So does this matcher: it follows all
ways through the expression at once and remembers where each character leads. An expression cannot make it slow.

Source: TopicRegexResolver of the group coordinator (KIP-848), TransactionStateManager.listTransactionStates (KIP-1152);
Thompson's construction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kafkalite.coordinators.regex.syntax import (
    LINE_BEGIN,
    LINE_END,
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
from kafkalite.model.steps import Pace, finish

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kafkalite.coordinators.regex.syntax import Node
    from kafkalite.model.steps import Steps

_MATCH = 0
_START, _NO_WORD, _WORD, _NEWLINE, _END = range(5)
_NEWLINE_CODE = ord("\n")


class _State(NamedTuple):
    """A place in the expression: what leads on from it, and to where.

    `mask` is 0 where nothing is read; `assertion` must hold then, unless it is None.
    """

    mask: int
    assertion: str | None
    following: tuple[int, ...]


class LinearRegex:
    """A compiled expression. Errors of making one: InvalidRegex."""

    __slots__ = ("_alphabet", "_compiled_count", "_start", "_states", "_steps", "pattern")

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self._states = [_State(0, None, ())]
        self._compiled_count = 0
        node, self._alphabet = parse_regex(pattern)
        self._start = frozenset((self._compile(node, _MATCH),))
        self._steps: dict[tuple[frozenset[int], int, int], frozenset[int]] = {}

    def matches(self, text: str) -> bool:
        """Return whether the whole text matches, not only a part of it."""
        return finish(self.match_steps(text, Pace()))

    def match_steps(self, text: str, pace: Pace) -> Steps[bool]:
        """Do as `matches` in steps: of a large expression, each character may lead through many states."""
        states = self._start
        before = _START
        number = self._alphabet.number
        for character in text:
            code = ord(character)
            if code > 127:
                code = number(code)
            step = (states, before, code)
            following = self._steps.get(step)
            if following is None:
                following, looked_at_count = self._read(states, before, code)
                if len(self._steps) < REGEX_STEP_MAX_COUNT:
                    self._steps[step] = following
                if pace.is_due(looked_at_count):
                    yield
            elif pace.is_due():
                yield
            if not following:
                return False
            states, before = following, _kind(code)
        return _MATCH in self._closure(states, before, _END)

    def _read(self, states: frozenset[int], before: int, code: int) -> tuple[frozenset[int], int]:
        """Return the states that a character leads to, and how many were looked at for it."""
        bit = 1 << code
        reached: set[int] = set()
        closure = self._closure(states, before, _kind(code))
        for number in closure:
            state = self._states[number]
            if state.mask & bit:
                reached.update(state.following)
        return frozenset(reached), len(closure)

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
        self._compiled_count += 1
        if self._compiled_count > REGEX_STATE_MAX_COUNT * 2:  # empty groups, repeated, add no states but take time
            raise InvalidRegex("expression too large")
        if isinstance(node, Characters):
            # A set without any character leads nowhere.
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
    regex = LinearRegex(pattern)
    return frozenset(name for name in topic_names if regex.matches(name))


def _kind(code: int) -> int:
    if code == _NEWLINE_CODE:
        return _NEWLINE
    return _WORD if WORD >> code & 1 else _NO_WORD


def _holds(assertion: str, before: int, after: int) -> bool:
    if assertion == TEXT_BEGIN:
        return before == _START
    if assertion == TEXT_END:
        return after == _END
    if assertion == LINE_BEGIN:
        return before in (_START, _NEWLINE)
    if assertion == LINE_END:
        return after in (_END, _NEWLINE)
    return ((before == _WORD) != (after == _WORD)) != (assertion == NO_WORD_BOUNDARY)
