# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's SaslHandshakeRequest."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.protocol.primitives import READ_ERRORS, Message, new, refuse_null, refuse_truncated

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer

_unpack_h = Struct(">h").unpack_from
_pack_h = Struct(">h").pack


class SaslHandshakeRequest(Message):
    """Kafka's request 17 `SaslHandshakeRequest`: versions 0-1, none is flexible."""

    __slots__ = ("mechanism",)

    API_KEY = 17
    NAME = "SaslHandshakeRequest"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 1
    FIRST_FLEXIBLE_VERSION = 32767

    def __init__(
        self,
        *,
        mechanism: str = "",
    ) -> None:
        self.mechanism = mechanism

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        data = self.mechanism.encode()
        out += _pack_h(len(data))
        out += data

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[SaslHandshakeRequest, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_sasl_handshake_request(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("SaslHandshakeRequest", error)
        if position > len(buffer):
            refuse_truncated("SaslHandshakeRequest")
        return message, position


def _read_sasl_handshake_request(buffer: Buffer, position: int, version: int) -> tuple[SaslHandshakeRequest, int]:
    self = new(SaslHandshakeRequest)
    (length,) = _unpack_h(buffer, position)
    position += 2
    if length < 0:
        refuse_null()
    end = position + length
    self.mechanism = str(buffer[position:end], "utf-8", "as-java")
    position = end
    return self, position
