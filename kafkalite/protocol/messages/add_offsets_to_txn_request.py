# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's AddOffsetsToTxnRequest."""

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
_pack_qh = Struct(">qh").pack
_unpack_qhB = Struct(">qhB").unpack_from
_unpack_qhh = Struct(">qhh").unpack_from
_pack_qhh = Struct(">qhh").pack


class AddOffsetsToTxnRequest(Message):
    """Kafka's request 25 `AddOffsetsToTxnRequest`: versions 0-4, flexible from 3."""

    __slots__ = (
        "transactional_id",
        "producer_id",
        "producer_epoch",
        "group_id",
        "unknown_tagged_fields",
    )

    API_KEY = 25
    NAME = "AddOffsetsToTxnRequest"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 4
    FIRST_FLEXIBLE_VERSION = 3

    def __init__(
        self,
        *,
        transactional_id: str = "",
        producer_id: int = 0,
        producer_epoch: int = 0,
        group_id: str = "",
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.transactional_id = transactional_id
        self.producer_id = producer_id
        self.producer_epoch = producer_epoch
        self.group_id = group_id
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
            data = self.group_id.encode()
            out += _pack_qh(self.producer_id, self.producer_epoch)
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            data = self.transactional_id.encode()
            out += _pack_h(len(data))
            out += data
            data = self.group_id.encode()
            out += _pack_qhh(self.producer_id, self.producer_epoch, len(data))
            out += data
            if self.unknown_tagged_fields:
                refuse_field("AddOffsetsToTxnRequest", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[AddOffsetsToTxnRequest, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_add_offsets_to_txn_request(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("AddOffsetsToTxnRequest", error)
        if position > len(buffer):
            refuse_truncated("AddOffsetsToTxnRequest")
        return message, position


def _read_add_offsets_to_txn_request(buffer: Buffer, position: int, version: int) -> tuple[AddOffsetsToTxnRequest, int]:
    self = new(AddOffsetsToTxnRequest)
    if version >= 3:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.transactional_id = str(buffer[position:end], "utf-8", "as-java")
        position = end
        self.producer_id, self.producer_epoch, length = _unpack_qhB(buffer, position)
        position += 11
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.group_id = str(buffer[position:end], "utf-8", "as-java")
        position = end
        count = buffer[position]
        position += 1
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
        self.producer_id, self.producer_epoch, length = _unpack_qhh(buffer, position)
        position += 12
        if length < 0:
            refuse_null()
        end = position + length
        self.group_id = str(buffer[position:end], "utf-8", "as-java")
        position = end
        self.unknown_tagged_fields = None
    return self, position
