# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's RemoveTopicRecord."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.uuids import ZERO_UUID
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

_pack_16s = Struct(">16s").pack
_unpack_16sB = Struct(">16sB").unpack_from


class RemoveTopicRecord(Message):
    """Kafka's cluster metadata record 9 `RemoveTopicRecord`: versions 0, flexible from 0."""

    __slots__ = (
        "topic_id",
        "unknown_tagged_fields",
    )

    RECORD_TYPE = 9
    NAME = "RemoveTopicRecord"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 0
    FIRST_FLEXIBLE_VERSION = 0

    def __init__(
        self,
        *,
        topic_id: bytes = ZERO_UUID,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.topic_id = topic_id
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        out += _pack_16s(self.topic_id)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[RemoveTopicRecord, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_remove_topic_record(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("RemoveTopicRecord", error)
        if position > len(buffer):
            refuse_truncated("RemoveTopicRecord")
        return message, position


def _read_remove_topic_record(buffer: Buffer, position: int, version: int) -> tuple[RemoveTopicRecord, int]:
    self = new(RemoveTopicRecord)
    self.topic_id, count = _unpack_16sB(buffer, position)
    position += 17
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position
