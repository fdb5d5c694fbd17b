# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's CreateTopicsRequest, read in slices."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.limits import COLLECTION_MAX_COUNT, SHARED_ELEMENT_MAX_BYTES, STEP_MAX_BYTES
from kafkalite.protocol.messages.create_topics_request import (
    CreatableReplicaAssignment,
    CreatableTopic,
    CreatableTopicConfig,
    CreateTopicsRequest,
    _read_creatable_topic_config,
)
from kafkalite.protocol.primitives import (
    READ_ERRORS,
    ManyTaggedFields,
    new,
    read_around_tags,
    read_compact_length,
    read_numbers_steps,
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
_unpack_itB = Struct(">i?B").unpack_from
_unpack_iB = Struct(">iB").unpack_from
_unpack_ihB = Struct(">ihB").unpack_from
_unpack_ihi = Struct(">ihi").unpack_from
_unpack_ii = Struct(">ii").unpack_from


def _read_creatable_replica_assignment_steps(
    buffer: Buffer, position: int, version: int
) -> Generator[None, None, tuple[CreatableReplicaAssignment, int]]:
    self = new(CreatableReplicaAssignment)
    limit = position + STEP_MAX_BYTES
    if version >= 5:
        self.partition_index, length = _unpack_iB(buffer, position)
        position += 5
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        self.broker_ids, position = yield from read_numbers_steps(buffer, position, length - 1, "i", 4)
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = yield from read_tagged_fields_steps(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        self.partition_index, length = _unpack_ii(buffer, position)
        position += 8
        if length < 0:
            refuse_null()
        self.broker_ids, position = yield from read_numbers_steps(buffer, position, length, "i", 4)
        self.unknown_tagged_fields = None
    return self, position


def _read_creatable_topic_steps(
    buffer: Buffer, position: int, version: int
) -> Generator[None, None, tuple[CreatableTopic, int]]:
    self = new(CreatableTopic)
    limit = position + STEP_MAX_BYTES
    known_configs_: dict[bytes, CreatableTopicConfig] = {}
    if version >= 5:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.name = str(buffer[position:end], "utf-8", "as-java")
        position = end
        self.num_partitions, self.replication_factor, length = _unpack_ihB(buffer, position)
        position += 7
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 6 * (length - 1) > len(buffer) - position:
            refuse_count()
        if length - 1 > COLLECTION_MAX_COUNT:
            refuse_large_count(length - 1)
        assignments_ = self.assignments = []
        for _ in range(length - 1):
            if position > limit:
                yield
                limit = position + STEP_MAX_BYTES
            assignments_item, position = yield from _read_creatable_replica_assignment_steps(buffer, position, version)
            assignments_.append(assignments_item)
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 3 * (length - 1) > len(buffer) - position:
            refuse_count()
        if length - 1 > COLLECTION_MAX_COUNT:
            refuse_large_count(length - 1)
        configs_ = self.configs = []
        known_configs_.clear()
        for _ in range(length - 1):
            if position > limit:
                yield
                limit = position + STEP_MAX_BYTES
            start = position
            try:
                configs_item, position = _read_creatable_topic_config(buffer, position, version)
            except ManyTaggedFields as many:
                configs_item, position = yield from read_around_tags(
                    _read_creatable_topic_config, many.position, buffer, position, version
                )
            if position - start <= SHARED_ELEMENT_MAX_BYTES:
                configs_item = known_configs_.setdefault(bytes(buffer[start:position]), configs_item)
            configs_.append(configs_item)
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
        self.num_partitions, self.replication_factor, length = _unpack_ihi(buffer, position)
        position += 10
        if length < 0:
            refuse_null()
        if 8 * length > len(buffer) - position:
            refuse_count()
        if length > COLLECTION_MAX_COUNT:
            refuse_large_count(length)
        assignments_ = self.assignments = []
        for _ in range(length):
            if position > limit:
                yield
                limit = position + STEP_MAX_BYTES
            assignments_item, position = yield from _read_creatable_replica_assignment_steps(buffer, position, version)
            assignments_.append(assignments_item)
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 4 * length > len(buffer) - position:
            refuse_count()
        if length > COLLECTION_MAX_COUNT:
            refuse_large_count(length)
        configs_ = self.configs = []
        known_configs_.clear()
        for _ in range(length):
            if position > limit:
                yield
                limit = position + STEP_MAX_BYTES
            start = position
            configs_item, position = _read_creatable_topic_config(buffer, position, version)
            if position - start <= SHARED_ELEMENT_MAX_BYTES:
                configs_item = known_configs_.setdefault(bytes(buffer[start:position]), configs_item)
            configs_.append(configs_item)
        self.unknown_tagged_fields = None
    return self, position


def _read_create_topics_request_steps(
    buffer: Buffer, position: int, version: int
) -> Generator[None, None, tuple[CreateTopicsRequest, int]]:
    self = new(CreateTopicsRequest)
    limit = position + STEP_MAX_BYTES
    if version >= 5:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 10 * (length - 1) > len(buffer) - position:
            refuse_count()
        if length - 1 > COLLECTION_MAX_COUNT:
            refuse_large_count(length - 1)
        topics_ = self.topics = []
        for _ in range(length - 1):
            if position > limit:
                yield
                limit = position + STEP_MAX_BYTES
            topics_item, position = yield from _read_creatable_topic_steps(buffer, position, version)
            topics_.append(topics_item)
        self.timeout_ms, self.validate_only, count = _unpack_itB(buffer, position)
        position += 6
        if count:
            self.unknown_tagged_fields, position = yield from read_tagged_fields_steps(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 16 * length > len(buffer) - position:
            refuse_count()
        if length > COLLECTION_MAX_COUNT:
            refuse_large_count(length)
        topics_ = self.topics = []
        for _ in range(length):
            if position > limit:
                yield
                limit = position + STEP_MAX_BYTES
            topics_item, position = yield from _read_creatable_topic_steps(buffer, position, version)
            topics_.append(topics_item)
        (self.timeout_ms,) = _unpack_i(buffer, position)
        position += 4
        if version >= 1:
            self.validate_only = buffer[position] != 0
            position += 1
        else:
            self.validate_only = False
        self.unknown_tagged_fields = None
    return self, position


def read_steps(
    buffer: memoryview, position: int, version: int
) -> Generator[None, None, tuple[CreateTopicsRequest, int]]:
    """Read as `read` of the class does, and yield on the way. Errors: ProtocolViolation."""
    try:
        message, position = yield from _read_create_topics_request_steps(buffer, position, version)
    except READ_ERRORS as error:
        refuse_truncated("CreateTopicsRequest", error)
    if position > len(buffer):
        refuse_truncated("CreateTopicsRequest")
    return message, position
