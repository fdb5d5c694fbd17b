# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's OffsetDeleteRequest, read in slices."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.limits import COLLECTION_MAX_COUNT, SHARED_ELEMENT_MAX_BYTES, STEP_MAX_BYTES
from kafkalite.protocol.messages.offset_delete_request import (
    OffsetDeleteRequest,
    OffsetDeleteRequestPartition,
    OffsetDeleteRequestTopic,
    _read_offset_delete_request_partition,
)
from kafkalite.protocol.primitives import (
    READ_ERRORS,
    new,
    refuse_count,
    refuse_large_count,
    refuse_null,
    refuse_truncated,
)

if TYPE_CHECKING:
    from collections.abc import Generator

    from kafkalite.protocol.primitives import Buffer

_unpack_h = Struct(">h").unpack_from
_unpack_i = Struct(">i").unpack_from


def _read_offset_delete_request_topic_steps(
    buffer: Buffer, position: int, version: int
) -> Generator[None, None, tuple[OffsetDeleteRequestTopic, int]]:
    self = new(OffsetDeleteRequestTopic)
    limit = position + STEP_MAX_BYTES
    known_partitions_: dict[bytes, OffsetDeleteRequestPartition] = {}
    (length,) = _unpack_h(buffer, position)
    position += 2
    if length < 0:
        refuse_null()
    end = position + length
    self.name = str(buffer[position:end], "utf-8", "as-java")
    position = end
    (length,) = _unpack_i(buffer, position)
    position += 4
    if length < 0:
        refuse_null()
    if 4 * length > len(buffer) - position:
        refuse_count()
    if length > COLLECTION_MAX_COUNT:
        refuse_large_count(length)
    partitions_ = self.partitions = []
    known_partitions_.clear()
    for _ in range(length):
        if position > limit:
            yield
            limit = position + STEP_MAX_BYTES
        start = position
        partitions_item, position = _read_offset_delete_request_partition(buffer, position, version)
        if position - start <= SHARED_ELEMENT_MAX_BYTES:
            partitions_item = known_partitions_.setdefault(bytes(buffer[start:position]), partitions_item)
        partitions_.append(partitions_item)
    return self, position


def _read_offset_delete_request_steps(
    buffer: Buffer, position: int, version: int
) -> Generator[None, None, tuple[OffsetDeleteRequest, int]]:
    self = new(OffsetDeleteRequest)
    limit = position + STEP_MAX_BYTES
    (length,) = _unpack_h(buffer, position)
    position += 2
    if length < 0:
        refuse_null()
    end = position + length
    self.group_id = str(buffer[position:end], "utf-8", "as-java")
    position = end
    (length,) = _unpack_i(buffer, position)
    position += 4
    if length < 0:
        refuse_null()
    if 6 * length > len(buffer) - position:
        refuse_count()
    if length > COLLECTION_MAX_COUNT:
        refuse_large_count(length)
    topics_ = self.topics = []
    for _ in range(length):
        if position > limit:
            yield
            limit = position + STEP_MAX_BYTES
        topics_item, position = yield from _read_offset_delete_request_topic_steps(buffer, position, version)
        topics_.append(topics_item)
    return self, position


def read_steps(
    buffer: memoryview, position: int, version: int
) -> Generator[None, None, tuple[OffsetDeleteRequest, int]]:
    """Read as `read` of the class does, and yield on the way. Errors: ProtocolViolation."""
    try:
        message, position = yield from _read_offset_delete_request_steps(buffer, position, version)
    except READ_ERRORS as error:
        refuse_truncated("OffsetDeleteRequest", error)
    if position > len(buffer):
        refuse_truncated("OffsetDeleteRequest")
    return message, position
