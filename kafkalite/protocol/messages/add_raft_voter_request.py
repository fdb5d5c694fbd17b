# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's AddRaftVoterRequest."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.uuids import ZERO_UUID
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
    refuse_truncated,
    write_tagged_fields,
    write_uvarint,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields

_pack_t = Struct(">?").pack
_pack_u = Struct(">H").pack
_unpack_uB = Struct(">HB").unpack_from
_pack_ii16s = Struct(">ii16s").pack
_unpack_ii16sB = Struct(">ii16sB").unpack_from


class Listener(Message):
    """`Listener` of AddRaftVoterRequest, versions 0-1."""

    __slots__ = (
        "name",
        "host",
        "port",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        name: str = "",
        host: str = "",
        port: int = 0,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.name = name
        self.host = host
        self.port = port
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        data = self.name.encode()
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
        data = self.host.encode()
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
        out += _pack_u(self.port)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class AddRaftVoterRequest(Message):
    """Kafka's request 80 `AddRaftVoterRequest`: versions 0-1, flexible from 0."""

    __slots__ = (
        "cluster_id",
        "timeout_ms",
        "voter_id",
        "voter_directory_id",
        "listeners",
        "ack_when_committed",
        "unknown_tagged_fields",
    )

    API_KEY = 80
    NAME = "AddRaftVoterRequest"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 1
    FIRST_FLEXIBLE_VERSION = 0

    def __init__(
        self,
        *,
        cluster_id: str | None = "",
        timeout_ms: int = 0,
        voter_id: int = 0,
        voter_directory_id: bytes = ZERO_UUID,
        listeners: list[Listener] | None = None,
        ack_when_committed: bool = True,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.cluster_id = cluster_id
        self.timeout_ms = timeout_ms
        self.voter_id = voter_id
        self.voter_directory_id = voter_directory_id
        self.listeners: list[Listener] = [] if listeners is None else listeners
        self.ack_when_committed = ack_when_committed
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if self.cluster_id is None:
            out.append(0)
        else:
            data = self.cluster_id.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
        out += _pack_ii16s(self.timeout_ms, self.voter_id, self.voter_directory_id)
        length = len(self.listeners) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for listeners_item in self.listeners:
            listeners_item.write(out, version)
        if version >= 1:
            out += _pack_t(self.ack_when_committed)
        else:
            if not self.ack_when_committed:
                refuse_field("AddRaftVoterRequest", "ack_when_committed", version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[AddRaftVoterRequest, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_add_raft_voter_request(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("AddRaftVoterRequest", error)
        if position > len(buffer):
            refuse_truncated("AddRaftVoterRequest")
        return message, position


def _read_listener(buffer: Buffer, position: int, version: int) -> tuple[Listener, int]:
    self = new(Listener)
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
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.host = str(buffer[position:end], "utf-8", "as-java")
    position = end
    self.port, count = _unpack_uB(buffer, position)
    position += 3
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_add_raft_voter_request(buffer: Buffer, position: int, version: int) -> tuple[AddRaftVoterRequest, int]:
    self = new(AddRaftVoterRequest)
    length = buffer[position]
    position += 1
    if length > 127:
        length, position = read_nullable_text_length(buffer, position - 1)
    if length == 0:
        self.cluster_id = None
    else:
        end = position + length - 1
        self.cluster_id = str(buffer[position:end], "utf-8", "as-java")
        position = end
    self.timeout_ms, self.voter_id, self.voter_directory_id, length = _unpack_ii16sB(buffer, position)
    position += 25
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 5 * (length - 1) > len(buffer) - position:
        refuse_count()
    listeners_ = self.listeners = []
    for _ in range(length - 1):
        listeners_item, position = _read_listener(buffer, position, version)
        listeners_.append(listeners_item)
    if version >= 1:
        self.ack_when_committed = buffer[position] != 0
        position += 1
    else:
        self.ack_when_committed = True
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position
