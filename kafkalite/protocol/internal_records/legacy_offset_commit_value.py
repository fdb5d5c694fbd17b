# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's LegacyOffsetCommitValue."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.protocol.primitives import READ_ERRORS, Message, new, refuse_null, refuse_truncated

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer

_unpack_q = Struct(">q").unpack_from
_pack_q = Struct(">q").pack
_unpack_qh = Struct(">qh").unpack_from
_pack_qh = Struct(">qh").pack


class LegacyOffsetCommitValue(Message):
    """Kafka's coordinator record value 0 `LegacyOffsetCommitValue`: versions 0, none is flexible."""

    __slots__ = (
        "offset",
        "metadata",
        "commit_timestamp",
    )

    RECORD_TYPE = 0
    NAME = "LegacyOffsetCommitValue"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 0
    FIRST_FLEXIBLE_VERSION = 32767

    def __init__(
        self,
        *,
        offset: int = 0,
        metadata: str = "",
        commit_timestamp: int = 0,
    ) -> None:
        self.offset = offset
        self.metadata = metadata
        self.commit_timestamp = commit_timestamp

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        data = self.metadata.encode()
        out += _pack_qh(self.offset, len(data))
        out += data
        out += _pack_q(self.commit_timestamp)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[LegacyOffsetCommitValue, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_legacy_offset_commit_value(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("LegacyOffsetCommitValue", error)
        if position > len(buffer):
            refuse_truncated("LegacyOffsetCommitValue")
        return message, position


def _read_legacy_offset_commit_value(
    buffer: Buffer, position: int, version: int
) -> tuple[LegacyOffsetCommitValue, int]:
    self = new(LegacyOffsetCommitValue)
    self.offset, length = _unpack_qh(buffer, position)
    position += 10
    if length < 0:
        refuse_null()
    end = position + length
    self.metadata = str(buffer[position:end], "utf-8", "as-java")
    position = end
    (self.commit_timestamp,) = _unpack_q(buffer, position)
    position += 8
    return self, position
