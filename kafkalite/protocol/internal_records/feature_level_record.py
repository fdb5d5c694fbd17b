# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's FeatureLevelRecord."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.protocol.primitives import (
    READ_ERRORS,
    Message,
    new,
    read_tagged_fields,
    read_text_length,
    refuse_truncated,
    write_tagged_fields,
    write_uvarint,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields

_pack_h = Struct(">h").pack
_unpack_hB = Struct(">hB").unpack_from


class FeatureLevelRecord(Message):
    """Kafka's cluster metadata record 12 `FeatureLevelRecord`: versions 0, flexible from 0."""

    __slots__ = (
        "name",
        "feature_level",
        "unknown_tagged_fields",
    )

    RECORD_TYPE = 12
    NAME = "FeatureLevelRecord"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 0
    FIRST_FLEXIBLE_VERSION = 0

    def __init__(
        self,
        *,
        name: str = "",
        feature_level: int = 0,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.name = name
        self.feature_level = feature_level
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        data = self.name.encode()
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
        out += _pack_h(self.feature_level)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[FeatureLevelRecord, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_feature_level_record(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("FeatureLevelRecord", error)
        if position > len(buffer):
            refuse_truncated("FeatureLevelRecord")
        return message, position


def _read_feature_level_record(buffer: Buffer, position: int, version: int) -> tuple[FeatureLevelRecord, int]:
    self = new(FeatureLevelRecord)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.name = str(buffer[position:end], "utf-8", "as-java")
    position = end
    self.feature_level, count = _unpack_hB(buffer, position)
    position += 3
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position
