"""When work that may be interrupted should give way: a count that generators share."""

from __future__ import annotations

from kafkalite.model.limits import STEP_MAX_ITEM_COUNT


class Pace:
    """Counts the items that a generator works through, over all its loops, however they are nested.

    ``if pace.is_due(): yield`` after each item ends a step every `STEP_MAX_ITEM_COUNT` items.
    """

    __slots__ = ("_left_count",)

    def __init__(self) -> None:
        self._left_count = STEP_MAX_ITEM_COUNT

    def is_due(self, item_count: int = 1) -> bool:
        """Count items that were worked through and return whether a step ends with them."""
        self._left_count -= item_count
        if self._left_count > 0:
            return False
        self._left_count = STEP_MAX_ITEM_COUNT
        return True
