# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's InitProducerIdResponse."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.protocol.primitives import (
    READ_ERRORS,
    Message,
    new,
    read_tagged_fields,
    refuse_field,
    refuse_truncated,
    write_tagged_fields,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields

_unpack_ihqh = Struct(">ihqh").unpack_from
_pack_ihqh = Struct(">ihqh").pack
_unpack_ihqhB = Struct(">ihqhB").unpack_from


class InitProducerIdResponse(Message):
    """Kafka's response 22 `InitProducerIdResponse`: versions 0-5, flexible from 2."""

    __slots__ = (
        "throttle_time_ms",
        "error_code",
        "producer_id",
        "producer_epoch",
        "unknown_tagged_fields",
    )

    API_KEY = 22
    NAME = "InitProducerIdResponse"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 5
    FIRST_FLEXIBLE_VERSION = 2

    def __init__(
        self,
        *,
        throttle_time_ms: int = 0,
        error_code: int = 0,
        producer_id: int = -1,
        producer_epoch: int = 0,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.error_code = error_code
        self.producer_id = producer_id
        self.producer_epoch = producer_epoch
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 2:
            out += _pack_ihqh(self.throttle_time_ms, self.error_code, self.producer_id, self.producer_epoch)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            out += _pack_ihqh(self.throttle_time_ms, self.error_code, self.producer_id, self.producer_epoch)
            if self.unknown_tagged_fields:
                refuse_field("InitProducerIdResponse", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[InitProducerIdResponse, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_init_producer_id_response(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("InitProducerIdResponse", error)
        if position > len(buffer):
            refuse_truncated("InitProducerIdResponse")
        return message, position


def _read_init_producer_id_response(buffer: Buffer, position: int, version: int) -> tuple[InitProducerIdResponse, int]:
    self = new(InitProducerIdResponse)
    if version >= 2:
        self.throttle_time_ms, self.error_code, self.producer_id, self.producer_epoch, count = _unpack_ihqhB(
            buffer, position
        )
        position += 17
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        self.throttle_time_ms, self.error_code, self.producer_id, self.producer_epoch = _unpack_ihqh(buffer, position)
        position += 16
        self.unknown_tagged_fields = None
    return self, position
