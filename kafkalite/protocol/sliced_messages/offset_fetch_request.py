# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's OffsetFetchRequest, read in slices."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.limits import COLLECTION_MAX_COUNT, STEP_MAX_BYTES
from kafkalite.model.uuids import ZERO_UUID
from kafkalite.protocol.messages.offset_fetch_request import (
    OffsetFetchRequest,
    OffsetFetchRequestGroup,
    OffsetFetchRequestTopic,
    OffsetFetchRequestTopics,
)
from kafkalite.protocol.primitives import (
    READ_ERRORS,
    new,
    read_compact_length,
    read_nullable_text_length,
    read_numbers_steps,
    read_tagged_fields_steps,
    read_text_length,
    read_uvarint,
    refuse_count,
    refuse_large_count,
    refuse_null,
    refuse_truncated,
)

if TYPE_CHECKING:
    from collections.abc import Generator

    from kafkalite.protocol.primitives import Buffer

_unpack_16s = Struct(">16s").unpack_from
_unpack_h = Struct(">h").unpack_from
_unpack_i = Struct(">i").unpack_from


def _read_offset_fetch_request_topic_steps(
    buffer: Buffer, position: int, version: int
) -> Generator[None, None, tuple[OffsetFetchRequestTopic, int]]:
    self = new(OffsetFetchRequestTopic)
    limit = position + STEP_MAX_BYTES
    if version >= 6:
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
        self.partition_indexes, position = yield from read_numbers_steps(buffer, position, length - 1, "i", 4)
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
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        self.partition_indexes, position = yield from read_numbers_steps(buffer, position, length, "i", 4)
        self.unknown_tagged_fields = None
    return self, position


def _read_offset_fetch_request_topics_steps(
    buffer: Buffer, position: int, version: int
) -> Generator[None, None, tuple[OffsetFetchRequestTopics, int]]:
    self = new(OffsetFetchRequestTopics)
    limit = position + STEP_MAX_BYTES
    if version <= 9:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.name = str(buffer[position:end], "utf-8", "as-java")
        position = end
    else:
        self.name = ""
    if version >= 10:
        (self.topic_id,) = _unpack_16s(buffer, position)
        position += 16
    else:
        self.topic_id = ZERO_UUID
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    self.partition_indexes, position = yield from read_numbers_steps(buffer, position, length - 1, "i", 4)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = yield from read_tagged_fields_steps(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_offset_fetch_request_group_steps(
    buffer: Buffer, position: int, version: int
) -> Generator[None, None, tuple[OffsetFetchRequestGroup, int]]:
    self = new(OffsetFetchRequestGroup)
    limit = position + STEP_MAX_BYTES
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.group_id = str(buffer[position:end], "utf-8", "as-java")
    position = end
    if version >= 9:
        length = buffer[position]
        position += 1
        if length > 127:
            length, position = read_nullable_text_length(buffer, position - 1)
        if length == 0:
            self.member_id = None
        else:
            end = position + length - 1
            self.member_id = str(buffer[position:end], "utf-8", "as-java")
            position = end
        (self.member_epoch,) = _unpack_i(buffer, position)
        position += 4
    else:
        self.member_id = None
        self.member_epoch = -1
    length = buffer[position]
    position += 1
    if length > 127:
        length, position = read_uvarint(buffer, position - 1)
    if length == 0:
        self.topics = None
    else:
        if 2 * (length - 1) > len(buffer) - position:
            refuse_count()
        if length - 1 > COLLECTION_MAX_COUNT:
            refuse_large_count(length - 1)
        topics_ = self.topics = []
        for _ in range(length - 1):
            if position > limit:
                yield
                limit = position + STEP_MAX_BYTES
            topics_item, position = yield from _read_offset_fetch_request_topics_steps(buffer, position, version)
            topics_.append(topics_item)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = yield from read_tagged_fields_steps(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_offset_fetch_request_steps(
    buffer: Buffer, position: int, version: int
) -> Generator[None, None, tuple[OffsetFetchRequest, int]]:
    self = new(OffsetFetchRequest)
    limit = position + STEP_MAX_BYTES
    if version >= 6:
        if version <= 7:
            length = buffer[position]
            position += 1
            if not 0 < length < 128:
                length, position = read_text_length(buffer, position - 1)
            end = position + length - 1
            self.group_id = str(buffer[position:end], "utf-8", "as-java")
            position = end
            length = buffer[position]
            position += 1
            if length > 127:
                length, position = read_uvarint(buffer, position - 1)
            if length == 0:
                self.topics = None
            else:
                if 3 * (length - 1) > len(buffer) - position:
                    refuse_count()
                if length - 1 > COLLECTION_MAX_COUNT:
                    refuse_large_count(length - 1)
                topics_ = self.topics = []
                for _ in range(length - 1):
                    if position > limit:
                        yield
                        limit = position + STEP_MAX_BYTES
                    topics_item, position = yield from _read_offset_fetch_request_topic_steps(buffer, position, version)
                    topics_.append(topics_item)
        else:
            self.group_id = ""
            self.topics = []
        if version >= 8:
            length = buffer[position]
            position += 1
            if not 0 < length < 128:
                length, position = read_compact_length(buffer, position - 1)
            if 3 * (length - 1) > len(buffer) - position:
                refuse_count()
            if length - 1 > COLLECTION_MAX_COUNT:
                refuse_large_count(length - 1)
            groups_ = self.groups = []
            for _ in range(length - 1):
                if position > limit:
                    yield
                    limit = position + STEP_MAX_BYTES
                groups_item, position = yield from _read_offset_fetch_request_group_steps(buffer, position, version)
                groups_.append(groups_item)
        else:
            self.groups = []
        if version >= 7:
            self.require_stable = buffer[position] != 0
            position += 1
        else:
            self.require_stable = False
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
        self.group_id = str(buffer[position:end], "utf-8", "as-java")
        position = end
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            if not (version >= 2):
                refuse_null()
            self.topics = None
        else:
            if 6 * length > len(buffer) - position:
                refuse_count()
            if length > COLLECTION_MAX_COUNT:
                refuse_large_count(length)
            topics_ = self.topics = []
            for _ in range(length):
                if position > limit:
                    yield
                    limit = position + STEP_MAX_BYTES
                topics_item, position = yield from _read_offset_fetch_request_topic_steps(buffer, position, version)
                topics_.append(topics_item)
        self.groups = []
        self.require_stable = False
        self.unknown_tagged_fields = None
    return self, position


def read_steps(
    buffer: memoryview, position: int, version: int
) -> Generator[None, None, tuple[OffsetFetchRequest, int]]:
    """Read as `read` of the class does, and yield on the way. Errors: ProtocolViolation."""
    try:
        message, position = yield from _read_offset_fetch_request_steps(buffer, position, version)
    except READ_ERRORS as error:
        refuse_truncated("OffsetFetchRequest", error)
    if position > len(buffer):
        refuse_truncated("OffsetFetchRequest")
    return message, position
