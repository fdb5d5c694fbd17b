# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's PushTelemetryRequest."""

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
    refuse_truncated,
    write_tagged_fields,
    write_uvarint,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields

_pack_16sitb = Struct(">16si?b").pack
_unpack_16sitbB = Struct(">16si?bB").unpack_from


class PushTelemetryRequest(Message):
    """Kafka's request 72 `PushTelemetryRequest`: versions 0, flexible from 0."""

    __slots__ = (
        "client_instance_id",
        "subscription_id",
        "terminating",
        "compression_type",
        "metrics",
        "unknown_tagged_fields",
    )

    API_KEY = 72
    NAME = "PushTelemetryRequest"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 0
    FIRST_FLEXIBLE_VERSION = 0

    def __init__(
        self,
        *,
        client_instance_id: bytes = ZERO_UUID,
        subscription_id: int = 0,
        terminating: bool = False,
        compression_type: int = 0,
        metrics: Buffer = b"",
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.client_instance_id = client_instance_id
        self.subscription_id = subscription_id
        self.terminating = terminating
        self.compression_type = compression_type
        self.metrics = metrics
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        out += _pack_16sitb(self.client_instance_id, self.subscription_id, self.terminating, self.compression_type)
        length = len(self.metrics) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += self.metrics
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[PushTelemetryRequest, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        if type(buffer) is not memoryview:
            buffer = memoryview(buffer)
        try:
            message, position = _read_push_telemetry_request(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("PushTelemetryRequest", error)
        if position > len(buffer):
            refuse_truncated("PushTelemetryRequest")
        return message, position


def _read_push_telemetry_request(buffer: Buffer, position: int, version: int) -> tuple[PushTelemetryRequest, int]:
    self = new(PushTelemetryRequest)
    self.client_instance_id, self.subscription_id, self.terminating, self.compression_type, length = _unpack_16sitbB(
        buffer, position
    )
    position += 23
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    end = position + length - 1
    self.metrics = buffer[position:end]
    position = end
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position
