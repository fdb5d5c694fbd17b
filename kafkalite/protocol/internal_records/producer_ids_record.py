# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's ProducerIdsRecord."""

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

_pack_iqq = Struct(">iqq").pack
_unpack_iqqB = Struct(">iqqB").unpack_from


class ProducerIdsRecord(Message):
    """Kafka's cluster metadata record 15 `ProducerIdsRecord`: versions 0, flexible from 0."""

    __slots__ = (
        "broker_id",
        "broker_epoch",
        "next_producer_id",
        "unknown_tagged_fields",
    )

    RECORD_TYPE = 15
    NAME = "ProducerIdsRecord"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 0
    FIRST_FLEXIBLE_VERSION = 0

    def __init__(
        self,
        *,
        broker_id: int = 0,
        broker_epoch: int = -1,
        next_producer_id: int = 0,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.broker_id = broker_id
        self.broker_epoch = broker_epoch
        self.next_producer_id = next_producer_id
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        out += _pack_iqq(self.broker_id, self.broker_epoch, self.next_producer_id)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[ProducerIdsRecord, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_producer_ids_record(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("ProducerIdsRecord", error)
        if position > len(buffer):
            refuse_truncated("ProducerIdsRecord")
        return message, position


def _read_producer_ids_record(buffer: Buffer, position: int, version: int) -> tuple[ProducerIdsRecord, int]:
    self = new(ProducerIdsRecord)
    self.broker_id, self.broker_epoch, self.next_producer_id, count = _unpack_iqqB(buffer, position)
    position += 21
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position
