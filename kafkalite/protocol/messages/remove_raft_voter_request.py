# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's RemoveRaftVoterRequest."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.uuids import ZERO_UUID
from kafkalite.protocol.primitives import (
    READ_ERRORS,
    Message,
    new,
    read_nullable_text_length,
    read_tagged_fields,
    refuse_truncated,
    write_tagged_fields,
    write_uvarint,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields

_pack_i16s = Struct(">i16s").pack
_unpack_i16sB = Struct(">i16sB").unpack_from


class RemoveRaftVoterRequest(Message):
    """Kafka's request 81 `RemoveRaftVoterRequest`: versions 0, flexible from 0."""

    __slots__ = (
        "cluster_id",
        "voter_id",
        "voter_directory_id",
        "unknown_tagged_fields",
    )

    API_KEY = 81
    NAME = "RemoveRaftVoterRequest"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 0
    FIRST_FLEXIBLE_VERSION = 0

    def __init__(
        self,
        *,
        cluster_id: str | None = "",
        voter_id: int = 0,
        voter_directory_id: bytes = ZERO_UUID,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.cluster_id = cluster_id
        self.voter_id = voter_id
        self.voter_directory_id = voter_directory_id
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
        out += _pack_i16s(self.voter_id, self.voter_directory_id)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[RemoveRaftVoterRequest, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_remove_raft_voter_request(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("RemoveRaftVoterRequest", error)
        if position > len(buffer):
            refuse_truncated("RemoveRaftVoterRequest")
        return message, position


def _read_remove_raft_voter_request(buffer: Buffer, position: int, version: int) -> tuple[RemoveRaftVoterRequest, int]:
    self = new(RemoveRaftVoterRequest)
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
    self.voter_id, self.voter_directory_id, count = _unpack_i16sB(buffer, position)
    position += 21
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position
