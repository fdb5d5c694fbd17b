"""Batch headers for tests of code that reads only headers."""

from __future__ import annotations

from typing import Any

from kafkalite.records.batch import BatchHeader

TRANSACTIONAL = 0x10
CONTROL = 0x20


def make_header(
    *,
    producer_id: int = 7,
    producer_epoch: int = 0,
    base_sequence: int = 0,
    count: int = 1,
    base_offset: int = 0,
    is_transactional: bool = False,
    is_control: bool = False,
    max_timestamp: int = 1_000,
) -> BatchHeader:
    """Return the header of a batch of `count` records without its records."""
    fields: dict[str, Any] = {
        "position": 0,
        "base_offset": base_offset,
        "batch_length": 49 + count * 7,
        "partition_leader_epoch": 0,
        "magic": 2,
        "crc": 0,
        "attributes": TRANSACTIONAL * is_transactional | CONTROL * is_control,
        "last_offset_delta": count - 1,
        "base_timestamp": max_timestamp,
        "max_timestamp": max_timestamp,
        "producer_id": producer_id,
        "producer_epoch": producer_epoch,
        "base_sequence": base_sequence,
        "record_count": count,
    }
    return BatchHeader(**fields)
