# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's StreamsGroupTargetAssignmentMetadataValue."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.protocol.primitives import (
    READ_ERRORS,
    Message,
    check_tag_count,
    new,
    read_uvarint,
    refuse_count,
    refuse_tag,
    refuse_truncated,
    write_tagged_fields,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields

_pack_i = Struct(">i").pack
_unpack_iB = Struct(">iB").unpack_from
_unpack_q = Struct(">q").unpack_from
_pack_q = Struct(">q").pack


class StreamsGroupTargetAssignmentMetadataValue(Message):
    """Kafka's coordinator record value 20 `StreamsGroupTargetAssignmentMetadataValue`: versions 0, flexible from 0."""

    __slots__ = (
        "assignment_epoch",
        "assignment_timestamp",
        "unknown_tagged_fields",
    )

    RECORD_TYPE = 20
    NAME = "StreamsGroupTargetAssignmentMetadataValue"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 0
    FIRST_FLEXIBLE_VERSION = 0

    def __init__(
        self,
        *,
        assignment_epoch: int = 0,
        assignment_timestamp: int = 0,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.assignment_epoch = assignment_epoch
        self.assignment_timestamp = assignment_timestamp
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        out += _pack_i(self.assignment_epoch)
        known: TaggedFields | None = None
        if self.assignment_timestamp:
            body = bytearray()
            body += _pack_q(self.assignment_timestamp)
            if known is None:
                known = {}
            known[0] = bytes(body)
        if known is None and self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, known, self.unknown_tagged_fields)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[StreamsGroupTargetAssignmentMetadataValue, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_streams_group_target_assignment_metadata_value(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("StreamsGroupTargetAssignmentMetadataValue", error)
        if position > len(buffer):
            refuse_truncated("StreamsGroupTargetAssignmentMetadataValue")
        return message, position


def _read_streams_group_target_assignment_metadata_value(
    buffer: Buffer, position: int, version: int
) -> tuple[StreamsGroupTargetAssignmentMetadataValue, int]:
    self = new(StreamsGroupTargetAssignmentMetadataValue)
    self.assignment_epoch, count = _unpack_iB(buffer, position)
    position += 5
    self.assignment_timestamp = 0
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
                (self.assignment_timestamp,) = _unpack_q(buffer, position)
                position += 8
            else:
                if self.unknown_tagged_fields is None:
                    self.unknown_tagged_fields = {}
                self.unknown_tagged_fields[tag] = bytes(buffer[position:tag_end])
                position = tag_end
            if position != tag_end:
                refuse_tag(tag)
    return self, position
