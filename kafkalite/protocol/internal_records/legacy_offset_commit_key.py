# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's LegacyOffsetCommitKey."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.protocol.primitives import READ_ERRORS, Message, new, refuse_null, refuse_truncated

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer

_unpack_h = Struct(">h").unpack_from
_pack_h = Struct(">h").pack
_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack


class LegacyOffsetCommitKey(Message):
    """Kafka's coordinator record key 0 `LegacyOffsetCommitKey`: versions 0, none is flexible."""

    __slots__ = (
        "group",
        "topic",
        "partition",
    )

    RECORD_TYPE = 0
    NAME = "LegacyOffsetCommitKey"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 0
    FIRST_FLEXIBLE_VERSION = 32767

    def __init__(
        self,
        *,
        group: str = "",
        topic: str = "",
        partition: int = 0,
    ) -> None:
        self.group = group
        self.topic = topic
        self.partition = partition

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        data = self.group.encode()
        out += _pack_h(len(data))
        out += data
        data = self.topic.encode()
        out += _pack_h(len(data))
        out += data
        out += _pack_i(self.partition)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[LegacyOffsetCommitKey, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_legacy_offset_commit_key(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("LegacyOffsetCommitKey", error)
        if position > len(buffer):
            refuse_truncated("LegacyOffsetCommitKey")
        return message, position


def _read_legacy_offset_commit_key(buffer: Buffer, position: int, version: int) -> tuple[LegacyOffsetCommitKey, int]:
    self = new(LegacyOffsetCommitKey)
    (length,) = _unpack_h(buffer, position)
    position += 2
    if length < 0:
        refuse_null()
    end = position + length
    self.group = str(buffer[position:end], "utf-8", "as-java")
    position = end
    (length,) = _unpack_h(buffer, position)
    position += 2
    if length < 0:
        refuse_null()
    end = position + length
    self.topic = str(buffer[position:end], "utf-8", "as-java")
    position = end
    (self.partition,) = _unpack_i(buffer, position)
    position += 4
    return self, position
