"""The iteration order of Java's ``HashMap``, for answers that Kafka gives in that order.

A map is a table of buckets whose number is a power of two. An entry goes into the bucket that its key's hash code
selects, after the entries already there. The insertion order of the keys and the size of the table therefore determine
the iteration order; the trees into which Java turns crowded buckets of large tables are not reproduced.

Source: java.util.HashMap, String.hashCode, AbstractMap.hashCode of OpenJDK 21, the Java of Kafka's image. (Before Java
19 a copy of 3, 6, 12, ... entries has a larger table: JDK-8281631.)
"""

from __future__ import annotations

import sys
from array import array
from operator import mul
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    Key = TypeVar("Key")

DEFAULT_TABLE_SIZE = 16
"""Buckets of a map that was created without a capacity."""

_MASK = 0xFFFFFFFF
_UTF16 = f"utf-16-{sys.byteorder[0]}e"
_POWERS = [1]
"""31^0, 31^1, ... modulo 2^32, as many as needed so far."""


def string_hash(text: str | None) -> int:
    """Return ``String.hashCode`` as an unsigned number; 0 for null."""
    if text is None:
        return 0
    codes = array("H", text.encode(_UTF16, "surrogatepass"))
    for _ in range(len(codes) - len(_POWERS)):
        _POWERS.append(31 * _POWERS[-1] & _MASK)
    total: int = sum(map(mul, reversed(codes), _POWERS))  # entirely in C: names may be long
    return total & _MASK


def map_hash(entries: Iterable[tuple[str, str | None]]) -> int:
    """Return the hash code of a map from texts to texts or nulls."""
    return sum(string_hash(key) ^ string_hash(value) for key, value in entries) & _MASK


def table_size_for(capacity: int) -> int:
    """Return the number of buckets of a map with an initial capacity: the next power of two."""
    return 1 << max(0, capacity - 1).bit_length()


def table_size_of_copy(count: int) -> int:
    """Return the number of buckets of a copy of a map with ``count`` entries."""
    return table_size_for(-(-count * 4 // 3))


def iteration_order(
    keys: Sequence[Key], hash_of: Callable[[Key], int], table_size: int = DEFAULT_TABLE_SIZE
) -> list[Key]:
    """Return keys in the iteration order of a map.

    Args:
        keys: the distinct keys in the order of their insertion.
        hash_of: returns the hash code of a key, as an unsigned number.
        table_size: the initial number of buckets; it doubles when the entries exceed three quarters of it.
    """
    while len(keys) > table_size * 3 // 4:
        table_size *= 2

    def bucket(key: Key) -> int:
        code = hash_of(key)
        return (code ^ code >> 16) & (table_size - 1)

    return sorted(keys, key=bucket)
