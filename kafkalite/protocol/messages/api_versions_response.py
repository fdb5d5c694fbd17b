# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's ApiVersionsResponse."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.protocol.primitives import (
    READ_ERRORS,
    Message,
    check_tag_count,
    new,
    read_compact_length,
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

_pack_t = Struct(">?").pack
_pack_h = Struct(">h").pack
_unpack_hB = Struct(">hB").unpack_from
_pack_hh = Struct(">hh").pack
_unpack_hhB = Struct(">hhB").unpack_from
_unpack_hhh = Struct(">hhh").unpack_from
_pack_hhh = Struct(">hhh").pack
_unpack_hhhB = Struct(">hhhB").unpack_from
_unpack_hi = Struct(">hi").unpack_from
_pack_hi = Struct(">hi").pack
_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack
_unpack_iB = Struct(">iB").unpack_from
_unpack_q = Struct(">q").unpack_from
_pack_q = Struct(">q").pack


class ApiVersion(Message):
    """`ApiVersion` of ApiVersionsResponse, versions 0-5."""

    __slots__ = (
        "api_key",
        "min_version",
        "max_version",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        api_key: int = 0,
        min_version: int = 0,
        max_version: int = 0,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.api_key = api_key
        self.min_version = min_version
        self.max_version = max_version
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 3:
            out += _pack_hhh(self.api_key, self.min_version, self.max_version)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            out += _pack_hhh(self.api_key, self.min_version, self.max_version)
            if self.unknown_tagged_fields:
                refuse_field("ApiVersion", "unknown_tagged_fields", version)


class SupportedFeatureKey(Message):
    """`SupportedFeatureKey` of ApiVersionsResponse, versions 3-5."""

    __slots__ = (
        "name",
        "min_version",
        "max_version",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        name: str = "",
        min_version: int = 0,
        max_version: int = 0,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.name = name
        self.min_version = min_version
        self.max_version = max_version
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
        out += _pack_hh(self.min_version, self.max_version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class FinalizedFeatureKey(Message):
    """`FinalizedFeatureKey` of ApiVersionsResponse, versions 3-5."""

    __slots__ = (
        "name",
        "max_version_level",
        "min_version_level",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        name: str = "",
        max_version_level: int = 0,
        min_version_level: int = 0,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.name = name
        self.max_version_level = max_version_level
        self.min_version_level = min_version_level
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
        out += _pack_hh(self.max_version_level, self.min_version_level)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class ApiVersionsResponse(Message):
    """Kafka's response 18 `ApiVersionsResponse`: versions 0-5, flexible from 3."""

    __slots__ = (
        "error_code",
        "api_keys",
        "throttle_time_ms",
        "supported_features",
        "finalized_features_epoch",
        "finalized_features",
        "zk_migration_ready",
        "unknown_tagged_fields",
    )

    API_KEY = 18
    NAME = "ApiVersionsResponse"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 5
    FIRST_FLEXIBLE_VERSION = 3

    def __init__(
        self,
        *,
        error_code: int = 0,
        api_keys: list[ApiVersion] | None = None,
        throttle_time_ms: int = 0,
        supported_features: list[SupportedFeatureKey] | None = None,
        finalized_features_epoch: int = -1,
        finalized_features: list[FinalizedFeatureKey] | None = None,
        zk_migration_ready: bool = False,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.error_code = error_code
        self.api_keys: list[ApiVersion] = [] if api_keys is None else api_keys
        self.throttle_time_ms = throttle_time_ms
        self.supported_features: list[SupportedFeatureKey] = [] if supported_features is None else supported_features
        self.finalized_features_epoch = finalized_features_epoch
        self.finalized_features: list[FinalizedFeatureKey] = [] if finalized_features is None else finalized_features
        self.zk_migration_ready = zk_migration_ready
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 3:
            out += _pack_h(self.error_code)
            length = len(self.api_keys) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for api_keys_item in self.api_keys:
                api_keys_item.write(out, version)
            out += _pack_i(self.throttle_time_ms)
            known: TaggedFields | None = None
            if self.supported_features:
                body = bytearray()
                length = len(self.supported_features) + 1
                if length < 128:
                    body.append(length)
                else:
                    write_uvarint(body, length)
                for supported_features_item in self.supported_features:
                    supported_features_item.write(body, version)
                if known is None:
                    known = {}
                known[0] = bytes(body)
            if self.finalized_features_epoch != -1:
                body = bytearray()
                body += _pack_q(self.finalized_features_epoch)
                if known is None:
                    known = {}
                known[1] = bytes(body)
            if self.finalized_features:
                body = bytearray()
                length = len(self.finalized_features) + 1
                if length < 128:
                    body.append(length)
                else:
                    write_uvarint(body, length)
                for finalized_features_item in self.finalized_features:
                    finalized_features_item.write(body, version)
                if known is None:
                    known = {}
                known[2] = bytes(body)
            if self.zk_migration_ready:
                body = bytearray()
                body += _pack_t(self.zk_migration_ready)
                if known is None:
                    known = {}
                known[3] = bytes(body)
            if known is None and self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, known, self.unknown_tagged_fields)
        else:
            out += _pack_hi(self.error_code, len(self.api_keys))
            for api_keys_item in self.api_keys:
                api_keys_item.write(out, version)
            if version >= 1:
                out += _pack_i(self.throttle_time_ms)
            if self.unknown_tagged_fields:
                refuse_field("ApiVersionsResponse", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[ApiVersionsResponse, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_api_versions_response(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("ApiVersionsResponse", error)
        if position > len(buffer):
            refuse_truncated("ApiVersionsResponse")
        return message, position


def _read_api_version(buffer: Buffer, position: int, version: int) -> tuple[ApiVersion, int]:
    self = new(ApiVersion)
    if version >= 3:
        self.api_key, self.min_version, self.max_version, count = _unpack_hhhB(buffer, position)
        position += 7
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        self.api_key, self.min_version, self.max_version = _unpack_hhh(buffer, position)
        position += 6
        self.unknown_tagged_fields = None
    return self, position


def _read_supported_feature_key(buffer: Buffer, position: int, version: int) -> tuple[SupportedFeatureKey, int]:
    self = new(SupportedFeatureKey)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.name = str(buffer[position:end], "utf-8", "as-java")
    position = end
    self.min_version, self.max_version, count = _unpack_hhB(buffer, position)
    position += 5
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_finalized_feature_key(buffer: Buffer, position: int, version: int) -> tuple[FinalizedFeatureKey, int]:
    self = new(FinalizedFeatureKey)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.name = str(buffer[position:end], "utf-8", "as-java")
    position = end
    self.max_version_level, self.min_version_level, count = _unpack_hhB(buffer, position)
    position += 5
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_api_versions_response(buffer: Buffer, position: int, version: int) -> tuple[ApiVersionsResponse, int]:
    self = new(ApiVersionsResponse)
    if version >= 3:
        self.error_code, length = _unpack_hB(buffer, position)
        position += 3
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 7 * (length - 1) > len(buffer) - position:
            refuse_count()
        api_keys_ = self.api_keys = []
        for _ in range(length - 1):
            api_keys_item, position = _read_api_version(buffer, position, version)
            api_keys_.append(api_keys_item)
        self.throttle_time_ms, count = _unpack_iB(buffer, position)
        position += 5
        self.supported_features = []
        self.finalized_features_epoch = -1
        self.finalized_features = []
        self.zk_migration_ready = False
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
                    length = buffer[position]
                    position += 1
                    if not 0 < length < 128:
                        length, position = read_compact_length(buffer, position - 1)
                    if 6 * (length - 1) > len(buffer) - position:
                        refuse_count()
                    supported_features_ = self.supported_features = []
                    for _ in range(length - 1):
                        supported_features_item, position = _read_supported_feature_key(buffer, position, version)
                        supported_features_.append(supported_features_item)
                elif tag == 1:
                    (self.finalized_features_epoch,) = _unpack_q(buffer, position)
                    position += 8
                elif tag == 2:
                    length = buffer[position]
                    position += 1
                    if not 0 < length < 128:
                        length, position = read_compact_length(buffer, position - 1)
                    if 6 * (length - 1) > len(buffer) - position:
                        refuse_count()
                    finalized_features_ = self.finalized_features = []
                    for _ in range(length - 1):
                        finalized_features_item, position = _read_finalized_feature_key(buffer, position, version)
                        finalized_features_.append(finalized_features_item)
                elif tag == 3:
                    self.zk_migration_ready = buffer[position] != 0
                    position += 1
                else:
                    if self.unknown_tagged_fields is None:
                        self.unknown_tagged_fields = {}
                    self.unknown_tagged_fields[tag] = bytes(buffer[position:tag_end])
                    position = tag_end
                if position != tag_end:
                    refuse_tag(tag)
    else:
        self.error_code, length = _unpack_hi(buffer, position)
        position += 6
        if length < 0:
            refuse_null()
        if 6 * length > len(buffer) - position:
            refuse_count()
        api_keys_ = self.api_keys = []
        for _ in range(length):
            api_keys_item, position = _read_api_version(buffer, position, version)
            api_keys_.append(api_keys_item)
        if version >= 1:
            (self.throttle_time_ms,) = _unpack_i(buffer, position)
            position += 4
        else:
            self.throttle_time_ms = 0
        self.supported_features = []
        self.finalized_features_epoch = -1
        self.finalized_features = []
        self.zk_migration_ready = False
        self.unknown_tagged_fields = None
    return self, position
