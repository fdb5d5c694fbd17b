# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's StreamsGroupCurrentMemberAssignmentKey."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.protocol.primitives import READ_ERRORS, Message, new, refuse_null, refuse_truncated

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer

_unpack_h = Struct(">h").unpack_from
_pack_h = Struct(">h").pack


class StreamsGroupCurrentMemberAssignmentKey(Message):
    """Kafka's coordinator record key 22 `StreamsGroupCurrentMemberAssignmentKey`: versions 0, none is flexible."""

    __slots__ = (
        "group_id",
        "member_id",
    )

    RECORD_TYPE = 22
    NAME = "StreamsGroupCurrentMemberAssignmentKey"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 0
    FIRST_FLEXIBLE_VERSION = 32767

    def __init__(
        self,
        *,
        group_id: str = "",
        member_id: str = "",
    ) -> None:
        self.group_id = group_id
        self.member_id = member_id

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        data = self.group_id.encode()
        out += _pack_h(len(data))
        out += data
        data = self.member_id.encode()
        out += _pack_h(len(data))
        out += data

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[StreamsGroupCurrentMemberAssignmentKey, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_streams_group_current_member_assignment_key(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("StreamsGroupCurrentMemberAssignmentKey", error)
        if position > len(buffer):
            refuse_truncated("StreamsGroupCurrentMemberAssignmentKey")
        return message, position


def _read_streams_group_current_member_assignment_key(
    buffer: Buffer, position: int, version: int
) -> tuple[StreamsGroupCurrentMemberAssignmentKey, int]:
    self = new(StreamsGroupCurrentMemberAssignmentKey)
    (length,) = _unpack_h(buffer, position)
    position += 2
    if length < 0:
        refuse_null()
    end = position + length
    self.group_id = str(buffer[position:end], "utf-8", "as-java")
    position = end
    (length,) = _unpack_h(buffer, position)
    position += 2
    if length < 0:
        refuse_null()
    end = position + length
    self.member_id = str(buffer[position:end], "utf-8", "as-java")
    position = end
    return self, position
