# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's UpdateFeaturesRequest."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.protocol.primitives import (
    READ_ERRORS,
    Message,
    new,
    read_compact_length,
    read_tagged_fields,
    read_text_length,
    refuse_count,
    refuse_field,
    refuse_truncated,
    write_tagged_fields,
    write_uvarint,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields

_pack_t = Struct(">?").pack
_unpack_b = Struct(">b").unpack_from
_pack_b = Struct(">b").pack
_unpack_h = Struct(">h").unpack_from
_pack_h = Struct(">h").pack
_pack_i = Struct(">i").pack
_unpack_iB = Struct(">iB").unpack_from


class FeatureUpdateKey(Message):
    """`FeatureUpdateKey` of UpdateFeaturesRequest, versions 0-2."""

    __slots__ = (
        "feature",
        "max_version_level",
        "allow_downgrade",
        "upgrade_type",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        feature: str = "",
        max_version_level: int = 0,
        allow_downgrade: bool = False,
        upgrade_type: int = 1,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.feature = feature
        self.max_version_level = max_version_level
        self.allow_downgrade = allow_downgrade
        self.upgrade_type = upgrade_type
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        data = self.feature.encode()
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
        out += _pack_h(self.max_version_level)
        if version <= 0:
            out += _pack_t(self.allow_downgrade)
        else:
            if self.allow_downgrade:
                refuse_field("FeatureUpdateKey", "allow_downgrade", version)
        if version >= 1:
            out += _pack_b(self.upgrade_type)
        else:
            if self.upgrade_type != 1:
                refuse_field("FeatureUpdateKey", "upgrade_type", version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class UpdateFeaturesRequest(Message):
    """Kafka's request 57 `UpdateFeaturesRequest`: versions 0-2, flexible from 0."""

    __slots__ = (
        "timeout_ms",
        "feature_updates",
        "validate_only",
        "unknown_tagged_fields",
    )

    API_KEY = 57
    NAME = "UpdateFeaturesRequest"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 2
    FIRST_FLEXIBLE_VERSION = 0

    def __init__(
        self,
        *,
        timeout_ms: int = 60000,
        feature_updates: list[FeatureUpdateKey] | None = None,
        validate_only: bool = False,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.timeout_ms = timeout_ms
        self.feature_updates: list[FeatureUpdateKey] = [] if feature_updates is None else feature_updates
        self.validate_only = validate_only
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        out += _pack_i(self.timeout_ms)
        length = len(self.feature_updates) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for feature_updates_item in self.feature_updates:
            feature_updates_item.write(out, version)
        if version >= 1:
            out += _pack_t(self.validate_only)
        else:
            if self.validate_only:
                refuse_field("UpdateFeaturesRequest", "validate_only", version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[UpdateFeaturesRequest, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_update_features_request(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("UpdateFeaturesRequest", error)
        if position > len(buffer):
            refuse_truncated("UpdateFeaturesRequest")
        return message, position


def _read_feature_update_key(buffer: Buffer, position: int, version: int) -> tuple[FeatureUpdateKey, int]:
    self = new(FeatureUpdateKey)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.feature = str(buffer[position:end], "utf-8", "as-java")
    position = end
    (self.max_version_level,) = _unpack_h(buffer, position)
    position += 2
    if version <= 0:
        self.allow_downgrade = buffer[position] != 0
        position += 1
    else:
        self.allow_downgrade = False
    if version >= 1:
        (self.upgrade_type,) = _unpack_b(buffer, position)
        position += 1
    else:
        self.upgrade_type = 1
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_update_features_request(buffer: Buffer, position: int, version: int) -> tuple[UpdateFeaturesRequest, int]:
    self = new(UpdateFeaturesRequest)
    self.timeout_ms, length = _unpack_iB(buffer, position)
    position += 5
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 4 * (length - 1) > len(buffer) - position:
        refuse_count()
    feature_updates_ = self.feature_updates = []
    for _ in range(length - 1):
        feature_updates_item, position = _read_feature_update_key(buffer, position, version)
        feature_updates_.append(feature_updates_item)
    if version >= 1:
        self.validate_only = buffer[position] != 0
        position += 1
    else:
        self.validate_only = False
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position
