"""Freeing large messages piece by piece: a million objects that go at once are as long a step as making them.

Nothing is taken out of a message, for a handler may have kept a part of it: a separate list of references is let
go of, which has the last ones where no handler has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kafkalite.model.limits import STEP_MAX_ITEM_COUNT
from kafkalite.protocol.primitives import Message

if TYPE_CHECKING:
    from collections.abc import Generator


def leftovers(*messages: Any) -> list[list[Any]]:
    """Return copies of the long lists of messages, to be given to `discard_steps`; what is no message has none."""
    found: list[list[Any]] = []
    for message in messages:
        if isinstance(message, Message):
            _add_long_lists(found, message, message.__slots__)
    return found


def discard_steps(pending: list[list[Any]]) -> Generator[None, None, None]:
    """Let go of the elements of lists, and of those of the long lists in them, in steps."""
    while pending:
        items = pending.pop()
        list_names = _list_names(items[0])
        while items:
            if list_names:
                for item in items[-STEP_MAX_ITEM_COUNT:]:
                    _add_long_lists(pending, item, list_names)
            del items[-STEP_MAX_ITEM_COUNT:]
            yield


def _list_names(item: Any) -> list[str]:
    """Return the attributes of a message that are lists."""
    if not isinstance(item, Message):
        return []
    return [name for name in item.__slots__ if type(getattr(item, name)) is list]


def _add_long_lists(found: list[list[Any]], message: Any, names: Any) -> None:
    for name in names:
        value = getattr(message, name)
        if type(value) is list and len(value) > STEP_MAX_ITEM_COUNT:
            found.append(value.copy())
