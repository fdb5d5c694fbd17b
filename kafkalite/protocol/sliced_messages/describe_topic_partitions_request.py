# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's DescribeTopicPartitionsRequest, read in slices."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.limits import COLLECTION_MAX_COUNT, SHARED_ELEMENT_MAX_BYTES, STEP_MAX_BYTES
from kafkalite.protocol.messages.describe_topic_partitions_request import (
    DescribeTopicPartitionsRequest,
    TopicRequest,
    _read_cursor,
    _read_topic_request,
)
from kafkalite.protocol.primitives import (
    READ_ERRORS,
    ManyTaggedFields,
    new,
    read_around_tags,
    read_compact_length,
    read_tagged_fields_steps,
    refuse_count,
    refuse_large_count,
    refuse_truncated,
)

if TYPE_CHECKING:
    from collections.abc import Generator

    from kafkalite.protocol.primitives import Buffer

_unpack_i = Struct(">i").unpack_from


def _read_describe_topic_partitions_request_steps(
    buffer: Buffer, position: int, version: int
) -> Generator[None, None, tuple[DescribeTopicPartitionsRequest, int]]:
    self = new(DescribeTopicPartitionsRequest)
    limit = position + STEP_MAX_BYTES
    known_topics_: dict[bytes, TopicRequest] = {}
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 2 * (length - 1) > len(buffer) - position:
        refuse_count()
    if length - 1 > COLLECTION_MAX_COUNT:
        refuse_large_count(length - 1)
    topics_ = self.topics = []
    known_topics_.clear()
    for _ in range(length - 1):
        if position > limit:
            yield
            limit = position + STEP_MAX_BYTES
        start = position
        try:
            topics_item, position = _read_topic_request(buffer, position, version)
        except ManyTaggedFields as many:
            topics_item, position = yield from read_around_tags(
                _read_topic_request, many.position, buffer, position, version
            )
        if position - start <= SHARED_ELEMENT_MAX_BYTES:
            topics_item = known_topics_.setdefault(bytes(buffer[start:position]), topics_item)
        topics_.append(topics_item)
    (self.response_partition_limit,) = _unpack_i(buffer, position)
    position += 4
    marker = buffer[position]
    position += 1
    if marker > 127:
        self.cursor = None
    else:
        try:
            self.cursor, position = _read_cursor(buffer, position, version)
        except ManyTaggedFields as many:
            self.cursor, position = yield from read_around_tags(_read_cursor, many.position, buffer, position, version)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = yield from read_tagged_fields_steps(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def read_steps(
    buffer: memoryview, position: int, version: int
) -> Generator[None, None, tuple[DescribeTopicPartitionsRequest, int]]:
    """Read as `read` of the class does, and yield on the way. Errors: ProtocolViolation."""
    try:
        message, position = yield from _read_describe_topic_partitions_request_steps(buffer, position, version)
    except READ_ERRORS as error:
        refuse_truncated("DescribeTopicPartitionsRequest", error)
    if position > len(buffer):
        refuse_truncated("DescribeTopicPartitionsRequest")
    return message, position
