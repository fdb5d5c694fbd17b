# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's AlterPartitionReassignmentsRequest, read in slices."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.limits import COLLECTION_MAX_COUNT, STEP_MAX_BYTES
from kafkalite.protocol.messages.alter_partition_reassignments_request import (
    AlterPartitionReassignmentsRequest,
    ReassignablePartition,
    ReassignableTopic,
)
from kafkalite.protocol.primitives import (
    READ_ERRORS,
    new,
    read_compact_length,
    read_numbers_steps,
    read_tagged_fields_steps,
    read_text_length,
    read_uvarint,
    refuse_count,
    refuse_large_count,
    refuse_truncated,
)

if TYPE_CHECKING:
    from collections.abc import Generator

    from kafkalite.protocol.primitives import Buffer

_unpack_i = Struct(">i").unpack_from
_unpack_iB = Struct(">iB").unpack_from


def _read_reassignable_partition_steps(
    buffer: Buffer, position: int, version: int
) -> Generator[None, None, tuple[ReassignablePartition, int]]:
    self = new(ReassignablePartition)
    limit = position + STEP_MAX_BYTES
    self.partition_index, length = _unpack_iB(buffer, position)
    position += 5
    if length > 127:
        length, position = read_uvarint(buffer, position - 1)
    if length == 0:
        self.replicas = None
    else:
        self.replicas, position = yield from read_numbers_steps(buffer, position, length - 1, "i", 4)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = yield from read_tagged_fields_steps(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_reassignable_topic_steps(
    buffer: Buffer, position: int, version: int
) -> Generator[None, None, tuple[ReassignableTopic, int]]:
    self = new(ReassignableTopic)
    limit = position + STEP_MAX_BYTES
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.name = str(buffer[position:end], "utf-8", "as-java")
    position = end
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 6 * (length - 1) > len(buffer) - position:
        refuse_count()
    if length - 1 > COLLECTION_MAX_COUNT:
        refuse_large_count(length - 1)
    partitions_ = self.partitions = []
    for _ in range(length - 1):
        if position > limit:
            yield
            limit = position + STEP_MAX_BYTES
        partitions_item, position = yield from _read_reassignable_partition_steps(buffer, position, version)
        partitions_.append(partitions_item)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = yield from read_tagged_fields_steps(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_alter_partition_reassignments_request_steps(
    buffer: Buffer, position: int, version: int
) -> Generator[None, None, tuple[AlterPartitionReassignmentsRequest, int]]:
    self = new(AlterPartitionReassignmentsRequest)
    limit = position + STEP_MAX_BYTES
    (self.timeout_ms,) = _unpack_i(buffer, position)
    position += 4
    if version >= 1:
        self.allow_replication_factor_change = buffer[position] != 0
        position += 1
    else:
        self.allow_replication_factor_change = True
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 3 * (length - 1) > len(buffer) - position:
        refuse_count()
    if length - 1 > COLLECTION_MAX_COUNT:
        refuse_large_count(length - 1)
    topics_ = self.topics = []
    for _ in range(length - 1):
        if position > limit:
            yield
            limit = position + STEP_MAX_BYTES
        topics_item, position = yield from _read_reassignable_topic_steps(buffer, position, version)
        topics_.append(topics_item)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = yield from read_tagged_fields_steps(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def read_steps(
    buffer: memoryview, position: int, version: int
) -> Generator[None, None, tuple[AlterPartitionReassignmentsRequest, int]]:
    """Read as `read` of the class does, and yield on the way. Errors: ProtocolViolation."""
    try:
        message, position = yield from _read_alter_partition_reassignments_request_steps(buffer, position, version)
    except READ_ERRORS as error:
        refuse_truncated("AlterPartitionReassignmentsRequest", error)
    if position > len(buffer):
        refuse_truncated("AlterPartitionReassignmentsRequest")
    return message, position
