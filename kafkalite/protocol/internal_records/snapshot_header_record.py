# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's SnapshotHeaderRecord."""

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

_pack_hq = Struct(">hq").pack
_unpack_hqB = Struct(">hqB").unpack_from


class SnapshotHeaderRecord(Message):
    """Kafka's data structure `SnapshotHeaderRecord`: versions 0, flexible from 0."""

    __slots__ = (
        "version",
        "last_contained_log_timestamp",
        "unknown_tagged_fields",
    )

    NAME = "SnapshotHeaderRecord"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 0
    FIRST_FLEXIBLE_VERSION = 0

    def __init__(
        self,
        *,
        version: int = 0,
        last_contained_log_timestamp: int = 0,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.version = version
        self.last_contained_log_timestamp = last_contained_log_timestamp
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        out += _pack_hq(self.version, self.last_contained_log_timestamp)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[SnapshotHeaderRecord, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_snapshot_header_record(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("SnapshotHeaderRecord", error)
        if position > len(buffer):
            refuse_truncated("SnapshotHeaderRecord")
        return message, position


def _read_snapshot_header_record(buffer: Buffer, position: int, version: int) -> tuple[SnapshotHeaderRecord, int]:
    self = new(SnapshotHeaderRecord)
    self.version, self.last_contained_log_timestamp, count = _unpack_hqB(buffer, position)
    position += 11
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position
