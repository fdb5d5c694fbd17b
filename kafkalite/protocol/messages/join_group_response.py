# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's JoinGroupResponse."""

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

_pack_t = Struct(">?").pack
_unpack_h = Struct(">h").unpack_from
_pack_h = Struct(">h").pack
_unpack_hi = Struct(">hi").unpack_from
_pack_hi = Struct(">hi").pack
_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack
_unpack_ihi = Struct(">ihi").unpack_from
_pack_ihi = Struct(">ihi").pack


class JoinGroupResponseMember(Message):
    """`JoinGroupResponseMember` of JoinGroupResponse, versions 0-9."""

    __slots__ = (
        "member_id",
        "group_instance_id",
        "metadata",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        member_id: str = "",
        group_instance_id: str | None = None,
        metadata: bytes = b"",
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.member_id = member_id
        self.group_instance_id = group_instance_id
        self.metadata = metadata
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 6:
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
            length = len(self.metadata) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += self.metadata
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            data = self.member_id.encode()
            out += _pack_h(len(data))
            out += data
            if version >= 5:
                if self.group_instance_id is None:
                    out += b"\xff\xff"
                else:
                    data = self.group_instance_id.encode()
                    out += _pack_h(len(data))
                    out += data
            out += _pack_i(len(self.metadata))
            out += self.metadata
            if self.unknown_tagged_fields:
                refuse_field("JoinGroupResponseMember", "unknown_tagged_fields", version)


class JoinGroupResponse(Message):
    """Kafka's response 11 `JoinGroupResponse`: versions 0-9, flexible from 6."""

    __slots__ = (
        "throttle_time_ms",
        "error_code",
        "generation_id",
        "protocol_type",
        "protocol_name",
        "leader",
        "skip_assignment",
        "member_id",
        "members",
        "unknown_tagged_fields",
    )

    API_KEY = 11
    NAME = "JoinGroupResponse"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 9
    FIRST_FLEXIBLE_VERSION = 6

    def __init__(
        self,
        *,
        throttle_time_ms: int = 0,
        error_code: int = 0,
        generation_id: int = -1,
        protocol_type: str | None = None,
        protocol_name: str | None = "",
        leader: str = "",
        skip_assignment: bool = False,
        member_id: str = "",
        members: list[JoinGroupResponseMember] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.error_code = error_code
        self.generation_id = generation_id
        self.protocol_type = protocol_type
        self.protocol_name = protocol_name
        self.leader = leader
        self.skip_assignment = skip_assignment
        self.member_id = member_id
        self.members: list[JoinGroupResponseMember] = [] if members is None else members
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 6:
            out += _pack_ihi(self.throttle_time_ms, self.error_code, self.generation_id)
            if version >= 7:
                if self.protocol_type is None:
                    out.append(0)
                else:
                    data = self.protocol_type.encode()
                    length = len(data) + 1
                    if length < 128:
                        out.append(length)
                    else:
                        write_uvarint(out, length)
                    out += data
            if self.protocol_name is None:
                if not (version >= 7):
                    refuse_field("JoinGroupResponse", "protocol_name", version)
                out.append(0)
            else:
                data = self.protocol_name.encode()
                length = len(data) + 1
                if length < 128:
                    out.append(length)
                else:
                    write_uvarint(out, length)
                out += data
            data = self.leader.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
            if version >= 9:
                out += _pack_t(self.skip_assignment)
            else:
                if self.skip_assignment:
                    refuse_field("JoinGroupResponse", "skip_assignment", version)
            data = self.member_id.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
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
            if version >= 2:
                out += _pack_i(self.throttle_time_ms)
            out += _pack_hi(self.error_code, self.generation_id)
            if self.protocol_name is None:
                refuse_field("JoinGroupResponse", "protocol_name", version)
            data = self.protocol_name.encode()
            out += _pack_h(len(data))
            out += data
            data = self.leader.encode()
            out += _pack_h(len(data))
            out += data
            if self.skip_assignment:
                refuse_field("JoinGroupResponse", "skip_assignment", version)
            data = self.member_id.encode()
            out += _pack_h(len(data))
            out += data
            out += _pack_i(len(self.members))
            for members_item in self.members:
                members_item.write(out, version)
            if self.unknown_tagged_fields:
                refuse_field("JoinGroupResponse", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[JoinGroupResponse, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_join_group_response(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("JoinGroupResponse", error)
        if position > len(buffer):
            refuse_truncated("JoinGroupResponse")
        return message, position


def _read_join_group_response_member(
    buffer: Buffer, position: int, version: int
) -> tuple[JoinGroupResponseMember, int]:
    self = new(JoinGroupResponseMember)
    if version >= 6:
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
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        end = position + length - 1
        self.metadata = bytes(buffer[position:end])
        position = end
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
        if version >= 5:
            (length,) = _unpack_h(buffer, position)
            position += 2
            if length < 0:
                self.group_instance_id = None
            else:
                end = position + length
                self.group_instance_id = str(buffer[position:end], "utf-8", "as-java")
                position = end
        else:
            self.group_instance_id = None
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        end = position + length
        self.metadata = bytes(buffer[position:end])
        position = end
        self.unknown_tagged_fields = None
    return self, position


def _read_join_group_response(buffer: Buffer, position: int, version: int) -> tuple[JoinGroupResponse, int]:
    self = new(JoinGroupResponse)
    if version >= 6:
        self.throttle_time_ms, self.error_code, self.generation_id = _unpack_ihi(buffer, position)
        position += 10
        if version >= 7:
            length = buffer[position]
            position += 1
            if length > 127:
                length, position = read_nullable_text_length(buffer, position - 1)
            if length == 0:
                self.protocol_type = None
            else:
                end = position + length - 1
                self.protocol_type = str(buffer[position:end], "utf-8", "as-java")
                position = end
        else:
            self.protocol_type = None
        length = buffer[position]
        position += 1
        if length > 127:
            length, position = read_nullable_text_length(buffer, position - 1)
        if length == 0:
            if not (version >= 7):
                refuse_null()
            self.protocol_name = None
        else:
            end = position + length - 1
            self.protocol_name = str(buffer[position:end], "utf-8", "as-java")
            position = end
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.leader = str(buffer[position:end], "utf-8", "as-java")
        position = end
        if version >= 9:
            self.skip_assignment = buffer[position] != 0
            position += 1
        else:
            self.skip_assignment = False
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.member_id = str(buffer[position:end], "utf-8", "as-java")
        position = end
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 4 * (length - 1) > len(buffer) - position:
            refuse_count()
        members_ = self.members = []
        for _ in range(length - 1):
            members_item, position = _read_join_group_response_member(buffer, position, version)
            members_.append(members_item)
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        if version >= 2:
            (self.throttle_time_ms,) = _unpack_i(buffer, position)
            position += 4
        else:
            self.throttle_time_ms = 0
        self.error_code, self.generation_id = _unpack_hi(buffer, position)
        position += 6
        self.protocol_type = None
        (length,) = _unpack_h(buffer, position)
        position += 2
        if length < 0:
            refuse_null()
        end = position + length
        self.protocol_name = str(buffer[position:end], "utf-8", "as-java")
        position = end
        (length,) = _unpack_h(buffer, position)
        position += 2
        if length < 0:
            refuse_null()
        end = position + length
        self.leader = str(buffer[position:end], "utf-8", "as-java")
        position = end
        self.skip_assignment = False
        (length,) = _unpack_h(buffer, position)
        position += 2
        if length < 0:
            refuse_null()
        end = position + length
        self.member_id = str(buffer[position:end], "utf-8", "as-java")
        position = end
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 6 * length > len(buffer) - position:
            refuse_count()
        members_ = self.members = []
        for _ in range(length):
            members_item, position = _read_join_group_response_member(buffer, position, version)
            members_.append(members_item)
        self.unknown_tagged_fields = None
    return self, position
