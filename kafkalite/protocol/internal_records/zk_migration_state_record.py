# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's ZkMigrationStateRecord."""

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

_pack_b = Struct(">b").pack
_unpack_bB = Struct(">bB").unpack_from


class ZkMigrationStateRecord(Message):
    """Kafka's cluster metadata record 21 `ZkMigrationStateRecord`: versions 0, flexible from 0."""

    __slots__ = (
        "zk_migration_state",
        "unknown_tagged_fields",
    )

    RECORD_TYPE = 21
    NAME = "ZkMigrationStateRecord"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 0
    FIRST_FLEXIBLE_VERSION = 0

    def __init__(
        self,
        *,
        zk_migration_state: int = 0,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.zk_migration_state = zk_migration_state
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        out += _pack_b(self.zk_migration_state)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[ZkMigrationStateRecord, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_zk_migration_state_record(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("ZkMigrationStateRecord", error)
        if position > len(buffer):
            refuse_truncated("ZkMigrationStateRecord")
        return message, position


def _read_zk_migration_state_record(buffer: Buffer, position: int, version: int) -> tuple[ZkMigrationStateRecord, int]:
    self = new(ZkMigrationStateRecord)
    self.zk_migration_state, count = _unpack_bB(buffer, position)
    position += 2
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position
