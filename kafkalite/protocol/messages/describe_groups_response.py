# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's DescribeGroupsResponse."""

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
_unpack_iB = Struct(">iB").unpack_from


class DescribedGroupMember(Message):
    """`DescribedGroupMember` of DescribeGroupsResponse, versions 0-6."""

    __slots__ = (
        "member_id",
        "group_instance_id",
        "client_id",
        "client_host",
        "member_metadata",
        "member_assignment",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        member_id: str = "",
        group_instance_id: str | None = None,
        client_id: str = "",
        client_host: str = "",
        member_metadata: bytes = b"",
        member_assignment: bytes = b"",
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.member_id = member_id
        self.group_instance_id = group_instance_id
        self.client_id = client_id
        self.client_host = client_host
        self.member_metadata = member_metadata
        self.member_assignment = member_assignment
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 5:
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
            data = self.client_id.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
            data = self.client_host.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
            length = len(self.member_metadata) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += self.member_metadata
            length = len(self.member_assignment) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += self.member_assignment
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            data = self.member_id.encode()
            out += _pack_h(len(data))
            out += data
            if version >= 4:
                if self.group_instance_id is None:
                    out += b"\xff\xff"
                else:
                    data = self.group_instance_id.encode()
                    out += _pack_h(len(data))
                    out += data
            data = self.client_id.encode()
            out += _pack_h(len(data))
            out += data
            data = self.client_host.encode()
            out += _pack_h(len(data))
            out += data
            out += _pack_i(len(self.member_metadata))
            out += self.member_metadata
            out += _pack_i(len(self.member_assignment))
            out += self.member_assignment
            if self.unknown_tagged_fields:
                refuse_field("DescribedGroupMember", "unknown_tagged_fields", version)


class DescribedGroup(Message):
    """`DescribedGroup` of DescribeGroupsResponse, versions 0-6."""

    __slots__ = (
        "error_code",
        "error_message",
        "group_id",
        "group_state",
        "protocol_type",
        "protocol_data",
        "members",
        "authorized_operations",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        error_code: int = 0,
        error_message: str | None = None,
        group_id: str = "",
        group_state: str = "",
        protocol_type: str = "",
        protocol_data: str = "",
        members: list[DescribedGroupMember] | None = None,
        authorized_operations: int = -2147483648,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.error_code = error_code
        self.error_message = error_message
        self.group_id = group_id
        self.group_state = group_state
        self.protocol_type = protocol_type
        self.protocol_data = protocol_data
        self.members: list[DescribedGroupMember] = [] if members is None else members
        self.authorized_operations = authorized_operations
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 5:
            out += _pack_h(self.error_code)
            if version >= 6:
                if self.error_message is None:
                    out.append(0)
                else:
                    data = self.error_message.encode()
                    length = len(data) + 1
                    if length < 128:
                        out.append(length)
                    else:
                        write_uvarint(out, length)
                    out += data
            else:
                if self.error_message is not None:
                    refuse_field("DescribedGroup", "error_message", version)
            data = self.group_id.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
            data = self.group_state.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
            data = self.protocol_type.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
            data = self.protocol_data.encode()
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
            out += _pack_i(self.authorized_operations)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            out += _pack_h(self.error_code)
            if self.error_message is not None:
                refuse_field("DescribedGroup", "error_message", version)
            data = self.group_id.encode()
            out += _pack_h(len(data))
            out += data
            data = self.group_state.encode()
            out += _pack_h(len(data))
            out += data
            data = self.protocol_type.encode()
            out += _pack_h(len(data))
            out += data
            data = self.protocol_data.encode()
            out += _pack_h(len(data))
            out += data
            out += _pack_i(len(self.members))
            for members_item in self.members:
                members_item.write(out, version)
            if version >= 3:
                out += _pack_i(self.authorized_operations)
            else:
                if self.authorized_operations != -2147483648:
                    refuse_field("DescribedGroup", "authorized_operations", version)
            if self.unknown_tagged_fields:
                refuse_field("DescribedGroup", "unknown_tagged_fields", version)


class DescribeGroupsResponse(Message):
    """Kafka's response 15 `DescribeGroupsResponse`: versions 0-6, flexible from 5."""

    __slots__ = (
        "throttle_time_ms",
        "groups",
        "unknown_tagged_fields",
    )

    API_KEY = 15
    NAME = "DescribeGroupsResponse"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 6
    FIRST_FLEXIBLE_VERSION = 5

    def __init__(
        self,
        *,
        throttle_time_ms: int = 0,
        groups: list[DescribedGroup] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.groups: list[DescribedGroup] = [] if groups is None else groups
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 5:
            out += _pack_i(self.throttle_time_ms)
            length = len(self.groups) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for groups_item in self.groups:
                groups_item.write(out, version)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            if version >= 1:
                out += _pack_i(self.throttle_time_ms)
            out += _pack_i(len(self.groups))
            for groups_item in self.groups:
                groups_item.write(out, version)
            if self.unknown_tagged_fields:
                refuse_field("DescribeGroupsResponse", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[DescribeGroupsResponse, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_describe_groups_response(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("DescribeGroupsResponse", error)
        if position > len(buffer):
            refuse_truncated("DescribeGroupsResponse")
        return message, position


def _read_described_group_member(buffer: Buffer, position: int, version: int) -> tuple[DescribedGroupMember, int]:
    self = new(DescribedGroupMember)
    if version >= 5:
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
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.client_id = str(buffer[position:end], "utf-8", "as-java")
        position = end
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.client_host = str(buffer[position:end], "utf-8", "as-java")
        position = end
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        end = position + length - 1
        self.member_metadata = bytes(buffer[position:end])
        position = end
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        end = position + length - 1
        self.member_assignment = bytes(buffer[position:end])
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
        if version >= 4:
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
        (length,) = _unpack_h(buffer, position)
        position += 2
        if length < 0:
            refuse_null()
        end = position + length
        self.client_id = str(buffer[position:end], "utf-8", "as-java")
        position = end
        (length,) = _unpack_h(buffer, position)
        position += 2
        if length < 0:
            refuse_null()
        end = position + length
        self.client_host = str(buffer[position:end], "utf-8", "as-java")
        position = end
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        end = position + length
        self.member_metadata = bytes(buffer[position:end])
        position = end
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        end = position + length
        self.member_assignment = bytes(buffer[position:end])
        position = end
        self.unknown_tagged_fields = None
    return self, position


def _read_described_group(buffer: Buffer, position: int, version: int) -> tuple[DescribedGroup, int]:
    self = new(DescribedGroup)
    if version >= 5:
        (self.error_code,) = _unpack_h(buffer, position)
        position += 2
        if version >= 6:
            length = buffer[position]
            position += 1
            if length > 127:
                length, position = read_nullable_text_length(buffer, position - 1)
            if length == 0:
                self.error_message = None
            else:
                end = position + length - 1
                self.error_message = str(buffer[position:end], "utf-8", "as-java")
                position = end
        else:
            self.error_message = None
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
        self.group_state = str(buffer[position:end], "utf-8", "as-java")
        position = end
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.protocol_type = str(buffer[position:end], "utf-8", "as-java")
        position = end
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.protocol_data = str(buffer[position:end], "utf-8", "as-java")
        position = end
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 7 * (length - 1) > len(buffer) - position:
            refuse_count()
        members_ = self.members = []
        for _ in range(length - 1):
            members_item, position = _read_described_group_member(buffer, position, version)
            members_.append(members_item)
        self.authorized_operations, count = _unpack_iB(buffer, position)
        position += 5
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        (self.error_code,) = _unpack_h(buffer, position)
        position += 2
        self.error_message = None
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
        self.group_state = str(buffer[position:end], "utf-8", "as-java")
        position = end
        (length,) = _unpack_h(buffer, position)
        position += 2
        if length < 0:
            refuse_null()
        end = position + length
        self.protocol_type = str(buffer[position:end], "utf-8", "as-java")
        position = end
        (length,) = _unpack_h(buffer, position)
        position += 2
        if length < 0:
            refuse_null()
        end = position + length
        self.protocol_data = str(buffer[position:end], "utf-8", "as-java")
        position = end
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 14 * length > len(buffer) - position:
            refuse_count()
        members_ = self.members = []
        for _ in range(length):
            members_item, position = _read_described_group_member(buffer, position, version)
            members_.append(members_item)
        if version >= 3:
            (self.authorized_operations,) = _unpack_i(buffer, position)
            position += 4
        else:
            self.authorized_operations = -2147483648
        self.unknown_tagged_fields = None
    return self, position


def _read_describe_groups_response(buffer: Buffer, position: int, version: int) -> tuple[DescribeGroupsResponse, int]:
    self = new(DescribeGroupsResponse)
    if version >= 5:
        self.throttle_time_ms, length = _unpack_iB(buffer, position)
        position += 5
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 12 * (length - 1) > len(buffer) - position:
            refuse_count()
        groups_ = self.groups = []
        for _ in range(length - 1):
            groups_item, position = _read_described_group(buffer, position, version)
            groups_.append(groups_item)
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        if version >= 1:
            (self.throttle_time_ms,) = _unpack_i(buffer, position)
            position += 4
        else:
            self.throttle_time_ms = 0
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 14 * length > len(buffer) - position:
            refuse_count()
        groups_ = self.groups = []
        for _ in range(length):
            groups_item, position = _read_described_group(buffer, position, version)
            groups_.append(groups_item)
        self.unknown_tagged_fields = None
    return self, position
