# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's MetadataRequest, read in slices."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.limits import COLLECTION_MAX_COUNT, SHARED_ELEMENT_MAX_BYTES, STEP_MAX_BYTES
from kafkalite.protocol.messages.metadata_request import (
    MetadataRequest,
    MetadataRequestTopic,
    _read_metadata_request_topic,
)
from kafkalite.protocol.primitives import (
    READ_ERRORS,
    ManyTaggedFields,
    new,
    read_around_tags,
    read_tagged_fields_steps,
    read_uvarint,
    refuse_count,
    refuse_large_count,
    refuse_null,
    refuse_truncated,
)

if TYPE_CHECKING:
    from collections.abc import Generator

    from kafkalite.protocol.primitives import Buffer

_unpack_tt = Struct(">??").unpack_from
_unpack_tB = Struct(">?B").unpack_from
_unpack_i = Struct(">i").unpack_from


def _read_metadata_request_steps(
    buffer: Buffer, position: int, version: int
) -> Generator[None, None, tuple[MetadataRequest, int]]:
    self = new(MetadataRequest)
    limit = position + STEP_MAX_BYTES
    known_topics_: dict[bytes, MetadataRequestTopic] = {}
    if version >= 9:
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
            known_topics_.clear()
            for _ in range(length - 1):
                if position > limit:
                    yield
                    limit = position + STEP_MAX_BYTES
                start = position
                try:
                    topics_item, position = _read_metadata_request_topic(buffer, position, version)
                except ManyTaggedFields as many:
                    topics_item, position = yield from read_around_tags(
                        _read_metadata_request_topic, many.position, buffer, position, version
                    )
                if position - start <= SHARED_ELEMENT_MAX_BYTES:
                    topics_item = known_topics_.setdefault(bytes(buffer[start:position]), topics_item)
                topics_.append(topics_item)
        self.allow_auto_topic_creation = buffer[position] != 0
        position += 1
        if version <= 10:
            self.include_cluster_authorized_operations = buffer[position] != 0
            position += 1
        else:
            self.include_cluster_authorized_operations = False
        self.include_topic_authorized_operations, count = _unpack_tB(buffer, position)
        position += 2
        if count:
            self.unknown_tagged_fields, position = yield from read_tagged_fields_steps(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            if not (version >= 1):
                refuse_null()
            self.topics = None
        else:
            if 2 * length > len(buffer) - position:
                refuse_count()
            if length > COLLECTION_MAX_COUNT:
                refuse_large_count(length)
            topics_ = self.topics = []
            known_topics_.clear()
            for _ in range(length):
                if position > limit:
                    yield
                    limit = position + STEP_MAX_BYTES
                start = position
                topics_item, position = _read_metadata_request_topic(buffer, position, version)
                if position - start <= SHARED_ELEMENT_MAX_BYTES:
                    topics_item = known_topics_.setdefault(bytes(buffer[start:position]), topics_item)
                topics_.append(topics_item)
        if version >= 4:
            self.allow_auto_topic_creation = buffer[position] != 0
            position += 1
        else:
            self.allow_auto_topic_creation = True
        if version >= 8:
            self.include_cluster_authorized_operations, self.include_topic_authorized_operations = _unpack_tt(
                buffer, position
            )
            position += 2
        else:
            self.include_cluster_authorized_operations = False
            self.include_topic_authorized_operations = False
        self.unknown_tagged_fields = None
    return self, position


def read_steps(buffer: memoryview, position: int, version: int) -> Generator[None, None, tuple[MetadataRequest, int]]:
    """Read as `read` of the class does, and yield on the way. Errors: ProtocolViolation."""
    try:
        message, position = yield from _read_metadata_request_steps(buffer, position, version)
    except READ_ERRORS as error:
        refuse_truncated("MetadataRequest", error)
    if position > len(buffer):
        refuse_truncated("MetadataRequest")
    return message, position
