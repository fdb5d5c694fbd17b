# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's ShareUpdateValue."""

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
    read_uvarint,
    refuse_count,
    refuse_tag,
    refuse_truncated,
    write_tagged_fields,
    write_uvarint,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields

_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack
_pack_iiq = Struct(">iiq").pack
_unpack_iiqB = Struct(">iiqB").unpack_from
_pack_qqbh = Struct(">qqbh").pack
_unpack_qqbhB = Struct(">qqbhB").unpack_from


class StateBatch(Message):
    """`StateBatch` of ShareUpdateValue, versions 0."""

    __slots__ = (
        "first_offset",
        "last_offset",
        "delivery_state",
        "delivery_count",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        first_offset: int = 0,
        last_offset: int = 0,
        delivery_state: int = 0,
        delivery_count: int = 0,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.first_offset = first_offset
        self.last_offset = last_offset
        self.delivery_state = delivery_state
        self.delivery_count = delivery_count
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        out += _pack_qqbh(self.first_offset, self.last_offset, self.delivery_state, self.delivery_count)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class ShareUpdateValue(Message):
    """Kafka's coordinator record value 1 `ShareUpdateValue`: versions 0, flexible from 0."""

    __slots__ = (
        "snapshot_epoch",
        "leader_epoch",
        "start_offset",
        "delivery_complete_count",
        "state_batches",
        "unknown_tagged_fields",
    )

    RECORD_TYPE = 1
    NAME = "ShareUpdateValue"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 0
    FIRST_FLEXIBLE_VERSION = 0

    def __init__(
        self,
        *,
        snapshot_epoch: int = 0,
        leader_epoch: int = 0,
        start_offset: int = 0,
        delivery_complete_count: int = -1,
        state_batches: list[StateBatch] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.snapshot_epoch = snapshot_epoch
        self.leader_epoch = leader_epoch
        self.start_offset = start_offset
        self.delivery_complete_count = delivery_complete_count
        self.state_batches: list[StateBatch] = [] if state_batches is None else state_batches
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        out += _pack_iiq(self.snapshot_epoch, self.leader_epoch, self.start_offset)
        length = len(self.state_batches) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for state_batches_item in self.state_batches:
            state_batches_item.write(out, version)
        known: TaggedFields | None = None
        if self.delivery_complete_count != -1:
            body = bytearray()
            body += _pack_i(self.delivery_complete_count)
            if known is None:
                known = {}
            known[0] = bytes(body)
        if known is None and self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, known, self.unknown_tagged_fields)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[ShareUpdateValue, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_share_update_value(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("ShareUpdateValue", error)
        if position > len(buffer):
            refuse_truncated("ShareUpdateValue")
        return message, position


def _read_state_batch(buffer: Buffer, position: int, version: int) -> tuple[StateBatch, int]:
    self = new(StateBatch)
    self.first_offset, self.last_offset, self.delivery_state, self.delivery_count, count = _unpack_qqbhB(
        buffer, position
    )
    position += 20
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_share_update_value(buffer: Buffer, position: int, version: int) -> tuple[ShareUpdateValue, int]:
    self = new(ShareUpdateValue)
    self.snapshot_epoch, self.leader_epoch, self.start_offset, length = _unpack_iiqB(buffer, position)
    position += 17
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 20 * (length - 1) > len(buffer) - position:
        refuse_count()
    state_batches_ = self.state_batches = []
    for _ in range(length - 1):
        state_batches_item, position = _read_state_batch(buffer, position, version)
        state_batches_.append(state_batches_item)
    count = buffer[position]
    position += 1
    self.delivery_complete_count = -1
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
                (self.delivery_complete_count,) = _unpack_i(buffer, position)
                position += 4
            else:
                if self.unknown_tagged_fields is None:
                    self.unknown_tagged_fields = {}
                self.unknown_tagged_fields[tag] = bytes(buffer[position:tag_end])
                position = tag_end
            if position != tag_end:
                refuse_tag(tag)
    return self, position
