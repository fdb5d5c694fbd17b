"""Something that ends later: well, or with an error, once."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Completion:
    """The end of something that has begun, for those who wait for it.

    Attributes:
        is_done: whether it has ended.
        error: why it failed; None before the end, or where all went well.
    """

    __slots__ = ("_callbacks", "error", "is_done")

    def __init__(self) -> None:
        self.is_done = False
        self.error: Exception | None = None
        self._callbacks: list[Callable[[], object]] = []

    def then(self, callback: Callable[[], object]) -> None:
        """Call `callback` once: now where it has ended, else at the end, in the order of these calls."""
        if self.is_done:
            callback()
        else:
            self._callbacks.append(callback)

    def end(self, error: Exception | None = None) -> None:
        """End it, and call those who wait; a second call is a bug."""
        assert not self.is_done, "it has ended already"
        self.is_done = True
        self.error = error
        callbacks, self._callbacks = self._callbacks, []
        for callback in callbacks:
            callback()
