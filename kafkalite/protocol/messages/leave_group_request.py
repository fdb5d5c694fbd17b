# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's LeaveGroupRequest."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.protocol.primitives import (
    READ_ERRORS,
    Message,
    new,
    read_compact_length,
    read_nullable_text_length,
    read_tagged_fields,
    read_text_length,
    refuse_count,
    refuse_field,
    refuse_null,
    refuse_truncated,
    write_tagged_fields,
    write_uvarint,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields

_unpack_h = Struct(">h").unpack_from
_pack_h = Struct(">h").pack
_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack


class MemberIdentity(Message):
    """`MemberIdentity` of LeaveGroupRequest, versions 3-5."""

    __slots__ = (
        "member_id",
        "group_instance_id",
        "reason",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        member_id: str = "",
        group_instance_id: str | None = None,
        reason: str | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.member_id = member_id
        self.group_instance_id = group_instance_id
        self.reason = reason
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 4:
            data = self.member_id.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
            if self.group_instance_id is None:
                out.append(0)
            else:
                data = self.group_instance_id.encode()
                length = len(data) + 1
                if length < 128:
                    out.append(length)
                else:
                    write_uvarint(out, length)
                out += data
            if version >= 5:
                if self.reason is None:
                    out.append(0)
                else:
                    data = self.reason.encode()
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
        else:
            data = self.member_id.encode()
            out += _pack_h(len(data))
            out += data
            if self.group_instance_id is None:
                out += b"\xff\xff"
            else:
                data = self.group_instance_id.encode()
                out += _pack_h(len(data))
                out += data
            if self.unknown_tagged_fields:
                refuse_field("MemberIdentity", "unknown_tagged_fields", version)


class LeaveGroupRequest(Message):
    """Kafka's request 13 `LeaveGroupRequest`: versions 0-5, flexible from 4."""

    __slots__ = (
        "group_id",
        "member_id",
        "members",
        "unknown_tagged_fields",
    )

    API_KEY = 13
    NAME = "LeaveGroupRequest"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 5
    FIRST_FLEXIBLE_VERSION = 4

    def __init__(
        self,
        *,
        group_id: str = "",
        member_id: str = "",
        members: list[MemberIdentity] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.group_id = group_id
        self.member_id = member_id
        self.members: list[MemberIdentity] = [] if members is None else members
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 4:
            data = self.group_id.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
            if self.member_id:
                refuse_field("LeaveGroupRequest", "member_id", version)
            length = len(self.members) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for members_item in self.members:
                members_item.write(out, version)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            data = self.group_id.encode()
            out += _pack_h(len(data))
            out += data
            if version <= 2:
                data = self.member_id.encode()
                out += _pack_h(len(data))
                out += data
            else:
                if self.member_id:
                    refuse_field("LeaveGroupRequest", "member_id", version)
            if version >= 3:
                out += _pack_i(len(self.members))
                for members_item in self.members:
                    members_item.write(out, version)
            else:
                if self.members:
                    refuse_field("LeaveGroupRequest", "members", version)
            if self.unknown_tagged_fields:
                refuse_field("LeaveGroupRequest", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[LeaveGroupRequest, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_leave_group_request(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("LeaveGroupRequest", error)
        if position > len(buffer):
            refuse_truncated("LeaveGroupRequest")
        return message, position


def _read_member_identity(buffer: Buffer, position: int, version: int) -> tuple[MemberIdentity, int]:
    self = new(MemberIdentity)
    if version >= 4:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.member_id = str(buffer[position:end], "utf-8", "as-java")
        position = end
        length = buffer[position]
        position += 1
        if length > 127:
            length, position = read_nullable_text_length(buffer, position - 1)
        if length == 0:
            self.group_instance_id = None
        else:
            end = position + length - 1
            self.group_instance_id = str(buffer[position:end], "utf-8", "as-java")
            position = end
        if version >= 5:
            length = buffer[position]
            position += 1
            if length > 127:
                length, position = read_nullable_text_length(buffer, position - 1)
            if length == 0:
                self.reason = None
            else:
                end = position + length - 1
                self.reason = str(buffer[position:end], "utf-8", "as-java")
                position = end
        else:
            self.reason = None
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        (length,) = _unpack_h(buffer, position)
        position += 2
        if length < 0:
            refuse_null()
        end = position + length
        self.member_id = str(buffer[position:end], "utf-8", "as-java")
        position = end
        (length,) = _unpack_h(buffer, position)
        position += 2
        if length < 0:
            self.group_instance_id = None
        else:
            end = position + length
            self.group_instance_id = str(buffer[position:end], "utf-8", "as-java")
            position = end
        self.reason = None
        self.unknown_tagged_fields = None
    return self, position


def _read_leave_group_request(buffer: Buffer, position: int, version: int) -> tuple[LeaveGroupRequest, int]:
    self = new(LeaveGroupRequest)
    if version >= 4:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.group_id = str(buffer[position:end], "utf-8", "as-java")
        position = end
        self.member_id = ""
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 3 * (length - 1) > len(buffer) - position:
            refuse_count()
        members_ = self.members = []
        for _ in range(length - 1):
            members_item, position = _read_member_identity(buffer, position, version)
            members_.append(members_item)
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        (length,) = _unpack_h(buffer, position)
        position += 2
        if length < 0:
            refuse_null()
        end = position + length
        self.group_id = str(buffer[position:end], "utf-8", "as-java")
        position = end
        if version <= 2:
            (length,) = _unpack_h(buffer, position)
            position += 2
            if length < 0:
                refuse_null()
            end = position + length
            self.member_id = str(buffer[position:end], "utf-8", "as-java")
            position = end
        else:
            self.member_id = ""
        if version >= 3:
            (length,) = _unpack_i(buffer, position)
            position += 4
            if length < 0:
                refuse_null()
            if 4 * length > len(buffer) - position:
                refuse_count()
            members_ = self.members = []
            for _ in range(length):
                members_item, position = _read_member_identity(buffer, position, version)
                members_.append(members_item)
        else:
            self.members = []
        self.unknown_tagged_fields = None
    return self, position
