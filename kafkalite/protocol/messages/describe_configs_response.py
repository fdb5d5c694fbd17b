# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's DescribeConfigsResponse."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.protocol.primitives import (
    READ_ERRORS,
    Message,
    new,
    read_compact_length,
    read_nullable_text_length,
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
_unpack_b = Struct(">b").unpack_from
_pack_b = Struct(">b").pack
_pack_bt = Struct(">b?").pack
_unpack_btB = Struct(">b?B").unpack_from
_unpack_bB = Struct(">bB").unpack_from
_unpack_bh = Struct(">bh").unpack_from
_pack_bh = Struct(">bh").pack
_unpack_h = Struct(">h").unpack_from
_pack_h = Struct(">h").pack
_unpack_hB = Struct(">hB").unpack_from
_unpack_hh = Struct(">hh").unpack_from
_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack
_unpack_iB = Struct(">iB").unpack_from
_unpack_ii = Struct(">ii").unpack_from
_pack_ii = Struct(">ii").pack


class DescribeConfigsSynonym(Message):
    """`DescribeConfigsSynonym` of DescribeConfigsResponse, versions 1-4."""

    __slots__ = (
        "name",
        "value",
        "source",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        name: str = "",
        value: str | None = "",
        source: int = 0,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.name = name
        self.value = value
        self.source = source
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 4:
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
            out += _pack_b(self.source)
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
            out += _pack_b(self.source)
            if self.unknown_tagged_fields:
                refuse_field("DescribeConfigsSynonym", "unknown_tagged_fields", version)


class DescribeConfigsResourceResult(Message):
    """`DescribeConfigsResourceResult` of DescribeConfigsResponse, versions 0-4."""

    __slots__ = (
        "name",
        "value",
        "read_only",
        "is_default",
        "config_source",
        "is_sensitive",
        "synonyms",
        "config_type",
        "documentation",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        name: str = "",
        value: str | None = "",
        read_only: bool = False,
        is_default: bool = False,
        config_source: int = -1,
        is_sensitive: bool = False,
        synonyms: list[DescribeConfigsSynonym] | None = None,
        config_type: int = 0,
        documentation: str | None = "",
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.name = name
        self.value = value
        self.read_only = read_only
        self.is_default = is_default
        self.config_source = config_source
        self.is_sensitive = is_sensitive
        self.synonyms: list[DescribeConfigsSynonym] = [] if synonyms is None else synonyms
        self.config_type = config_type
        self.documentation = documentation
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 4:
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
            out += _pack_t(self.read_only)
            if self.is_default:
                refuse_field("DescribeConfigsResourceResult", "is_default", version)
            out += _pack_bt(self.config_source, self.is_sensitive)
            length = len(self.synonyms) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for synonyms_item in self.synonyms:
                synonyms_item.write(out, version)
            out += _pack_b(self.config_type)
            if self.documentation is None:
                out.append(0)
            else:
                data = self.documentation.encode()
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
            out += _pack_t(self.read_only)
            if version <= 0:
                out += _pack_t(self.is_default)
            else:
                if self.is_default:
                    refuse_field("DescribeConfigsResourceResult", "is_default", version)
            if version >= 1:
                out += _pack_b(self.config_source)
            out += _pack_t(self.is_sensitive)
            if version >= 1:
                out += _pack_i(len(self.synonyms))
                for synonyms_item in self.synonyms:
                    synonyms_item.write(out, version)
            if version >= 3:
                out += _pack_b(self.config_type)
                if self.documentation is None:
                    out += b"\xff\xff"
                else:
                    data = self.documentation.encode()
                    out += _pack_h(len(data))
                    out += data
            if self.unknown_tagged_fields:
                refuse_field("DescribeConfigsResourceResult", "unknown_tagged_fields", version)


class DescribeConfigsResult(Message):
    """`DescribeConfigsResult` of DescribeConfigsResponse, versions 0-4."""

    __slots__ = (
        "error_code",
        "error_message",
        "resource_type",
        "resource_name",
        "configs",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        error_code: int = 0,
        error_message: str | None = "",
        resource_type: int = 0,
        resource_name: str = "",
        configs: list[DescribeConfigsResourceResult] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.error_code = error_code
        self.error_message = error_message
        self.resource_type = resource_type
        self.resource_name = resource_name
        self.configs: list[DescribeConfigsResourceResult] = [] if configs is None else configs
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 4:
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
            data = self.resource_name.encode()
            out += _pack_b(self.resource_type)
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
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
            out += _pack_h(self.error_code)
            if self.error_message is None:
                out += b"\xff\xff"
            else:
                data = self.error_message.encode()
                out += _pack_h(len(data))
                out += data
            data = self.resource_name.encode()
            out += _pack_bh(self.resource_type, len(data))
            out += data
            out += _pack_i(len(self.configs))
            for configs_item in self.configs:
                configs_item.write(out, version)
            if self.unknown_tagged_fields:
                refuse_field("DescribeConfigsResult", "unknown_tagged_fields", version)


class DescribeConfigsResponse(Message):
    """Kafka's response 32 `DescribeConfigsResponse`: versions 0-4, flexible from 4."""

    __slots__ = (
        "throttle_time_ms",
        "results",
        "unknown_tagged_fields",
    )

    API_KEY = 32
    NAME = "DescribeConfigsResponse"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 4
    FIRST_FLEXIBLE_VERSION = 4

    def __init__(
        self,
        *,
        throttle_time_ms: int = 0,
        results: list[DescribeConfigsResult] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.results: list[DescribeConfigsResult] = [] if results is None else results
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 4:
            out += _pack_i(self.throttle_time_ms)
            length = len(self.results) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for results_item in self.results:
                results_item.write(out, version)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            out += _pack_ii(self.throttle_time_ms, len(self.results))
            for results_item in self.results:
                results_item.write(out, version)
            if self.unknown_tagged_fields:
                refuse_field("DescribeConfigsResponse", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[DescribeConfigsResponse, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_describe_configs_response(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("DescribeConfigsResponse", error)
        if position > len(buffer):
            refuse_truncated("DescribeConfigsResponse")
        return message, position


def _read_describe_configs_synonym(buffer: Buffer, position: int, version: int) -> tuple[DescribeConfigsSynonym, int]:
    self = new(DescribeConfigsSynonym)
    if version >= 4:
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
        self.source, count = _unpack_bB(buffer, position)
        position += 2
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
        (self.source,) = _unpack_b(buffer, position)
        position += 1
        self.unknown_tagged_fields = None
    return self, position


def _read_describe_configs_resource_result(
    buffer: Buffer, position: int, version: int
) -> tuple[DescribeConfigsResourceResult, int]:
    self = new(DescribeConfigsResourceResult)
    if version >= 4:
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
        self.read_only = buffer[position] != 0
        position += 1
        self.is_default = False
        self.config_source, self.is_sensitive, length = _unpack_btB(buffer, position)
        position += 3
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 4 * (length - 1) > len(buffer) - position:
            refuse_count()
        synonyms_ = self.synonyms = []
        for _ in range(length - 1):
            synonyms_item, position = _read_describe_configs_synonym(buffer, position, version)
            synonyms_.append(synonyms_item)
        self.config_type, length = _unpack_bB(buffer, position)
        position += 2
        if length > 127:
            length, position = read_nullable_text_length(buffer, position - 1)
        if length == 0:
            self.documentation = None
        else:
            end = position + length - 1
            self.documentation = str(buffer[position:end], "utf-8", "as-java")
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
        self.read_only = buffer[position] != 0
        position += 1
        if version <= 0:
            self.is_default = buffer[position] != 0
            position += 1
        else:
            self.is_default = False
        if version >= 1:
            (self.config_source,) = _unpack_b(buffer, position)
            position += 1
        else:
            self.config_source = -1
        self.is_sensitive = buffer[position] != 0
        position += 1
        if version >= 1:
            (length,) = _unpack_i(buffer, position)
            position += 4
            if length < 0:
                refuse_null()
            if 5 * length > len(buffer) - position:
                refuse_count()
            synonyms_ = self.synonyms = []
            for _ in range(length):
                synonyms_item, position = _read_describe_configs_synonym(buffer, position, version)
                synonyms_.append(synonyms_item)
        else:
            self.synonyms = []
        if version >= 3:
            self.config_type, length = _unpack_bh(buffer, position)
            position += 3
            if length < 0:
                self.documentation = None
            else:
                end = position + length
                self.documentation = str(buffer[position:end], "utf-8", "as-java")
                position = end
        else:
            self.config_type = 0
            self.documentation = ""
        self.unknown_tagged_fields = None
    return self, position


def _read_describe_configs_result(buffer: Buffer, position: int, version: int) -> tuple[DescribeConfigsResult, int]:
    self = new(DescribeConfigsResult)
    if version >= 4:
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
        self.resource_type, length = _unpack_bB(buffer, position)
        position += 2
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.resource_name = str(buffer[position:end], "utf-8", "as-java")
        position = end
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 9 * (length - 1) > len(buffer) - position:
            refuse_count()
        configs_ = self.configs = []
        for _ in range(length - 1):
            configs_item, position = _read_describe_configs_resource_result(buffer, position, version)
            configs_.append(configs_item)
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        self.error_code, length = _unpack_hh(buffer, position)
        position += 4
        if length < 0:
            self.error_message = None
        else:
            end = position + length
            self.error_message = str(buffer[position:end], "utf-8", "as-java")
            position = end
        self.resource_type, length = _unpack_bh(buffer, position)
        position += 3
        if length < 0:
            refuse_null()
        end = position + length
        self.resource_name = str(buffer[position:end], "utf-8", "as-java")
        position = end
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 6 * length > len(buffer) - position:
            refuse_count()
        configs_ = self.configs = []
        for _ in range(length):
            configs_item, position = _read_describe_configs_resource_result(buffer, position, version)
            configs_.append(configs_item)
        self.unknown_tagged_fields = None
    return self, position


def _read_describe_configs_response(buffer: Buffer, position: int, version: int) -> tuple[DescribeConfigsResponse, int]:
    self = new(DescribeConfigsResponse)
    if version >= 4:
        self.throttle_time_ms, length = _unpack_iB(buffer, position)
        position += 5
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 7 * (length - 1) > len(buffer) - position:
            refuse_count()
        results_ = self.results = []
        for _ in range(length - 1):
            results_item, position = _read_describe_configs_result(buffer, position, version)
            results_.append(results_item)
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        self.throttle_time_ms, length = _unpack_ii(buffer, position)
        position += 8
        if length < 0:
            refuse_null()
        if 11 * length > len(buffer) - position:
            refuse_count()
        results_ = self.results = []
        for _ in range(length):
            results_item, position = _read_describe_configs_result(buffer, position, version)
            results_.append(results_item)
        self.unknown_tagged_fields = None
    return self, position
