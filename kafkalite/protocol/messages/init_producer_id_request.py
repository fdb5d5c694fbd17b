# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's InitProducerIdRequest."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.protocol.primitives import (
    READ_ERRORS,
    Message,
    new,
    read_nullable_text_length,
    read_tagged_fields,
    refuse_field,
    refuse_truncated,
    write_tagged_fields,
    write_uvarint,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields

_unpack_h = Struct(">h").unpack_from
_pack_h = Struct(">h").pack
_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack
_unpack_qh = Struct(">qh").unpack_from
_pack_qh = Struct(">qh").pack


class InitProducerIdRequest(Message):
    """Kafka's request 22 `InitProducerIdRequest`: versions 0-5, flexible from 2."""

    __slots__ = (
        "transactional_id",
        "transaction_timeout_ms",
        "producer_id",
        "producer_epoch",
        "unknown_tagged_fields",
    )

    API_KEY = 22
    NAME = "InitProducerIdRequest"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 5
    FIRST_FLEXIBLE_VERSION = 2

    def __init__(
        self,
        *,
        transactional_id: str | None = "",
        transaction_timeout_ms: int = 0,
        producer_id: int = -1,
        producer_epoch: int = -1,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.transactional_id = transactional_id
        self.transaction_timeout_ms = transaction_timeout_ms
        self.producer_id = producer_id
        self.producer_epoch = producer_epoch
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 2:
            if self.transactional_id is None:
                out.append(0)
            else:
                data = self.transactional_id.encode()
                length = len(data) + 1
                if length < 128:
                    out.append(length)
                else:
                    write_uvarint(out, length)
                out += data
            out += _pack_i(self.transaction_timeout_ms)
            if version >= 3:
                out += _pack_qh(self.producer_id, self.producer_epoch)
            else:
                if self.producer_id != -1:
                    refuse_field("InitProducerIdRequest", "producer_id", version)
                if self.producer_epoch != -1:
                    refuse_field("InitProducerIdRequest", "producer_epoch", version)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            if self.transactional_id is None:
                out += b"\xff\xff"
            else:
                data = self.transactional_id.encode()
                out += _pack_h(len(data))
                out += data
            out += _pack_i(self.transaction_timeout_ms)
            if self.producer_id != -1:
                refuse_field("InitProducerIdRequest", "producer_id", version)
            if self.producer_epoch != -1:
                refuse_field("InitProducerIdRequest", "producer_epoch", version)
            if self.unknown_tagged_fields:
                refuse_field("InitProducerIdRequest", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[InitProducerIdRequest, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_init_producer_id_request(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("InitProducerIdRequest", error)
        if position > len(buffer):
            refuse_truncated("InitProducerIdRequest")
        return message, position


def _read_init_producer_id_request(buffer: Buffer, position: int, version: int) -> tuple[InitProducerIdRequest, int]:
    self = new(InitProducerIdRequest)
    if version >= 2:
        length = buffer[position]
        position += 1
        if length > 127:
            length, position = read_nullable_text_length(buffer, position - 1)
        if length == 0:
            self.transactional_id = None
        else:
            end = position + length - 1
            self.transactional_id = str(buffer[position:end], "utf-8", "as-java")
            position = end
        (self.transaction_timeout_ms,) = _unpack_i(buffer, position)
        position += 4
        if version >= 3:
            self.producer_id, self.producer_epoch = _unpack_qh(buffer, position)
            position += 10
        else:
            self.producer_id = -1
            self.producer_epoch = -1
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
            self.transactional_id = None
        else:
            end = position + length
            self.transactional_id = str(buffer[position:end], "utf-8", "as-java")
            position = end
        (self.transaction_timeout_ms,) = _unpack_i(buffer, position)
        position += 4
        self.producer_id = -1
        self.producer_epoch = -1
        self.unknown_tagged_fields = None
    return self, position
