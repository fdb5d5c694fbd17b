"""Which partition of an internal topic keeps the state of a key: Kafka's hashing, so that it finds the state too.

Source: GroupCoordinatorService.partitionFor, TransactionStateManager.partitionFor, Utils.abs, String.hashCode.
"""

from __future__ import annotations

_INT32_MIN = -(2**31)


def partition_for(key: str, partition_count: int) -> int:
    """Return the partition, in 0..partition_count-1, of a group id or a transactional id."""
    code = java_string_hash(key)
    return 0 if code == _INT32_MIN else abs(code) % partition_count


def java_string_hash(text: str) -> int:
    """Return Java's hash code of a string, an int32: over UTF-16 code units."""
    data = text.encode("utf-16-le", "surrogatepass")
    code = 0
    for low, high in zip(data[::2], data[1::2], strict=True):
        code = (31 * code + low + (high << 8)) & 0xFFFF_FFFF
    return code - 2**32 if code >= 2**31 else code
