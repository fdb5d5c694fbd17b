# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's LeaderChangeMessage."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.uuids import ZERO_UUID
from kafkalite.protocol.primitives import (
    READ_ERRORS,
    Message,
    new,
    read_compact_length,
    read_tagged_fields,
    refuse_count,
    refuse_field,
    refuse_truncated,
    write_tagged_fields,
    write_uvarint,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields

_unpack_16s = Struct(">16s").unpack_from
_pack_16s = Struct(">16s").pack
_pack_hi = Struct(">hi").pack
_unpack_hiB = Struct(">hiB").unpack_from
_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack


class Voter(Message):
    """`Voter` of LeaderChangeMessage, versions 0-1."""

    __slots__ = (
        "voter_id",
        "voter_directory_id",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        voter_id: int = 0,
        voter_directory_id: bytes = ZERO_UUID,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.voter_id = voter_id
        self.voter_directory_id = voter_directory_id
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        out += _pack_i(self.voter_id)
        if version >= 1:
            out += _pack_16s(self.voter_directory_id)
        else:
            if self.voter_directory_id != ZERO_UUID:
                refuse_field("Voter", "voter_directory_id", version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class LeaderChangeMessage(Message):
    """Kafka's data structure `LeaderChangeMessage`: versions 0-1, flexible from 0."""

    __slots__ = (
        "version",
        "leader_id",
        "voters",
        "granting_voters",
        "unknown_tagged_fields",
    )

    NAME = "LeaderChangeMessage"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 1
    FIRST_FLEXIBLE_VERSION = 0

    def __init__(
        self,
        *,
        version: int = 0,
        leader_id: int = 0,
        voters: list[Voter] | None = None,
        granting_voters: list[Voter] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.version = version
        self.leader_id = leader_id
        self.voters: list[Voter] = [] if voters is None else voters
        self.granting_voters: list[Voter] = [] if granting_voters is None else granting_voters
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        out += _pack_hi(self.version, self.leader_id)
        length = len(self.voters) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for voters_item in self.voters:
            voters_item.write(out, version)
        length = len(self.granting_voters) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for granting_voters_item in self.granting_voters:
            granting_voters_item.write(out, version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[LeaderChangeMessage, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_leader_change_message(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("LeaderChangeMessage", error)
        if position > len(buffer):
            refuse_truncated("LeaderChangeMessage")
        return message, position


def _read_voter(buffer: Buffer, position: int, version: int) -> tuple[Voter, int]:
    self = new(Voter)
    (self.voter_id,) = _unpack_i(buffer, position)
    position += 4
    if version >= 1:
        (self.voter_directory_id,) = _unpack_16s(buffer, position)
        position += 16
    else:
        self.voter_directory_id = ZERO_UUID
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_leader_change_message(buffer: Buffer, position: int, version: int) -> tuple[LeaderChangeMessage, int]:
    self = new(LeaderChangeMessage)
    self.version, self.leader_id, length = _unpack_hiB(buffer, position)
    position += 7
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 5 * (length - 1) > len(buffer) - position:
        refuse_count()
    voters_ = self.voters = []
    for _ in range(length - 1):
        voters_item, position = _read_voter(buffer, position, version)
        voters_.append(voters_item)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 5 * (length - 1) > len(buffer) - position:
        refuse_count()
    granting_voters_ = self.granting_voters = []
    for _ in range(length - 1):
        granting_voters_item, position = _read_voter(buffer, position, version)
        granting_voters_.append(granting_voters_item)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position
