# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's JoinGroupRequest."""

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
_pack_ii = Struct(">ii").pack
_unpack_iiB = Struct(">iiB").unpack_from


class JoinGroupRequestProtocol(Message):
    """`JoinGroupRequestProtocol` of JoinGroupRequest, versions 0-9."""

    __slots__ = (
        "name",
        "metadata",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        name: str = "",
        metadata: bytes = b"",
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.name = name
        self.metadata = metadata
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 6:
            data = self.name.encode()
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
            data = self.name.encode()
            out += _pack_h(len(data))
            out += data
            out += _pack_i(len(self.metadata))
            out += self.metadata
            if self.unknown_tagged_fields:
                refuse_field("JoinGroupRequestProtocol", "unknown_tagged_fields", version)


class JoinGroupRequest(Message):
    """Kafka's request 11 `JoinGroupRequest`: versions 0-9, flexible from 6."""

    __slots__ = (
        "group_id",
        "session_timeout_ms",
        "rebalance_timeout_ms",
        "member_id",
        "group_instance_id",
        "protocol_type",
        "protocols",
        "reason",
        "unknown_tagged_fields",
    )

    API_KEY = 11
    NAME = "JoinGroupRequest"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 9
    FIRST_FLEXIBLE_VERSION = 6

    def __init__(
        self,
        *,
        group_id: str = "",
        session_timeout_ms: int = 0,
        rebalance_timeout_ms: int = -1,
        member_id: str = "",
        group_instance_id: str | None = None,
        protocol_type: str = "",
        protocols: list[JoinGroupRequestProtocol] | None = None,
        reason: str | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.group_id = group_id
        self.session_timeout_ms = session_timeout_ms
        self.rebalance_timeout_ms = rebalance_timeout_ms
        self.member_id = member_id
        self.group_instance_id = group_instance_id
        self.protocol_type = protocol_type
        self.protocols: list[JoinGroupRequestProtocol] = [] if protocols is None else protocols
        self.reason = reason
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 6:
            data = self.group_id.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
            data = self.member_id.encode()
            out += _pack_ii(self.session_timeout_ms, self.rebalance_timeout_ms)
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
            data = self.protocol_type.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
            length = len(self.protocols) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for protocols_item in self.protocols:
                protocols_item.write(out, version)
            if version >= 8:
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
            data = self.group_id.encode()
            out += _pack_h(len(data))
            out += data
            out += _pack_i(self.session_timeout_ms)
            if version >= 1:
                out += _pack_i(self.rebalance_timeout_ms)
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
            else:
                if self.group_instance_id is not None:
                    refuse_field("JoinGroupRequest", "group_instance_id", version)
            data = self.protocol_type.encode()
            out += _pack_h(len(data))
            out += data
            out += _pack_i(len(self.protocols))
            for protocols_item in self.protocols:
                protocols_item.write(out, version)
            if self.unknown_tagged_fields:
                refuse_field("JoinGroupRequest", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[JoinGroupRequest, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_join_group_request(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("JoinGroupRequest", error)
        if position > len(buffer):
            refuse_truncated("JoinGroupRequest")
        return message, position


def _read_join_group_request_protocol(
    buffer: Buffer, position: int, version: int
) -> tuple[JoinGroupRequestProtocol, int]:
    self = new(JoinGroupRequestProtocol)
    if version >= 6:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.name = str(buffer[position:end], "utf-8", "as-java")
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
        self.name = str(buffer[position:end], "utf-8", "as-java")
        position = end
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        end = position + length
        self.metadata = bytes(buffer[position:end])
        position = end
        self.unknown_tagged_fields = None
    return self, position


def _read_join_group_request(buffer: Buffer, position: int, version: int) -> tuple[JoinGroupRequest, int]:
    self = new(JoinGroupRequest)
    if version >= 6:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.group_id = str(buffer[position:end], "utf-8", "as-java")
        position = end
        self.session_timeout_ms, self.rebalance_timeout_ms, length = _unpack_iiB(buffer, position)
        position += 9
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
        self.protocol_type = str(buffer[position:end], "utf-8", "as-java")
        position = end
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 3 * (length - 1) > len(buffer) - position:
            refuse_count()
        protocols_ = self.protocols = []
        for _ in range(length - 1):
            protocols_item, position = _read_join_group_request_protocol(buffer, position, version)
            protocols_.append(protocols_item)
        if version >= 8:
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
        self.group_id = str(buffer[position:end], "utf-8", "as-java")
        position = end
        (self.session_timeout_ms,) = _unpack_i(buffer, position)
        position += 4
        if version >= 1:
            (self.rebalance_timeout_ms,) = _unpack_i(buffer, position)
            position += 4
        else:
            self.rebalance_timeout_ms = -1
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
        (length,) = _unpack_h(buffer, position)
        position += 2
        if length < 0:
            refuse_null()
        end = position + length
        self.protocol_type = str(buffer[position:end], "utf-8", "as-java")
        position = end
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 6 * length > len(buffer) - position:
            refuse_count()
        protocols_ = self.protocols = []
        for _ in range(length):
            protocols_item, position = _read_join_group_request_protocol(buffer, position, version)
            protocols_.append(protocols_item)
        self.reason = None
        self.unknown_tagged_fields = None
    return self, position
