"""Items that a request names more than once."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

Name = TypeVar("Name", bound="Hashable")


def find_repeated(names: Iterable[Name]) -> dict[Name, int]:
    """Return name -> count of the names that occur more than once, in the order of their first occurrence."""
    return {name: count for name, count in Counter(names).items() if count > 1}
