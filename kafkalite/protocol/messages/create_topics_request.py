# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's CreateTopicsRequest."""

from __future__ import annotations

from struct import Struct, pack
from typing import TYPE_CHECKING

from kafkalite.protocol.primitives import (
    READ_ERRORS,
    Message,
    new,
    read_compact_length,
    read_nullable_text_length,
    read_numbers,
    read_tagged_fields,
    read_text_length,
    refuse_count,
    refuse_field,
    refuse_null,
    refuse_truncated,
    write_tagged_fields,
    write_uvarint,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields

_pack_t = Struct(">?").pack
_unpack_h = Struct(">h").unpack_from
_pack_h = Struct(">h").pack
_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack
_pack_it = Struct(">i?").pack
_unpack_itB = Struct(">i?B").unpack_from
_unpack_iB = Struct(">iB").unpack_from
_pack_ih = Struct(">ih").pack
_unpack_ihB = Struct(">ihB").unpack_from
_unpack_ihi = Struct(">ihi").unpack_from
_pack_ihi = Struct(">ihi").pack
_unpack_ii = Struct(">ii").unpack_from
_pack_ii = Struct(">ii").pack


class CreatableReplicaAssignment(Message):
    """`CreatableReplicaAssignment` of CreateTopicsRequest, versions 0-7."""

    __slots__ = (
        "partition_index",
        "broker_ids",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        partition_index: int = 0,
        broker_ids: list[int] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.partition_index = partition_index
        self.broker_ids: list[int] = [] if broker_ids is None else broker_ids
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 5:
            out += _pack_i(self.partition_index)
            length = len(self.broker_ids) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += pack(f">{len(self.broker_ids)}i", *self.broker_ids)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            out += _pack_ii(self.partition_index, len(self.broker_ids))
            out += pack(f">{len(self.broker_ids)}i", *self.broker_ids)
            if self.unknown_tagged_fields:
                refuse_field("CreatableReplicaAssignment", "unknown_tagged_fields", version)


class CreatableTopicConfig(Message):
    """`CreatableTopicConfig` of CreateTopicsRequest, versions 0-7."""

    __slots__ = (
        "name",
        "value",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        name: str = "",
        value: str | None = "",
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.name = name
        self.value = value
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 5:
            data = self.name.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
            if self.value is None:
                out.append(0)
            else:
                data = self.value.encode()
                length = len(data) + 1
                if length < 128:
                    out.append(length)
                else:
                    write_uvarint(out, length)
                out += data
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            data = self.name.encode()
            out += _pack_h(len(data))
            out += data
            if self.value is None:
                out += b"\xff\xff"
            else:
                data = self.value.encode()
                out += _pack_h(len(data))
                out += data
            if self.unknown_tagged_fields:
                refuse_field("CreatableTopicConfig", "unknown_tagged_fields", version)


class CreatableTopic(Message):
    """`CreatableTopic` of CreateTopicsRequest, versions 0-7."""

    __slots__ = (
        "name",
        "num_partitions",
        "replication_factor",
        "assignments",
        "configs",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        name: str = "",
        num_partitions: int = 0,
        replication_factor: int = 0,
        assignments: list[CreatableReplicaAssignment] | None = None,
        configs: list[CreatableTopicConfig] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.name = name
        self.num_partitions = num_partitions
        self.replication_factor = replication_factor
        self.assignments: list[CreatableReplicaAssignment] = [] if assignments is None else assignments
        self.configs: list[CreatableTopicConfig] = [] if configs is None else configs
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 5:
            data = self.name.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
            out += _pack_ih(self.num_partitions, self.replication_factor)
            length = len(self.assignments) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for assignments_item in self.assignments:
                assignments_item.write(out, version)
            length = len(self.configs) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for configs_item in self.configs:
                configs_item.write(out, version)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            data = self.name.encode()
            out += _pack_h(len(data))
            out += data
            out += _pack_ihi(self.num_partitions, self.replication_factor, len(self.assignments))
            for assignments_item in self.assignments:
                assignments_item.write(out, version)
            out += _pack_i(len(self.configs))
            for configs_item in self.configs:
                configs_item.write(out, version)
            if self.unknown_tagged_fields:
                refuse_field("CreatableTopic", "unknown_tagged_fields", version)


class CreateTopicsRequest(Message):
    """Kafka's request 19 `CreateTopicsRequest`: versions 0-7, flexible from 5."""

    __slots__ = (
        "topics",
        "timeout_ms",
        "validate_only",
        "unknown_tagged_fields",
    )

    API_KEY = 19
    NAME = "CreateTopicsRequest"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 7
    FIRST_FLEXIBLE_VERSION = 5

    def __init__(
        self,
        *,
        topics: list[CreatableTopic] | None = None,
        timeout_ms: int = 60000,
        validate_only: bool = False,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.topics: list[CreatableTopic] = [] if topics is None else topics
        self.timeout_ms = timeout_ms
        self.validate_only = validate_only
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 5:
            length = len(self.topics) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for topics_item in self.topics:
                topics_item.write(out, version)
            out += _pack_it(self.timeout_ms, self.validate_only)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            out += _pack_i(len(self.topics))
            for topics_item in self.topics:
                topics_item.write(out, version)
            out += _pack_i(self.timeout_ms)
            if version >= 1:
                out += _pack_t(self.validate_only)
            else:
                if self.validate_only:
                    refuse_field("CreateTopicsRequest", "validate_only", version)
            if self.unknown_tagged_fields:
                refuse_field("CreateTopicsRequest", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[CreateTopicsRequest, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_create_topics_request(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("CreateTopicsRequest", error)
        if position > len(buffer):
            refuse_truncated("CreateTopicsRequest")
        return message, position


def _read_creatable_replica_assignment(
    buffer: Buffer, position: int, version: int
) -> tuple[CreatableReplicaAssignment, int]:
    self = new(CreatableReplicaAssignment)
    if version >= 5:
        self.partition_index, length = _unpack_iB(buffer, position)
        position += 5
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        self.broker_ids, position = read_numbers(buffer, position, length - 1, "i", 4)
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        self.partition_index, length = _unpack_ii(buffer, position)
        position += 8
        if length < 0:
            refuse_null()
        self.broker_ids, position = read_numbers(buffer, position, length, "i", 4)
        self.unknown_tagged_fields = None
    return self, position


def _read_creatable_topic_config(buffer: Buffer, position: int, version: int) -> tuple[CreatableTopicConfig, int]:
    self = new(CreatableTopicConfig)
    if version >= 5:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.name = str(buffer[position:end], "utf-8", "as-java")
        position = end
        length = buffer[position]
        position += 1
        if length > 127:
            length, position = read_nullable_text_length(buffer, position - 1)
        if length == 0:
            self.value = None
        else:
            end = position + length - 1
            self.value = str(buffer[position:end], "utf-8", "as-java")
            position = end
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
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
        (length,) = _unpack_h(buffer, position)
        position += 2
        if length < 0:
            self.value = None
        else:
            end = position + length
            self.value = str(buffer[position:end], "utf-8", "as-java")
            position = end
        self.unknown_tagged_fields = None
    return self, position


def _read_creatable_topic(buffer: Buffer, position: int, version: int) -> tuple[CreatableTopic, int]:
    self = new(CreatableTopic)
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
        assignments_ = self.assignments = []
        for _ in range(length - 1):
            assignments_item, position = _read_creatable_replica_assignment(buffer, position, version)
            assignments_.append(assignments_item)
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 3 * (length - 1) > len(buffer) - position:
            refuse_count()
        configs_ = self.configs = []
        for _ in range(length - 1):
            configs_item, position = _read_creatable_topic_config(buffer, position, version)
            configs_.append(configs_item)
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
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
        assignments_ = self.assignments = []
        for _ in range(length):
            assignments_item, position = _read_creatable_replica_assignment(buffer, position, version)
            assignments_.append(assignments_item)
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 4 * length > len(buffer) - position:
            refuse_count()
        configs_ = self.configs = []
        for _ in range(length):
            configs_item, position = _read_creatable_topic_config(buffer, position, version)
            configs_.append(configs_item)
        self.unknown_tagged_fields = None
    return self, position


def _read_create_topics_request(buffer: Buffer, position: int, version: int) -> tuple[CreateTopicsRequest, int]:
    self = new(CreateTopicsRequest)
    if version >= 5:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 10 * (length - 1) > len(buffer) - position:
            refuse_count()
        topics_ = self.topics = []
        for _ in range(length - 1):
            topics_item, position = _read_creatable_topic(buffer, position, version)
            topics_.append(topics_item)
        self.timeout_ms, self.validate_only, count = _unpack_itB(buffer, position)
        position += 6
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 16 * length > len(buffer) - position:
            refuse_count()
        topics_ = self.topics = []
        for _ in range(length):
            topics_item, position = _read_creatable_topic(buffer, position, version)
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
