# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's FindCoordinatorResponse, written in slices."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.limits import STEP_MAX_BYTES
from kafkalite.protocol.messages.find_coordinator_response import FindCoordinatorResponse
from kafkalite.protocol.primitives import refuse_field, write_tagged_fields, write_uvarint

if TYPE_CHECKING:
    from collections.abc import Generator


_pack_h = Struct(">h").pack
_pack_i = Struct(">i").pack
_pack_ih = Struct(">ih").pack


def _write_find_coordinator_response_steps(
    self: FindCoordinatorResponse, out: bytearray, version: int
) -> Generator[None, None, None]:
    limit = len(out) + STEP_MAX_BYTES
    if version >= 3:
        out += _pack_i(self.throttle_time_ms)
        if version <= 3:
            out += _pack_h(self.error_code)
            if self.error_message is None:
                out.append(0)
            else:
                data = self.error_message.encode()
                length = len(data) + 1
                if length < 128:
                    out.append(length)
                else:
                    write_uvarint(out, length)
                out += data
            data = self.host.encode()
            out += _pack_i(self.node_id)
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
            out += _pack_i(self.port)
        else:
            if self.error_code:
                refuse_field("FindCoordinatorResponse", "error_code", version)
            if self.node_id:
                refuse_field("FindCoordinatorResponse", "node_id", version)
            if self.host:
                refuse_field("FindCoordinatorResponse", "host", version)
            if self.port:
                refuse_field("FindCoordinatorResponse", "port", version)
        if version >= 4:
            length = len(self.coordinators) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for coordinators_item in self.coordinators:
                if len(out) > limit:
                    yield
                    limit = len(out) + STEP_MAX_BYTES
                coordinators_item.write(out, version)
        else:
            if self.coordinators:
                refuse_field("FindCoordinatorResponse", "coordinators", version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)
    else:
        if version >= 1:
            out += _pack_i(self.throttle_time_ms)
        out += _pack_h(self.error_code)
        if version >= 1:
            if self.error_message is None:
                out += b"\xff\xff"
            else:
                data = self.error_message.encode()
                out += _pack_h(len(data))
                out += data
        data = self.host.encode()
        out += _pack_ih(self.node_id, len(data))
        out += data
        out += _pack_i(self.port)
        if self.coordinators:
            refuse_field("FindCoordinatorResponse", "coordinators", version)
        if self.unknown_tagged_fields:
            refuse_field("FindCoordinatorResponse", "unknown_tagged_fields", version)


def write_steps(message: FindCoordinatorResponse, out: bytearray, version: int) -> Generator[None, None, None]:
    """Append as `write` of the class does, and yield on the way. Errors: UnsupportedFieldError."""
    yield from _write_find_coordinator_response_steps(message, out, version)
