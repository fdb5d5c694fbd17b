# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's UnfenceBrokerRecord."""

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

_pack_iq = Struct(">iq").pack
_unpack_iqB = Struct(">iqB").unpack_from


class UnfenceBrokerRecord(Message):
    """Kafka's cluster metadata record 8 `UnfenceBrokerRecord`: versions 0, flexible from 0."""

    __slots__ = (
        "id",
        "epoch",
        "unknown_tagged_fields",
    )

    RECORD_TYPE = 8
    NAME = "UnfenceBrokerRecord"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 0
    FIRST_FLEXIBLE_VERSION = 0

    def __init__(
        self,
        *,
        id: int = 0,
        epoch: int = 0,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.id = id
        self.epoch = epoch
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        out += _pack_iq(self.id, self.epoch)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[UnfenceBrokerRecord, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_unfence_broker_record(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("UnfenceBrokerRecord", error)
        if position > len(buffer):
            refuse_truncated("UnfenceBrokerRecord")
        return message, position


def _read_unfence_broker_record(buffer: Buffer, position: int, version: int) -> tuple[UnfenceBrokerRecord, int]:
    self = new(UnfenceBrokerRecord)
    self.id, self.epoch, count = _unpack_iqB(buffer, position)
    position += 13
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position
