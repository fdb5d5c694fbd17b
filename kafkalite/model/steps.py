"""Work in steps: generators that yield at every point of possible interruption, and return or raise their outcome.

Their owner runs other work between two steps; `finish` is for an owner that does not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from kafkalite.model.limits import STEP_MAX_ITEM_COUNT

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable

T = TypeVar("T")
Item = TypeVar("Item")

if TYPE_CHECKING:
    Steps = Generator[None, None, T]


class Pace:
    """Counts the items that a generator processes, over all its loops, nested ones included.

    ``if pace.is_due(): yield`` after each item ends a step every `STEP_MAX_ITEM_COUNT` items.
    """

    __slots__ = ("_left_count",)

    def __init__(self) -> None:
        self._left_count = STEP_MAX_ITEM_COUNT

    def is_due(self, item_count: int = 1) -> bool:
        """Count processed items and return whether a step ends with them."""
        self._left_count -= item_count
        if self._left_count > 0:
            return False
        self._left_count = STEP_MAX_ITEM_COUNT
        return True


def map_steps(function: Callable[[Item], T], items: Iterable[Item], pace: Pace) -> Steps[list[T]]:
    """Return the results of a function for each item, in steps."""
    results = []
    for item in items:
        results.append(function(item))
        if pace.is_due():
            yield
    return results


def finish(steps: Steps[T]) -> T:
    """Run all steps at once and return the result; no step may yield an errand."""
    while True:
        try:
            errand: object = next(steps)
            assert errand is None, "work that waits for an errand cannot be finished at once"
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]  # StopIteration does not tell the type
