# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's VotersRecord."""

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
    read_text_length,
    refuse_count,
    refuse_truncated,
    write_tagged_fields,
    write_uvarint,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields

_pack_u = Struct(">H").pack
_unpack_uB = Struct(">HB").unpack_from
_pack_h = Struct(">h").pack
_unpack_hB = Struct(">hB").unpack_from
_pack_hh = Struct(">hh").pack
_unpack_hhB = Struct(">hhB").unpack_from
_pack_i16s = Struct(">i16s").pack
_unpack_i16sB = Struct(">i16sB").unpack_from


class Endpoint(Message):
    """`Endpoint` of VotersRecord, versions 0."""

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


class KRaftVersionFeature(Message):
    """`KRaftVersionFeature` of VotersRecord, versions 0."""

    __slots__ = (
        "min_supported_version",
        "max_supported_version",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        min_supported_version: int = 0,
        max_supported_version: int = 0,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.min_supported_version = min_supported_version
        self.max_supported_version = max_supported_version
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        out += _pack_hh(self.min_supported_version, self.max_supported_version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class Voter(Message):
    """`Voter` of VotersRecord, versions 0."""

    __slots__ = (
        "voter_id",
        "voter_directory_id",
        "endpoints",
        "kraft_version_feature",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        voter_id: int = 0,
        voter_directory_id: bytes = ZERO_UUID,
        endpoints: list[Endpoint] | None = None,
        kraft_version_feature: KRaftVersionFeature | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.voter_id = voter_id
        self.voter_directory_id = voter_directory_id
        self.endpoints: list[Endpoint] = [] if endpoints is None else endpoints
        self.kraft_version_feature: KRaftVersionFeature = (
            KRaftVersionFeature() if kraft_version_feature is None else kraft_version_feature
        )
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        out += _pack_i16s(self.voter_id, self.voter_directory_id)
        length = len(self.endpoints) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for endpoints_item in self.endpoints:
            endpoints_item.write(out, version)
        self.kraft_version_feature.write(out, version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class VotersRecord(Message):
    """Kafka's data structure `VotersRecord`: versions 0, flexible from 0."""

    __slots__ = (
        "version",
        "voters",
        "unknown_tagged_fields",
    )

    NAME = "VotersRecord"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 0
    FIRST_FLEXIBLE_VERSION = 0

    def __init__(
        self,
        *,
        version: int = 0,
        voters: list[Voter] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.version = version
        self.voters: list[Voter] = [] if voters is None else voters
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        out += _pack_h(self.version)
        length = len(self.voters) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for voters_item in self.voters:
            voters_item.write(out, version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[VotersRecord, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_voters_record(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("VotersRecord", error)
        if position > len(buffer):
            refuse_truncated("VotersRecord")
        return message, position


def _read_endpoint(buffer: Buffer, position: int, version: int) -> tuple[Endpoint, int]:
    self = new(Endpoint)
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


def _read_kraft_version_feature(buffer: Buffer, position: int, version: int) -> tuple[KRaftVersionFeature, int]:
    self = new(KRaftVersionFeature)
    self.min_supported_version, self.max_supported_version, count = _unpack_hhB(buffer, position)
    position += 5
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_voter(buffer: Buffer, position: int, version: int) -> tuple[Voter, int]:
    self = new(Voter)
    self.voter_id, self.voter_directory_id, length = _unpack_i16sB(buffer, position)
    position += 21
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 5 * (length - 1) > len(buffer) - position:
        refuse_count()
    endpoints_ = self.endpoints = []
    for _ in range(length - 1):
        endpoints_item, position = _read_endpoint(buffer, position, version)
        endpoints_.append(endpoints_item)
    self.kraft_version_feature, position = _read_kraft_version_feature(buffer, position, version)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_voters_record(buffer: Buffer, position: int, version: int) -> tuple[VotersRecord, int]:
    self = new(VotersRecord)
    self.version, length = _unpack_hB(buffer, position)
    position += 3
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 27 * (length - 1) > len(buffer) - position:
        refuse_count()
    voters_ = self.voters = []
    for _ in range(length - 1):
        voters_item, position = _read_voter(buffer, position, version)
        voters_.append(voters_item)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position
