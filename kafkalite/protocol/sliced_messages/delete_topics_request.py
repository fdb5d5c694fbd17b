# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's DeleteTopicsRequest, read in slices."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.limits import COLLECTION_MAX_COUNT, STEP_MAX_BYTES
from kafkalite.protocol.messages.delete_topics_request import (
    DeleteTopicsRequest,
    DeleteTopicState,
    _read_delete_topic_state,
)
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
    refuse_null,
    refuse_truncated,
)

if TYPE_CHECKING:
    from collections.abc import Generator

    from kafkalite.protocol.primitives import Buffer

_unpack_h = Struct(">h").unpack_from
_unpack_i = Struct(">i").unpack_from
_unpack_iB = Struct(">iB").unpack_from


def _read_delete_topics_request_steps(
    buffer: Buffer, position: int, version: int
) -> Generator[None, None, tuple[DeleteTopicsRequest, int]]:
    self = new(DeleteTopicsRequest)
    limit = position + STEP_MAX_BYTES
    known_topics_: dict[bytes, DeleteTopicState] = {}
    if version >= 4:
        if version >= 6:
            length = buffer[position]
            position += 1
            if not 0 < length < 128:
                length, position = read_compact_length(buffer, position - 1)
            if 18 * (length - 1) > len(buffer) - position:
                refuse_count()
            if length - 1 > COLLECTION_MAX_COUNT:
                refuse_large_count(length - 1)
            topics_ = self.topics = []
            for _ in range(length - 1):
                if position > limit:
                    yield
                    limit = position + STEP_MAX_BYTES
                try:
                    topics_item, position = _read_delete_topic_state(buffer, position, version)
                except ManyTaggedFields as many:
                    topics_item, position = yield from read_around_tags(
                        _read_delete_topic_state, many.position, buffer, position, version
                    )
                topics_.append(topics_item)
        else:
            self.topics = []
        if version <= 5:
            length = buffer[position]
            position += 1
            if not 0 < length < 128:
                length, position = read_compact_length(buffer, position - 1)
            if length - 1 > len(buffer) - position:
                refuse_count()
            if length - 1 > COLLECTION_MAX_COUNT:
                refuse_large_count(length - 1)
            topic_names_ = self.topic_names = []
            for _ in range(length - 1):
                if position > limit:
                    yield
                    limit = position + STEP_MAX_BYTES
                length = buffer[position]
                position += 1
                if not 0 < length < 128:
                    length, position = read_text_length(buffer, position - 1)
                end = position + length - 1
                topic_names_.append(str(buffer[position:end], "utf-8", "as-java"))
                position = end
        else:
            self.topic_names = []
        self.timeout_ms, count = _unpack_iB(buffer, position)
        position += 5
        if count:
            self.unknown_tagged_fields, position = yield from read_tagged_fields_steps(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        self.topics = []
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 2 * length > len(buffer) - position:
            refuse_count()
        if length > COLLECTION_MAX_COUNT:
            refuse_large_count(length)
        topic_names_ = self.topic_names = []
        for _ in range(length):
            if position > limit:
                yield
                limit = position + STEP_MAX_BYTES
            (length,) = _unpack_h(buffer, position)
            position += 2
            if length < 0:
                refuse_null()
            end = position + length
            topic_names_.append(str(buffer[position:end], "utf-8", "as-java"))
            position = end
        (self.timeout_ms,) = _unpack_i(buffer, position)
        position += 4
        self.unknown_tagged_fields = None
    return self, position


def read_steps(
    buffer: memoryview, position: int, version: int
) -> Generator[None, None, tuple[DeleteTopicsRequest, int]]:
    """Read as `read` of the class does, and yield on the way. Errors: ProtocolViolation."""
    try:
        message, position = yield from _read_delete_topics_request_steps(buffer, position, version)
    except READ_ERRORS as error:
        refuse_truncated("DeleteTopicsRequest", error)
    if position > len(buffer):
        refuse_truncated("DeleteTopicsRequest")
    return message, position
