# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's KRaftVersionRecord."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.protocol.primitives import (
    READ_ERRORS,
    Message,
    new,
    read_tagged_fields,
    refuse_truncated,
    write_tagged_fields,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields

_pack_hh = Struct(">hh").pack
_unpack_hhB = Struct(">hhB").unpack_from


class KRaftVersionRecord(Message):
    """Kafka's data structure `KRaftVersionRecord`: versions 0, flexible from 0."""

    __slots__ = (
        "version",
        "kraft_version",
        "unknown_tagged_fields",
    )

    NAME = "KRaftVersionRecord"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 0
    FIRST_FLEXIBLE_VERSION = 0

    def __init__(
        self,
        *,
        version: int = 0,
        kraft_version: int = 0,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.version = version
        self.kraft_version = kraft_version
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        out += _pack_hh(self.version, self.kraft_version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[KRaftVersionRecord, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_kraft_version_record(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("KRaftVersionRecord", error)
        if position > len(buffer):
            refuse_truncated("KRaftVersionRecord")
        return message, position


def _read_kraft_version_record(buffer: Buffer, position: int, version: int) -> tuple[KRaftVersionRecord, int]:
    self = new(KRaftVersionRecord)
    self.version, self.kraft_version, count = _unpack_hhB(buffer, position)
    position += 5
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position
