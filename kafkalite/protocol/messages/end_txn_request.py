# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's EndTxnRequest."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.protocol.primitives import (
    READ_ERRORS,
    Message,
    new,
    read_tagged_fields,
    read_text_length,
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
_unpack_qht = Struct(">qh?").unpack_from
_pack_qht = Struct(">qh?").pack
_unpack_qhtB = Struct(">qh?B").unpack_from


class EndTxnRequest(Message):
    """Kafka's request 26 `EndTxnRequest`: versions 0-5, flexible from 3."""

    __slots__ = (
        "transactional_id",
        "producer_id",
        "producer_epoch",
        "committed",
        "unknown_tagged_fields",
    )

    API_KEY = 26
    NAME = "EndTxnRequest"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 5
    FIRST_FLEXIBLE_VERSION = 3

    def __init__(
        self,
        *,
        transactional_id: str = "",
        producer_id: int = 0,
        producer_epoch: int = 0,
        committed: bool = False,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.transactional_id = transactional_id
        self.producer_id = producer_id
        self.producer_epoch = producer_epoch
        self.committed = committed
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 3:
            data = self.transactional_id.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
            out += _pack_qht(self.producer_id, self.producer_epoch, self.committed)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            data = self.transactional_id.encode()
            out += _pack_h(len(data))
            out += data
            out += _pack_qht(self.producer_id, self.producer_epoch, self.committed)
            if self.unknown_tagged_fields:
                refuse_field("EndTxnRequest", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[EndTxnRequest, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_end_txn_request(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("EndTxnRequest", error)
        if position > len(buffer):
            refuse_truncated("EndTxnRequest")
        return message, position


def _read_end_txn_request(buffer: Buffer, position: int, version: int) -> tuple[EndTxnRequest, int]:
    self = new(EndTxnRequest)
    if version >= 3:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.transactional_id = str(buffer[position:end], "utf-8", "as-java")
        position = end
        self.producer_id, self.producer_epoch, self.committed, count = _unpack_qhtB(buffer, position)
        position += 12
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        (length,) = _unpack_h(buffer, position)
        position += 2
        if length < 0:
            refuse_null()
        end = position + length
        self.transactional_id = str(buffer[position:end], "utf-8", "as-java")
        position = end
        self.producer_id, self.producer_epoch, self.committed = _unpack_qht(buffer, position)
        position += 11
        self.unknown_tagged_fields = None
    return self, position
