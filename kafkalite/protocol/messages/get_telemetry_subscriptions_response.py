# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's GetTelemetrySubscriptionsResponse."""

from __future__ import annotations

from struct import Struct, pack
from typing import TYPE_CHECKING

from kafkalite.model.uuids import ZERO_UUID
from kafkalite.protocol.primitives import (
    READ_ERRORS,
    Message,
    new,
    read_compact_length,
    read_numbers,
    read_tagged_fields,
    read_text_length,
    refuse_count,
    refuse_truncated,
    write_tagged_fields,
    write_uvarint,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields

_pack_ih16si = Struct(">ih16si").pack
_unpack_ih16siB = Struct(">ih16siB").unpack_from
_pack_iit = Struct(">ii?").pack
_unpack_iitB = Struct(">ii?B").unpack_from


class GetTelemetrySubscriptionsResponse(Message):
    """Kafka's response 71 `GetTelemetrySubscriptionsResponse`: versions 0, flexible from 0."""

    __slots__ = (
        "throttle_time_ms",
        "error_code",
        "client_instance_id",
        "subscription_id",
        "accepted_compression_types",
        "push_interval_ms",
        "telemetry_max_bytes",
        "delta_temporality",
        "requested_metrics",
        "unknown_tagged_fields",
    )

    API_KEY = 71
    NAME = "GetTelemetrySubscriptionsResponse"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 0
    FIRST_FLEXIBLE_VERSION = 0

    def __init__(
        self,
        *,
        throttle_time_ms: int = 0,
        error_code: int = 0,
        client_instance_id: bytes = ZERO_UUID,
        subscription_id: int = 0,
        accepted_compression_types: list[int] | None = None,
        push_interval_ms: int = 0,
        telemetry_max_bytes: int = 0,
        delta_temporality: bool = False,
        requested_metrics: list[str] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.error_code = error_code
        self.client_instance_id = client_instance_id
        self.subscription_id = subscription_id
        self.accepted_compression_types: list[int] = (
            [] if accepted_compression_types is None else accepted_compression_types
        )
        self.push_interval_ms = push_interval_ms
        self.telemetry_max_bytes = telemetry_max_bytes
        self.delta_temporality = delta_temporality
        self.requested_metrics: list[str] = [] if requested_metrics is None else requested_metrics
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        out += _pack_ih16si(self.throttle_time_ms, self.error_code, self.client_instance_id, self.subscription_id)
        length = len(self.accepted_compression_types) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += pack(f">{len(self.accepted_compression_types)}b", *self.accepted_compression_types)
        out += _pack_iit(self.push_interval_ms, self.telemetry_max_bytes, self.delta_temporality)
        length = len(self.requested_metrics) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for requested_metrics_item in self.requested_metrics:
            data = requested_metrics_item.encode()
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

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[GetTelemetrySubscriptionsResponse, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_get_telemetry_subscriptions_response(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("GetTelemetrySubscriptionsResponse", error)
        if position > len(buffer):
            refuse_truncated("GetTelemetrySubscriptionsResponse")
        return message, position


def _read_get_telemetry_subscriptions_response(
    buffer: Buffer, position: int, version: int
) -> tuple[GetTelemetrySubscriptionsResponse, int]:
    self = new(GetTelemetrySubscriptionsResponse)
    self.throttle_time_ms, self.error_code, self.client_instance_id, self.subscription_id, length = _unpack_ih16siB(
        buffer, position
    )
    position += 27
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    self.accepted_compression_types, position = read_numbers(buffer, position, length - 1, "b", 1)
    self.push_interval_ms, self.telemetry_max_bytes, self.delta_temporality, length = _unpack_iitB(buffer, position)
    position += 10
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if length - 1 > len(buffer) - position:
        refuse_count()
    requested_metrics_ = self.requested_metrics = []
    for _ in range(length - 1):
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        requested_metrics_.append(str(buffer[position:end], "utf-8", "as-java"))
        position = end
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position
