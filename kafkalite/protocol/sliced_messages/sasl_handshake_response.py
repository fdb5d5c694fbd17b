# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's SaslHandshakeResponse, written in slices."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.limits import STEP_MAX_BYTES
from kafkalite.protocol.messages.sasl_handshake_response import SaslHandshakeResponse

if TYPE_CHECKING:
    from collections.abc import Generator


_pack_h = Struct(">h").pack
_pack_hi = Struct(">hi").pack


def _write_sasl_handshake_response_steps(
    self: SaslHandshakeResponse, out: bytearray, version: int
) -> Generator[None, None, None]:
    limit = len(out) + STEP_MAX_BYTES
    out += _pack_hi(self.error_code, len(self.mechanisms))
    for mechanisms_item in self.mechanisms:
        if len(out) > limit:
            yield
            limit = len(out) + STEP_MAX_BYTES
        data = mechanisms_item.encode()
        out += _pack_h(len(data))
        out += data


def write_steps(message: SaslHandshakeResponse, out: bytearray, version: int) -> Generator[None, None, None]:
    """Append as `write` of the class does, and yield on the way. Errors: UnsupportedFieldError."""
    yield from _write_sasl_handshake_response_steps(message, out, version)
