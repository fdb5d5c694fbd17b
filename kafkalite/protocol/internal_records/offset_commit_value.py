# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's OffsetCommitValue."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.uuids import ZERO_UUID
from kafkalite.protocol.primitives import (
    READ_ERRORS,
    Message,
    check_tag_count,
    new,
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

_unpack_16s = Struct(">16s").unpack_from
_pack_16s = Struct(">16s").pack
_unpack_h = Struct(">h").unpack_from
_pack_h = Struct(">h").pack
_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack
_unpack_q = Struct(">q").unpack_from
_pack_q = Struct(">q").pack
_pack_qi = Struct(">qi").pack
_unpack_qiB = Struct(">qiB").unpack_from


class OffsetCommitValue(Message):
    """Kafka's coordinator record value 1 `OffsetCommitValue`: versions 0-4, flexible from 4."""

    __slots__ = (
        "offset",
        "leader_epoch",
        "metadata",
        "commit_timestamp",
        "expire_timestamp",
        "topic_id",
        "unknown_tagged_fields",
    )

    RECORD_TYPE = 1
    NAME = "OffsetCommitValue"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 4
    FIRST_FLEXIBLE_VERSION = 4

    def __init__(
        self,
        *,
        offset: int = 0,
        leader_epoch: int = -1,
        metadata: str = "",
        commit_timestamp: int = 0,
        expire_timestamp: int = -1,
        topic_id: bytes = ZERO_UUID,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.offset = offset
        self.leader_epoch = leader_epoch
        self.metadata = metadata
        self.commit_timestamp = commit_timestamp
        self.expire_timestamp = expire_timestamp
        self.topic_id = topic_id
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 4:
            data = self.metadata.encode()
            out += _pack_qi(self.offset, self.leader_epoch)
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
            out += _pack_q(self.commit_timestamp)
            known: TaggedFields | None = None
            if self.topic_id != ZERO_UUID:
                body = bytearray()
                body += _pack_16s(self.topic_id)
                if known is None:
                    known = {}
                known[0] = bytes(body)
            if known is None and self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, known, self.unknown_tagged_fields)
        else:
            out += _pack_q(self.offset)
            if version >= 3:
                out += _pack_i(self.leader_epoch)
            data = self.metadata.encode()
            out += _pack_h(len(data))
            out += data
            out += _pack_q(self.commit_timestamp)
            if version == 1:
                out += _pack_q(self.expire_timestamp)
            if self.unknown_tagged_fields:
                refuse_field("OffsetCommitValue", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[OffsetCommitValue, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_offset_commit_value(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("OffsetCommitValue", error)
        if position > len(buffer):
            refuse_truncated("OffsetCommitValue")
        return message, position


def _read_offset_commit_value(buffer: Buffer, position: int, version: int) -> tuple[OffsetCommitValue, int]:
    self = new(OffsetCommitValue)
    if version >= 4:
        self.offset, self.leader_epoch, length = _unpack_qiB(buffer, position)
        position += 13
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.metadata = str(buffer[position:end], "utf-8", "as-java")
        position = end
        (self.commit_timestamp,) = _unpack_q(buffer, position)
        position += 8
        self.expire_timestamp = -1
        count = buffer[position]
        position += 1
        self.topic_id = ZERO_UUID
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
                    (self.topic_id,) = _unpack_16s(buffer, position)
                    position += 16
                else:
                    if self.unknown_tagged_fields is None:
                        self.unknown_tagged_fields = {}
                    self.unknown_tagged_fields[tag] = bytes(buffer[position:tag_end])
                    position = tag_end
                if position != tag_end:
                    refuse_tag(tag)
    else:
        (self.offset,) = _unpack_q(buffer, position)
        position += 8
        if version >= 3:
            (self.leader_epoch,) = _unpack_i(buffer, position)
            position += 4
        else:
            self.leader_epoch = -1
        (length,) = _unpack_h(buffer, position)
        position += 2
        if length < 0:
            refuse_null()
        end = position + length
        self.metadata = str(buffer[position:end], "utf-8", "as-java")
        position = end
        (self.commit_timestamp,) = _unpack_q(buffer, position)
        position += 8
        if version == 1:
            (self.expire_timestamp,) = _unpack_q(buffer, position)
            position += 8
        else:
            self.expire_timestamp = -1
        self.topic_id = ZERO_UUID
        self.unknown_tagged_fields = None
    return self, position
