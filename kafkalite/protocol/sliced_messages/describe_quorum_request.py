# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's DescribeQuorumRequest, read in slices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.model.limits import COLLECTION_MAX_COUNT, STEP_MAX_BYTES
from kafkalite.protocol.messages.describe_quorum_request import DescribeQuorumRequest, TopicData, _read_partition_data
from kafkalite.protocol.primitives import (
    READ_ERRORS,
    ManyTaggedFields,
    new,
    read_around_tags,
    read_compact_length,
    read_tagged_fields_steps,
    read_text_length,
    refuse_count,
    refuse_large_count,
    refuse_truncated,
)

if TYPE_CHECKING:
    from collections.abc import Generator

    from kafkalite.protocol.primitives import Buffer


def _read_topic_data_steps(buffer: Buffer, position: int, version: int) -> Generator[None, None, tuple[TopicData, int]]:
    self = new(TopicData)
    limit = position + STEP_MAX_BYTES
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.topic_name = str(buffer[position:end], "utf-8", "as-java")
    position = end
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 5 * (length - 1) > len(buffer) - position:
        refuse_count()
    if length - 1 > COLLECTION_MAX_COUNT:
        refuse_large_count(length - 1)
    partitions_ = self.partitions = []
    for _ in range(length - 1):
        if position > limit:
            yield
            limit = position + STEP_MAX_BYTES
        try:
            partitions_item, position = _read_partition_data(buffer, position, version)
        except ManyTaggedFields as many:
            partitions_item, position = yield from read_around_tags(
                _read_partition_data, many.position, buffer, position, version
            )
        partitions_.append(partitions_item)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = yield from read_tagged_fields_steps(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_describe_quorum_request_steps(
    buffer: Buffer, position: int, version: int
) -> Generator[None, None, tuple[DescribeQuorumRequest, int]]:
    self = new(DescribeQuorumRequest)
    limit = position + STEP_MAX_BYTES
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
        topics_item, position = yield from _read_topic_data_steps(buffer, position, version)
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
) -> Generator[None, None, tuple[DescribeQuorumRequest, int]]:
    """Read as `read` of the class does, and yield on the way. Errors: ProtocolViolation."""
    try:
        message, position = yield from _read_describe_quorum_request_steps(buffer, position, version)
    except READ_ERRORS as error:
        refuse_truncated("DescribeQuorumRequest", error)
    if position > len(buffer):
        refuse_truncated("DescribeQuorumRequest")
    return message, position
