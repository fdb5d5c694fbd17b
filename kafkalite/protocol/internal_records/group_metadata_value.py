# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's GroupMetadataValue."""

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
_unpack_ih = Struct(">ih").unpack_from
_unpack_ii = Struct(">ii").unpack_from
_pack_ii = Struct(">ii").pack
_unpack_iiB = Struct(">iiB").unpack_from
_unpack_q = Struct(">q").unpack_from
_pack_q = Struct(">q").pack
_unpack_qB = Struct(">qB").unpack_from


class MemberMetadata(Message):
    """`MemberMetadata` of GroupMetadataValue, versions 0-4."""

    __slots__ = (
        "member_id",
        "group_instance_id",
        "client_id",
        "client_host",
        "rebalance_timeout",
        "session_timeout",
        "subscription",
        "assignment",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        member_id: str = "",
        group_instance_id: str | None = None,
        client_id: str = "",
        client_host: str = "",
        rebalance_timeout: int = -1,
        session_timeout: int = 0,
        subscription: bytes = b"",
        assignment: bytes = b"",
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.member_id = member_id
        self.group_instance_id = group_instance_id
        self.client_id = client_id
        self.client_host = client_host
        self.rebalance_timeout = rebalance_timeout
        self.session_timeout = session_timeout
        self.subscription = subscription
        self.assignment = assignment
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
            out += _pack_ii(self.rebalance_timeout, self.session_timeout)
            length = len(self.subscription) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += self.subscription
            length = len(self.assignment) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += self.assignment
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            data = self.member_id.encode()
            out += _pack_h(len(data))
            out += data
            if version >= 3:
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
            if version >= 1:
                out += _pack_i(self.rebalance_timeout)
            out += _pack_ii(self.session_timeout, len(self.subscription))
            out += self.subscription
            out += _pack_i(len(self.assignment))
            out += self.assignment
            if self.unknown_tagged_fields:
                refuse_field("MemberMetadata", "unknown_tagged_fields", version)


class GroupMetadataValue(Message):
    """Kafka's coordinator record value 2 `GroupMetadataValue`: versions 0-4, flexible from 4."""

    __slots__ = (
        "protocol_type",
        "generation",
        "protocol",
        "leader",
        "current_state_timestamp",
        "members",
        "unknown_tagged_fields",
    )

    RECORD_TYPE = 2
    NAME = "GroupMetadataValue"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 4
    FIRST_FLEXIBLE_VERSION = 4

    def __init__(
        self,
        *,
        protocol_type: str = "",
        generation: int = 0,
        protocol: str | None = "",
        leader: str | None = "",
        current_state_timestamp: int = -1,
        members: list[MemberMetadata] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.protocol_type = protocol_type
        self.generation = generation
        self.protocol = protocol
        self.leader = leader
        self.current_state_timestamp = current_state_timestamp
        self.members: list[MemberMetadata] = [] if members is None else members
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 4:
            data = self.protocol_type.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
            out += _pack_i(self.generation)
            if self.protocol is None:
                out.append(0)
            else:
                data = self.protocol.encode()
                length = len(data) + 1
                if length < 128:
                    out.append(length)
                else:
                    write_uvarint(out, length)
                out += data
            if self.leader is None:
                out.append(0)
            else:
                data = self.leader.encode()
                length = len(data) + 1
                if length < 128:
                    out.append(length)
                else:
                    write_uvarint(out, length)
                out += data
            out += _pack_q(self.current_state_timestamp)
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
            data = self.protocol_type.encode()
            out += _pack_h(len(data))
            out += data
            out += _pack_i(self.generation)
            if self.protocol is None:
                out += b"\xff\xff"
            else:
                data = self.protocol.encode()
                out += _pack_h(len(data))
                out += data
            if self.leader is None:
                out += b"\xff\xff"
            else:
                data = self.leader.encode()
                out += _pack_h(len(data))
                out += data
            if version >= 2:
                out += _pack_q(self.current_state_timestamp)
            out += _pack_i(len(self.members))
            for members_item in self.members:
                members_item.write(out, version)
            if self.unknown_tagged_fields:
                refuse_field("GroupMetadataValue", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[GroupMetadataValue, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_group_metadata_value(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("GroupMetadataValue", error)
        if position > len(buffer):
            refuse_truncated("GroupMetadataValue")
        return message, position


def _read_member_metadata(buffer: Buffer, position: int, version: int) -> tuple[MemberMetadata, int]:
    self = new(MemberMetadata)
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
        self.rebalance_timeout, self.session_timeout, length = _unpack_iiB(buffer, position)
        position += 9
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        end = position + length - 1
        self.subscription = bytes(buffer[position:end])
        position = end
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        end = position + length - 1
        self.assignment = bytes(buffer[position:end])
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
        if version >= 3:
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
        if version >= 1:
            (self.rebalance_timeout,) = _unpack_i(buffer, position)
            position += 4
        else:
            self.rebalance_timeout = -1
        self.session_timeout, length = _unpack_ii(buffer, position)
        position += 8
        if length < 0:
            refuse_null()
        end = position + length
        self.subscription = bytes(buffer[position:end])
        position = end
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        end = position + length
        self.assignment = bytes(buffer[position:end])
        position = end
        self.unknown_tagged_fields = None
    return self, position


def _read_group_metadata_value(buffer: Buffer, position: int, version: int) -> tuple[GroupMetadataValue, int]:
    self = new(GroupMetadataValue)
    if version >= 4:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.protocol_type = str(buffer[position:end], "utf-8", "as-java")
        position = end
        self.generation, length = _unpack_iB(buffer, position)
        position += 5
        if length > 127:
            length, position = read_nullable_text_length(buffer, position - 1)
        if length == 0:
            self.protocol = None
        else:
            end = position + length - 1
            self.protocol = str(buffer[position:end], "utf-8", "as-java")
            position = end
        length = buffer[position]
        position += 1
        if length > 127:
            length, position = read_nullable_text_length(buffer, position - 1)
        if length == 0:
            self.leader = None
        else:
            end = position + length - 1
            self.leader = str(buffer[position:end], "utf-8", "as-java")
            position = end
        self.current_state_timestamp, length = _unpack_qB(buffer, position)
        position += 9
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 15 * (length - 1) > len(buffer) - position:
            refuse_count()
        members_ = self.members = []
        for _ in range(length - 1):
            members_item, position = _read_member_metadata(buffer, position, version)
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
        self.protocol_type = str(buffer[position:end], "utf-8", "as-java")
        position = end
        self.generation, length = _unpack_ih(buffer, position)
        position += 6
        if length < 0:
            self.protocol = None
        else:
            end = position + length
            self.protocol = str(buffer[position:end], "utf-8", "as-java")
            position = end
        (length,) = _unpack_h(buffer, position)
        position += 2
        if length < 0:
            self.leader = None
        else:
            end = position + length
            self.leader = str(buffer[position:end], "utf-8", "as-java")
            position = end
        if version >= 2:
            (self.current_state_timestamp,) = _unpack_q(buffer, position)
            position += 8
        else:
            self.current_state_timestamp = -1
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 18 * length > len(buffer) - position:
            refuse_count()
        members_ = self.members = []
        for _ in range(length):
            members_item, position = _read_member_metadata(buffer, position, version)
            members_.append(members_item)
        self.unknown_tagged_fields = None
    return self, position
