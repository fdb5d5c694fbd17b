# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's DeleteAclsResponse."""

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

_unpack_b = Struct(">b").unpack_from
_pack_b = Struct(">b").pack
_unpack_bB = Struct(">bB").unpack_from
_unpack_bb = Struct(">bb").unpack_from
_pack_bb = Struct(">bb").pack
_unpack_bbB = Struct(">bbB").unpack_from
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


class DeleteAclsMatchingAcl(Message):
    """`DeleteAclsMatchingAcl` of DeleteAclsResponse, versions 0-3."""

    __slots__ = (
        "error_code",
        "error_message",
        "resource_type",
        "resource_name",
        "pattern_type",
        "principal",
        "host",
        "operation",
        "permission_type",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        error_code: int = 0,
        error_message: str | None = "",
        resource_type: int = 0,
        resource_name: str = "",
        pattern_type: int = 3,
        principal: str = "",
        host: str = "",
        operation: int = 0,
        permission_type: int = 0,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.error_code = error_code
        self.error_message = error_message
        self.resource_type = resource_type
        self.resource_name = resource_name
        self.pattern_type = pattern_type
        self.principal = principal
        self.host = host
        self.operation = operation
        self.permission_type = permission_type
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 2:
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
            data = self.principal.encode()
            out += _pack_b(self.pattern_type)
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
            data = self.host.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
            out += _pack_bb(self.operation, self.permission_type)
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
            if version >= 1:
                out += _pack_b(self.pattern_type)
            else:
                if self.pattern_type != 3:
                    refuse_field("DeleteAclsMatchingAcl", "pattern_type", version)
            data = self.principal.encode()
            out += _pack_h(len(data))
            out += data
            data = self.host.encode()
            out += _pack_h(len(data))
            out += data
            out += _pack_bb(self.operation, self.permission_type)
            if self.unknown_tagged_fields:
                refuse_field("DeleteAclsMatchingAcl", "unknown_tagged_fields", version)


class DeleteAclsFilterResult(Message):
    """`DeleteAclsFilterResult` of DeleteAclsResponse, versions 0-3."""

    __slots__ = (
        "error_code",
        "error_message",
        "matching_acls",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        error_code: int = 0,
        error_message: str | None = "",
        matching_acls: list[DeleteAclsMatchingAcl] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.error_code = error_code
        self.error_message = error_message
        self.matching_acls: list[DeleteAclsMatchingAcl] = [] if matching_acls is None else matching_acls
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 2:
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
            length = len(self.matching_acls) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for matching_acls_item in self.matching_acls:
                matching_acls_item.write(out, version)
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
            out += _pack_i(len(self.matching_acls))
            for matching_acls_item in self.matching_acls:
                matching_acls_item.write(out, version)
            if self.unknown_tagged_fields:
                refuse_field("DeleteAclsFilterResult", "unknown_tagged_fields", version)


class DeleteAclsResponse(Message):
    """Kafka's response 31 `DeleteAclsResponse`: versions 0-3, flexible from 2."""

    __slots__ = (
        "throttle_time_ms",
        "filter_results",
        "unknown_tagged_fields",
    )

    API_KEY = 31
    NAME = "DeleteAclsResponse"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 3
    FIRST_FLEXIBLE_VERSION = 2

    def __init__(
        self,
        *,
        throttle_time_ms: int = 0,
        filter_results: list[DeleteAclsFilterResult] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.filter_results: list[DeleteAclsFilterResult] = [] if filter_results is None else filter_results
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 2:
            out += _pack_i(self.throttle_time_ms)
            length = len(self.filter_results) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for filter_results_item in self.filter_results:
                filter_results_item.write(out, version)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            out += _pack_ii(self.throttle_time_ms, len(self.filter_results))
            for filter_results_item in self.filter_results:
                filter_results_item.write(out, version)
            if self.unknown_tagged_fields:
                refuse_field("DeleteAclsResponse", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[DeleteAclsResponse, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_delete_acls_response(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("DeleteAclsResponse", error)
        if position > len(buffer):
            refuse_truncated("DeleteAclsResponse")
        return message, position


def _read_delete_acls_matching_acl(buffer: Buffer, position: int, version: int) -> tuple[DeleteAclsMatchingAcl, int]:
    self = new(DeleteAclsMatchingAcl)
    if version >= 2:
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
        self.pattern_type, length = _unpack_bB(buffer, position)
        position += 2
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.principal = str(buffer[position:end], "utf-8", "as-java")
        position = end
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.host = str(buffer[position:end], "utf-8", "as-java")
        position = end
        self.operation, self.permission_type, count = _unpack_bbB(buffer, position)
        position += 3
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
        if version >= 1:
            (self.pattern_type,) = _unpack_b(buffer, position)
            position += 1
        else:
            self.pattern_type = 3
        (length,) = _unpack_h(buffer, position)
        position += 2
        if length < 0:
            refuse_null()
        end = position + length
        self.principal = str(buffer[position:end], "utf-8", "as-java")
        position = end
        (length,) = _unpack_h(buffer, position)
        position += 2
        if length < 0:
            refuse_null()
        end = position + length
        self.host = str(buffer[position:end], "utf-8", "as-java")
        position = end
        self.operation, self.permission_type = _unpack_bb(buffer, position)
        position += 2
        self.unknown_tagged_fields = None
    return self, position


def _read_delete_acls_filter_result(buffer: Buffer, position: int, version: int) -> tuple[DeleteAclsFilterResult, int]:
    self = new(DeleteAclsFilterResult)
    if version >= 2:
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
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 11 * (length - 1) > len(buffer) - position:
            refuse_count()
        matching_acls_ = self.matching_acls = []
        for _ in range(length - 1):
            matching_acls_item, position = _read_delete_acls_matching_acl(buffer, position, version)
            matching_acls_.append(matching_acls_item)
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
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 13 * length > len(buffer) - position:
            refuse_count()
        matching_acls_ = self.matching_acls = []
        for _ in range(length):
            matching_acls_item, position = _read_delete_acls_matching_acl(buffer, position, version)
            matching_acls_.append(matching_acls_item)
        self.unknown_tagged_fields = None
    return self, position


def _read_delete_acls_response(buffer: Buffer, position: int, version: int) -> tuple[DeleteAclsResponse, int]:
    self = new(DeleteAclsResponse)
    if version >= 2:
        self.throttle_time_ms, length = _unpack_iB(buffer, position)
        position += 5
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 5 * (length - 1) > len(buffer) - position:
            refuse_count()
        filter_results_ = self.filter_results = []
        for _ in range(length - 1):
            filter_results_item, position = _read_delete_acls_filter_result(buffer, position, version)
            filter_results_.append(filter_results_item)
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
        if 8 * length > len(buffer) - position:
            refuse_count()
        filter_results_ = self.filter_results = []
        for _ in range(length):
            filter_results_item, position = _read_delete_acls_filter_result(buffer, position, version)
            filter_results_.append(filter_results_item)
        self.unknown_tagged_fields = None
    return self, position
