# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's FindCoordinatorResponse."""

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
_unpack_hB = Struct(">hB").unpack_from
_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack
_unpack_iB = Struct(">iB").unpack_from
_unpack_ih = Struct(">ih").unpack_from
_pack_ih = Struct(">ih").pack
_unpack_ihB = Struct(">ihB").unpack_from


class Coordinator(Message):
    """`Coordinator` of FindCoordinatorResponse, versions 4-6."""

    __slots__ = (
        "key",
        "node_id",
        "host",
        "port",
        "error_code",
        "error_message",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        key: str = "",
        node_id: int = 0,
        host: str = "",
        port: int = 0,
        error_code: int = 0,
        error_message: str | None = "",
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.key = key
        self.node_id = node_id
        self.host = host
        self.port = port
        self.error_code = error_code
        self.error_message = error_message
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        data = self.key.encode()
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
        data = self.host.encode()
        out += _pack_i(self.node_id)
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
        out += _pack_ih(self.port, self.error_code)
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
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class FindCoordinatorResponse(Message):
    """Kafka's response 10 `FindCoordinatorResponse`: versions 0-6, flexible from 3."""

    __slots__ = (
        "throttle_time_ms",
        "error_code",
        "error_message",
        "node_id",
        "host",
        "port",
        "coordinators",
        "unknown_tagged_fields",
    )

    API_KEY = 10
    NAME = "FindCoordinatorResponse"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 6
    FIRST_FLEXIBLE_VERSION = 3

    def __init__(
        self,
        *,
        throttle_time_ms: int = 0,
        error_code: int = 0,
        error_message: str | None = "",
        node_id: int = 0,
        host: str = "",
        port: int = 0,
        coordinators: list[Coordinator] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.error_code = error_code
        self.error_message = error_message
        self.node_id = node_id
        self.host = host
        self.port = port
        self.coordinators: list[Coordinator] = [] if coordinators is None else coordinators
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 3:
            out += _pack_i(self.throttle_time_ms)
            if version <= 3:
                out += _pack_h(self.error_code)
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
                data = self.host.encode()
                out += _pack_i(self.node_id)
                length = len(data) + 1
                if length < 128:
                    out.append(length)
                else:
                    write_uvarint(out, length)
                out += data
                out += _pack_i(self.port)
            else:
                if self.error_code:
                    refuse_field("FindCoordinatorResponse", "error_code", version)
                if self.node_id:
                    refuse_field("FindCoordinatorResponse", "node_id", version)
                if self.host:
                    refuse_field("FindCoordinatorResponse", "host", version)
                if self.port:
                    refuse_field("FindCoordinatorResponse", "port", version)
            if version >= 4:
                length = len(self.coordinators) + 1
                if length < 128:
                    out.append(length)
                else:
                    write_uvarint(out, length)
                for coordinators_item in self.coordinators:
                    coordinators_item.write(out, version)
            else:
                if self.coordinators:
                    refuse_field("FindCoordinatorResponse", "coordinators", version)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            if version >= 1:
                out += _pack_i(self.throttle_time_ms)
            out += _pack_h(self.error_code)
            if version >= 1:
                if self.error_message is None:
                    out += b"\xff\xff"
                else:
                    data = self.error_message.encode()
                    out += _pack_h(len(data))
                    out += data
            data = self.host.encode()
            out += _pack_ih(self.node_id, len(data))
            out += data
            out += _pack_i(self.port)
            if self.coordinators:
                refuse_field("FindCoordinatorResponse", "coordinators", version)
            if self.unknown_tagged_fields:
                refuse_field("FindCoordinatorResponse", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[FindCoordinatorResponse, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_find_coordinator_response(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("FindCoordinatorResponse", error)
        if position > len(buffer):
            refuse_truncated("FindCoordinatorResponse")
        return message, position


def _read_coordinator(buffer: Buffer, position: int, version: int) -> tuple[Coordinator, int]:
    self = new(Coordinator)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.key = str(buffer[position:end], "utf-8", "as-java")
    position = end
    self.node_id, length = _unpack_iB(buffer, position)
    position += 5
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.host = str(buffer[position:end], "utf-8", "as-java")
    position = end
    self.port, self.error_code, length = _unpack_ihB(buffer, position)
    position += 7
    if length > 127:
        length, position = read_nullable_text_length(buffer, position - 1)
    if length == 0:
        self.error_message = None
    else:
        end = position + length - 1
        self.error_message = str(buffer[position:end], "utf-8", "as-java")
        position = end
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_find_coordinator_response(buffer: Buffer, position: int, version: int) -> tuple[FindCoordinatorResponse, int]:
    self = new(FindCoordinatorResponse)
    if version >= 3:
        (self.throttle_time_ms,) = _unpack_i(buffer, position)
        position += 4
        if version <= 3:
            self.error_code, length = _unpack_hB(buffer, position)
            position += 3
            if length > 127:
                length, position = read_nullable_text_length(buffer, position - 1)
            if length == 0:
                self.error_message = None
            else:
                end = position + length - 1
                self.error_message = str(buffer[position:end], "utf-8", "as-java")
                position = end
            self.node_id, length = _unpack_iB(buffer, position)
            position += 5
            if not 0 < length < 128:
                length, position = read_text_length(buffer, position - 1)
            end = position + length - 1
            self.host = str(buffer[position:end], "utf-8", "as-java")
            position = end
            (self.port,) = _unpack_i(buffer, position)
            position += 4
        else:
            self.error_code = 0
            self.error_message = ""
            self.node_id = 0
            self.host = ""
            self.port = 0
        if version >= 4:
            length = buffer[position]
            position += 1
            if not 0 < length < 128:
                length, position = read_compact_length(buffer, position - 1)
            if 14 * (length - 1) > len(buffer) - position:
                refuse_count()
            coordinators_ = self.coordinators = []
            for _ in range(length - 1):
                coordinators_item, position = _read_coordinator(buffer, position, version)
                coordinators_.append(coordinators_item)
        else:
            self.coordinators = []
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
        (self.error_code,) = _unpack_h(buffer, position)
        position += 2
        if version >= 1:
            (length,) = _unpack_h(buffer, position)
            position += 2
            if length < 0:
                self.error_message = None
            else:
                end = position + length
                self.error_message = str(buffer[position:end], "utf-8", "as-java")
                position = end
        else:
            self.error_message = ""
        self.node_id, length = _unpack_ih(buffer, position)
        position += 6
        if length < 0:
            refuse_null()
        end = position + length
        self.host = str(buffer[position:end], "utf-8", "as-java")
        position = end
        (self.port,) = _unpack_i(buffer, position)
        position += 4
        self.coordinators = []
        self.unknown_tagged_fields = None
    return self, position
