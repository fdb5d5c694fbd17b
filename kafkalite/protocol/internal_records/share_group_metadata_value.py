# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's ShareGroupMetadataValue."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.protocol.primitives import (
    READ_ERRORS,
    Message,
    new,
    read_tagged_fields,
    refuse_truncated,
    write_tagged_fields,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields

_pack_iq = Struct(">iq").pack
_unpack_iqB = Struct(">iqB").unpack_from


class ShareGroupMetadataValue(Message):
    """Kafka's coordinator record value 11 `ShareGroupMetadataValue`: versions 0, flexible from 0."""

    __slots__ = (
        "epoch",
        "metadata_hash",
        "unknown_tagged_fields",
    )

    RECORD_TYPE = 11
    NAME = "ShareGroupMetadataValue"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 0
    FIRST_FLEXIBLE_VERSION = 0

    def __init__(
        self,
        *,
        epoch: int = 0,
        metadata_hash: int = 0,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.epoch = epoch
        self.metadata_hash = metadata_hash
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        out += _pack_iq(self.epoch, self.metadata_hash)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[ShareGroupMetadataValue, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_share_group_metadata_value(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("ShareGroupMetadataValue", error)
        if position > len(buffer):
            refuse_truncated("ShareGroupMetadataValue")
        return message, position


def _read_share_group_metadata_value(
    buffer: Buffer, position: int, version: int
) -> tuple[ShareGroupMetadataValue, int]:
    self = new(ShareGroupMetadataValue)
    self.epoch, self.metadata_hash, count = _unpack_iqB(buffer, position)
    position += 13
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position
