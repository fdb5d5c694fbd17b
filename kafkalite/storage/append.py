"""The handle that `PartitionStore.append` returns: an append that is done, or one that will be.

A local disk is done at once, or when its thread has written; a shared store when it has committed what was uploaded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.model.completion import Completion

if TYPE_CHECKING:
    from collections.abc import Callable


class DoneAppend:
    """An append whose bytes are in the file.

    Attributes:
        position: the first byte of it.
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
    """An append that is not done yet. It ends where the store is used, after all that were begun before it.

    Args:
        position: the first byte of it, once it is done.
        wait: returns when it has ended.

    Attributes:
        error: a StorageFault; nothing of the append is in the file then, and those begun after it fail too.
    """

    __slots__ = ("_wait", "position")

    def __init__(self, position: int, wait: Callable[[], None]) -> None:
        super().__init__()
        self.position = position
        self._wait = wait

    def wait(self) -> None:
        """Return when the append has ended, well or not, and those who wait for it were called."""
        if not self.is_done:
            self._wait()


if TYPE_CHECKING:
    Append = DoneAppend | PendingAppend
