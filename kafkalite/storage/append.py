"""The result of `PartitionStore.append`: an append that is done, or that ends later.

A local disk is done at once, or after the write of its thread; a shared store after the commit of an upload.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.model.completion import Completion

if TYPE_CHECKING:
    from collections.abc import Callable


class DoneAppend:
    """An append whose bytes are in the file.

    Attributes:
        position: of its first byte.
    """

    __slots__ = ("position",)

    is_done = True
    error = None

    def __init__(self, position: int) -> None:
        self.position = position

    def then(self, callback: Callable[[], object]) -> None:
        """Call `callback` now."""
        callback()

    def wait(self) -> None:
        """Return at once."""


class PendingAppend(Completion):
    """An append that is not done yet. It ends in the thread of the store, after all that were begun before it.

    Args:
        position: of its first byte, once it is done.
        wait: is given the append, and returns after its end. A function that refers to the append would keep its
            buffer until cycles are collected.

    Attributes:
        error: a StorageFault; no part of the append is in the file then, and later ones fail too.
    """

    __slots__ = ("_wait", "position")

    def __init__(self, position: int, wait: Callable[[PendingAppend], None]) -> None:
        super().__init__()
        self.position = position
        self._wait = wait

    def wait(self) -> None:
        """Wait until the append has ended, successfully or not, and its callbacks have been called."""
        if not self.is_done:
            self._wait(self)


if TYPE_CHECKING:
    Append = DoneAppend | PendingAppend
