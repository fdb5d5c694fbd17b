"""Suspends full runs of Python's cycle collector while a large request exists.

A full run visits all objects and cannot be interrupted: with the millions of objects of one large request it stops the
whole process for a second, and repeats each time their number has grown by a quarter. Reference counts free a request
without it; young objects are collected as usual.
"""

from __future__ import annotations

import gc

NEVER = 1_000_000_000


class FullCollections:
    """The suspension of full runs, counted over all its users."""

    __slots__ = ("_holder_count", "_threshold")

    def __init__(self) -> None:
        self._holder_count = 0
        self._threshold = 0

    def hold_off(self) -> None:
        """Suspend full runs until `allow` was called as often as this."""
        if self._holder_count == 0:
            young, middle, self._threshold = gc.get_threshold()
            gc.set_threshold(young, middle, NEVER)
        self._holder_count += 1

    def allow(self) -> None:
        """End one `hold_off`."""
        self._holder_count -= 1
        if self._holder_count == 0:
            young, middle, _ = gc.get_threshold()
            gc.set_threshold(young, middle, self._threshold)
