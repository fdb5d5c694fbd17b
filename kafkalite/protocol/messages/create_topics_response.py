# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's CreateTopicsResponse."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.uuids import ZERO_UUID
from kafkalite.protocol.primitives import (
    READ_ERRORS,
    UNSET,
    Message,
    check_tag_count,
    new,
    read_compact_length,
    read_nullable_text_length,
    read_tagged_fields,
    read_text_length,
    read_uvarint,
    refuse_count,
    refuse_field,
    refuse_null,
    refuse_tag,
    refuse_truncated,
    write_tagged_fields,
    write_uvarint,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields

_unpack_16s = Struct(">16s").unpack_from
_pack_16s = Struct(">16s").pack
_pack_tbt = Struct(">?b?").pack
_unpack_tbtB = Struct(">?b?B").unpack_from
_unpack_h = Struct(">h").unpack_from
_pack_h = Struct(">h").pack
_unpack_hB = Struct(">hB").unpack_from
_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack
_unpack_iB = Struct(">iB").unpack_from
_pack_ih = Struct(">ih").pack
_unpack_ihB = Struct(">ihB").unpack_from


class CreatableTopicConfigs(Message):
    """`CreatableTopicConfigs` of CreateTopicsResponse, versions 5-7."""

    __slots__ = (
        "name",
        "value",
        "read_only",
        "config_source",
        "is_sensitive",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        name: str = "",
        value: str | None = "",
        read_only: bool = False,
        config_source: int = -1,
        is_sensitive: bool = False,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.name = name
        self.value = value
        self.read_only = read_only
        self.config_source = config_source
        self.is_sensitive = is_sensitive
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
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
        out += _pack_tbt(self.read_only, self.config_source, self.is_sensitive)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class CreatableTopicResult(Message):
    """`CreatableTopicResult` of CreateTopicsResponse, versions 0-7."""

    __slots__ = (
        "name",
        "topic_id",
        "error_code",
        "error_message",
        "topic_config_error_code",
        "num_partitions",
        "replication_factor",
        "configs",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        name: str = "",
        topic_id: bytes = ZERO_UUID,
        error_code: int = 0,
        error_message: str | None = "",
        topic_config_error_code: int = 0,
        num_partitions: int = -1,
        replication_factor: int = -1,
        configs: list[CreatableTopicConfigs] | None = UNSET,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.name = name
        self.topic_id = topic_id
        self.error_code = error_code
        self.error_message = error_message
        self.topic_config_error_code = topic_config_error_code
        self.num_partitions = num_partitions
        self.replication_factor = replication_factor
        self.configs: list[CreatableTopicConfigs] | None = [] if configs is UNSET else configs
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
            if version >= 7:
                out += _pack_16s(self.topic_id)
            out += _pack_h(self.error_code)
            if self.error_message is None:
                out.append(0)
            else:
                data = self.error_message.encode()
                length = len(data) + 1
                if length < 128:
                    out.append(length)
                else:
                    write_uvarint(out, length)
                out += data
            out += _pack_ih(self.num_partitions, self.replication_factor)
            if self.configs is None:
                out.append(0)
            else:
                length = len(self.configs) + 1
                if length < 128:
                    out.append(length)
                else:
                    write_uvarint(out, length)
                for configs_item in self.configs:
                    configs_item.write(out, version)
            known: TaggedFields | None = None
            if self.topic_config_error_code:
                body = bytearray()
                body += _pack_h(self.topic_config_error_code)
                if known is None:
                    known = {}
                known[0] = bytes(body)
            if known is None and self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, known, self.unknown_tagged_fields)
        else:
            data = self.name.encode()
            out += _pack_h(len(data))
            out += data
            out += _pack_h(self.error_code)
            if version >= 1:
                if self.error_message is None:
                    out += b"\xff\xff"
                else:
                    data = self.error_message.encode()
                    out += _pack_h(len(data))
                    out += data
            if self.unknown_tagged_fields:
                refuse_field("CreatableTopicResult", "unknown_tagged_fields", version)


class CreateTopicsResponse(Message):
    """Kafka's response 19 `CreateTopicsResponse`: versions 0-7, flexible from 5."""

    __slots__ = (
        "throttle_time_ms",
        "topics",
        "unknown_tagged_fields",
    )

    API_KEY = 19
    NAME = "CreateTopicsResponse"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 7
    FIRST_FLEXIBLE_VERSION = 5

    def __init__(
        self,
        *,
        throttle_time_ms: int = 0,
        topics: list[CreatableTopicResult] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.topics: list[CreatableTopicResult] = [] if topics is None else topics
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 5:
            out += _pack_i(self.throttle_time_ms)
            length = len(self.topics) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for topics_item in self.topics:
                topics_item.write(out, version)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            if version >= 2:
                out += _pack_i(self.throttle_time_ms)
            out += _pack_i(len(self.topics))
            for topics_item in self.topics:
                topics_item.write(out, version)
            if self.unknown_tagged_fields:
                refuse_field("CreateTopicsResponse", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[CreateTopicsResponse, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_create_topics_response(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("CreateTopicsResponse", error)
        if position > len(buffer):
            refuse_truncated("CreateTopicsResponse")
        return message, position


def _read_creatable_topic_configs(buffer: Buffer, position: int, version: int) -> tuple[CreatableTopicConfigs, int]:
    self = new(CreatableTopicConfigs)
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
    self.read_only, self.config_source, self.is_sensitive, count = _unpack_tbtB(buffer, position)
    position += 4
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_creatable_topic_result(buffer: Buffer, position: int, version: int) -> tuple[CreatableTopicResult, int]:
    self = new(CreatableTopicResult)
    if version >= 5:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.name = str(buffer[position:end], "utf-8", "as-java")
        position = end
        if version >= 7:
            (self.topic_id,) = _unpack_16s(buffer, position)
            position += 16
        else:
            self.topic_id = ZERO_UUID
        self.error_code, length = _unpack_hB(buffer, position)
        position += 3
        if length > 127:
            length, position = read_nullable_text_length(buffer, position - 1)
        if length == 0:
            self.error_message = None
        else:
            end = position + length - 1
            self.error_message = str(buffer[position:end], "utf-8", "as-java")
            position = end
        self.num_partitions, self.replication_factor, length = _unpack_ihB(buffer, position)
        position += 7
        if length > 127:
            length, position = read_uvarint(buffer, position - 1)
        if length == 0:
            self.configs = None
        else:
            if 6 * (length - 1) > len(buffer) - position:
                refuse_count()
            configs_ = self.configs = []
            for _ in range(length - 1):
                configs_item, position = _read_creatable_topic_configs(buffer, position, version)
                configs_.append(configs_item)
        count = buffer[position]
        position += 1
        self.topic_config_error_code = 0
        self.unknown_tagged_fields = None
        if count:
            if count > 127:
                start = position - 1
                count, position = read_uvarint(buffer, start)
                check_tag_count(buffer, start, position, count)
            for _ in range(count):
                tag, position = read_uvarint(buffer, position)
                size, position = read_uvarint(buffer, position)
                tag_end = position + size
                if tag_end > len(buffer):
                    refuse_count()
                if tag == 0:
                    (self.topic_config_error_code,) = _unpack_h(buffer, position)
                    position += 2
                else:
                    if self.unknown_tagged_fields is None:
                        self.unknown_tagged_fields = {}
                    self.unknown_tagged_fields[tag] = bytes(buffer[position:tag_end])
                    position = tag_end
                if position != tag_end:
                    refuse_tag(tag)
    else:
        (length,) = _unpack_h(buffer, position)
        position += 2
        if length < 0:
            refuse_null()
        end = position + length
        self.name = str(buffer[position:end], "utf-8", "as-java")
        position = end
        self.topic_id = ZERO_UUID
        (self.error_code,) = _unpack_h(buffer, position)
        position += 2
        if version >= 1:
            (length,) = _unpack_h(buffer, position)
            position += 2
            if length < 0:
                self.error_message = None
            else:
                end = position + length
                self.error_message = str(buffer[position:end], "utf-8", "as-java")
                position = end
        else:
            self.error_message = ""
        self.topic_config_error_code = 0
        self.num_partitions = -1
        self.replication_factor = -1
        self.configs = []
        self.unknown_tagged_fields = None
    return self, position


def _read_create_topics_response(buffer: Buffer, position: int, version: int) -> tuple[CreateTopicsResponse, int]:
    self = new(CreateTopicsResponse)
    if version >= 5:
        self.throttle_time_ms, length = _unpack_iB(buffer, position)
        position += 5
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 12 * (length - 1) > len(buffer) - position:
            refuse_count()
        topics_ = self.topics = []
        for _ in range(length - 1):
            topics_item, position = _read_creatable_topic_result(buffer, position, version)
            topics_.append(topics_item)
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        if version >= 2:
            (self.throttle_time_ms,) = _unpack_i(buffer, position)
            position += 4
        else:
            self.throttle_time_ms = 0
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 4 * length > len(buffer) - position:
            refuse_count()
        topics_ = self.topics = []
        for _ in range(length):
            topics_item, position = _read_creatable_topic_result(buffer, position, version)
            topics_.append(topics_item)
        self.unknown_tagged_fields = None
    return self, position
