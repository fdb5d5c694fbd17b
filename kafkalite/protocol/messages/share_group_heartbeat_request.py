# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's ShareGroupHeartbeatRequest."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.protocol.primitives import (
    READ_ERRORS,
    Message,
    new,
    read_nullable_text_length,
    read_tagged_fields,
    read_text_length,
    read_uvarint,
    refuse_count,
    refuse_truncated,
    write_tagged_fields,
    write_uvarint,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields

_pack_i = Struct(">i").pack
_unpack_iB = Struct(">iB").unpack_from


class ShareGroupHeartbeatRequest(Message):
    """Kafka's request 76 `ShareGroupHeartbeatRequest`: versions 1, flexible from 1."""

    __slots__ = (
        "group_id",
        "member_id",
        "member_epoch",
        "rack_id",
        "subscribed_topic_names",
        "unknown_tagged_fields",
    )

    API_KEY = 76
    NAME = "ShareGroupHeartbeatRequest"
    LOWEST_VERSION = 1
    HIGHEST_VERSION = 1
    FIRST_FLEXIBLE_VERSION = 0

    def __init__(
        self,
        *,
        group_id: str = "",
        member_id: str = "",
        member_epoch: int = 0,
        rack_id: str | None = None,
        subscribed_topic_names: list[str] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.group_id = group_id
        self.member_id = member_id
        self.member_epoch = member_epoch
        self.rack_id = rack_id
        self.subscribed_topic_names = subscribed_topic_names
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        data = self.group_id.encode()
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
        data = self.member_id.encode()
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
        out += _pack_i(self.member_epoch)
        if self.rack_id is None:
            out.append(0)
        else:
            data = self.rack_id.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
        if self.subscribed_topic_names is None:
            out.append(0)
        else:
            length = len(self.subscribed_topic_names) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for subscribed_topic_names_item in self.subscribed_topic_names:
                data = subscribed_topic_names_item.encode()
                length = len(data) + 1
                if length < 128:
                    out.append(length)
                else:
                    write_uvarint(out, length)
                out += data
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[ShareGroupHeartbeatRequest, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_share_group_heartbeat_request(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("ShareGroupHeartbeatRequest", error)
        if position > len(buffer):
            refuse_truncated("ShareGroupHeartbeatRequest")
        return message, position


def _read_share_group_heartbeat_request(
    buffer: Buffer, position: int, version: int
) -> tuple[ShareGroupHeartbeatRequest, int]:
    self = new(ShareGroupHeartbeatRequest)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.group_id = str(buffer[position:end], "utf-8", "as-java")
    position = end
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.member_id = str(buffer[position:end], "utf-8", "as-java")
    position = end
    self.member_epoch, length = _unpack_iB(buffer, position)
    position += 5
    if length > 127:
        length, position = read_nullable_text_length(buffer, position - 1)
    if length == 0:
        self.rack_id = None
    else:
        end = position + length - 1
        self.rack_id = str(buffer[position:end], "utf-8", "as-java")
        position = end
    length = buffer[position]
    position += 1
    if length > 127:
        length, position = read_uvarint(buffer, position - 1)
    if length == 0:
        self.subscribed_topic_names = None
    else:
        if length - 1 > len(buffer) - position:
            refuse_count()
        subscribed_topic_names_ = self.subscribed_topic_names = []
        for _ in range(length - 1):
            length = buffer[position]
            position += 1
            if not 0 < length < 128:
                length, position = read_text_length(buffer, position - 1)
            end = position + length - 1
            subscribed_topic_names_.append(str(buffer[position:end], "utf-8", "as-java"))
            position = end
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position
