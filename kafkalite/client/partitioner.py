"""Choice of a record's partition: by its key as in Java's producer, else in turn.

Source: BuiltInPartitioner.partitionForKey, Utils.murmur2 (MurmurHash 2 by Austin Appleby, 32 bits).
"""

from __future__ import annotations

_SEED = 0x9747B28C
_MULTIPLIER = 0x5BD1E995
_MASK = 0xFFFFFFFF


def murmur2(data: bytes) -> int:
    """Return the hash of bytes as an unsigned number of 32 bits."""
    size = len(data)
    hashed = _SEED ^ size
    end = size & ~3
    for position in range(0, end, 4):
        word = int.from_bytes(data[position : position + 4], "little") * _MULTIPLIER & _MASK
        word = (word ^ word >> 24) * _MULTIPLIER & _MASK
        hashed = hashed * _MULTIPLIER & _MASK ^ word
    if end < size:
        hashed = (hashed ^ int.from_bytes(data[end:], "little")) * _MULTIPLIER & _MASK
    hashed = (hashed ^ hashed >> 13) * _MULTIPLIER & _MASK
    return hashed ^ hashed >> 15


def partition_of_key(key: bytes, count: int) -> int:
    """Return the partition of a key in a topic of ``count`` partitions."""
    return (murmur2(key) & 0x7FFFFFFF) % count
