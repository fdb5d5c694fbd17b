# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's ProduceRequest, read in slices."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.limits import COLLECTION_MAX_COUNT, STEP_MAX_BYTES
from kafkalite.model.uuids import ZERO_UUID
from kafkalite.protocol.messages.produce_request import ProduceRequest, TopicProduceData, _read_partition_produce_data
from kafkalite.protocol.primitives import (
    READ_ERRORS,
    ManyTaggedFields,
    new,
    read_around_tags,
    read_compact_length,
    read_nullable_text_length,
    read_tagged_fields_steps,
    read_text_length,
    refuse_count,
    refuse_large_count,
    refuse_null,
    refuse_truncated,
)

if TYPE_CHECKING:
    from collections.abc import Generator

    from kafkalite.protocol.primitives import Buffer

_unpack_16sB = Struct(">16sB").unpack_from
_unpack_h = Struct(">h").unpack_from
_unpack_hiB = Struct(">hiB").unpack_from
_unpack_hii = Struct(">hii").unpack_from
_unpack_i = Struct(">i").unpack_from


def _read_topic_produce_data_steps(
    buffer: Buffer, position: int, version: int
) -> Generator[None, None, tuple[TopicProduceData, int]]:
    self = new(TopicProduceData)
    limit = position + STEP_MAX_BYTES
    if version >= 13:
        self.name = ""
        self.topic_id, length = _unpack_16sB(buffer, position)
        position += 17
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 6 * (length - 1) > len(buffer) - position:
            refuse_count()
        if length - 1 > COLLECTION_MAX_COUNT:
            refuse_large_count(length - 1)
        partition_data_ = self.partition_data = []
        for _ in range(length - 1):
            if position > limit:
                yield
                limit = position + STEP_MAX_BYTES
            try:
                partition_data_item, position = _read_partition_produce_data(buffer, position, version)
            except ManyTaggedFields as many:
                partition_data_item, position = yield from read_around_tags(
                    _read_partition_produce_data, many.position, buffer, position, version
                )
            partition_data_.append(partition_data_item)
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = yield from read_tagged_fields_steps(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    elif version >= 9:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.name = str(buffer[position:end], "utf-8", "as-java")
        position = end
        self.topic_id = ZERO_UUID
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 6 * (length - 1) > len(buffer) - position:
            refuse_count()
        if length - 1 > COLLECTION_MAX_COUNT:
            refuse_large_count(length - 1)
        partition_data_ = self.partition_data = []
        for _ in range(length - 1):
            if position > limit:
                yield
                limit = position + STEP_MAX_BYTES
            try:
                partition_data_item, position = _read_partition_produce_data(buffer, position, version)
            except ManyTaggedFields as many:
                partition_data_item, position = yield from read_around_tags(
                    _read_partition_produce_data, many.position, buffer, position, version
                )
            partition_data_.append(partition_data_item)
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = yield from read_tagged_fields_steps(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        (length,) = _unpack_h(buffer, position)
        position += 2
        if length < 0:
            refuse_null()
        end = position + length
        self.name = str(buffer[position:end], "utf-8", "as-java")
        position = end
        self.topic_id = ZERO_UUID
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 8 * length > len(buffer) - position:
            refuse_count()
        if length > COLLECTION_MAX_COUNT:
            refuse_large_count(length)
        partition_data_ = self.partition_data = []
        for _ in range(length):
            if position > limit:
                yield
                limit = position + STEP_MAX_BYTES
            partition_data_item, position = _read_partition_produce_data(buffer, position, version)
            partition_data_.append(partition_data_item)
        self.unknown_tagged_fields = None
    return self, position


def _read_produce_request_steps(
    buffer: Buffer, position: int, version: int
) -> Generator[None, None, tuple[ProduceRequest, int]]:
    self = new(ProduceRequest)
    limit = position + STEP_MAX_BYTES
    if version >= 9:
        length = buffer[position]
        position += 1
        if length > 127:
            length, position = read_nullable_text_length(buffer, position - 1)
        if length == 0:
            self.transactional_id = None
        else:
            end = position + length - 1
            self.transactional_id = str(buffer[position:end], "utf-8", "as-java")
            position = end
        self.acks, self.timeout_ms, length = _unpack_hiB(buffer, position)
        position += 7
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 2 * (length - 1) > len(buffer) - position:
            refuse_count()
        if length - 1 > COLLECTION_MAX_COUNT:
            refuse_large_count(length - 1)
        topic_data_ = self.topic_data = []
        for _ in range(length - 1):
            if position > limit:
                yield
                limit = position + STEP_MAX_BYTES
            topic_data_item, position = yield from _read_topic_produce_data_steps(buffer, position, version)
            topic_data_.append(topic_data_item)
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = yield from read_tagged_fields_steps(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    elif version >= 3:
        (length,) = _unpack_h(buffer, position)
        position += 2
        if length < 0:
            self.transactional_id = None
        else:
            end = position + length
            self.transactional_id = str(buffer[position:end], "utf-8", "as-java")
            position = end
        self.acks, self.timeout_ms, length = _unpack_hii(buffer, position)
        position += 10
        if length < 0:
            refuse_null()
        if 6 * length > len(buffer) - position:
            refuse_count()
        if length > COLLECTION_MAX_COUNT:
            refuse_large_count(length)
        topic_data_ = self.topic_data = []
        for _ in range(length):
            if position > limit:
                yield
                limit = position + STEP_MAX_BYTES
            topic_data_item, position = yield from _read_topic_produce_data_steps(buffer, position, version)
            topic_data_.append(topic_data_item)
        self.unknown_tagged_fields = None
    else:
        self.transactional_id = None
        self.acks, self.timeout_ms, length = _unpack_hii(buffer, position)
        position += 10
        if length < 0:
            refuse_null()
        if 6 * length > len(buffer) - position:
            refuse_count()
        if length > COLLECTION_MAX_COUNT:
            refuse_large_count(length)
        topic_data_ = self.topic_data = []
        for _ in range(length):
            if position > limit:
                yield
                limit = position + STEP_MAX_BYTES
            topic_data_item, position = yield from _read_topic_produce_data_steps(buffer, position, version)
            topic_data_.append(topic_data_item)
        self.unknown_tagged_fields = None
    return self, position


def read_steps(buffer: memoryview, position: int, version: int) -> Generator[None, None, tuple[ProduceRequest, int]]:
    """Read as `read` of the class does, and yield on the way. Errors: ProtocolViolation."""
    try:
        message, position = yield from _read_produce_request_steps(buffer, position, version)
    except READ_ERRORS as error:
        refuse_truncated("ProduceRequest", error)
    if position > len(buffer):
        refuse_truncated("ProduceRequest")
    return message, position
