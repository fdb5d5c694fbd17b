# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's SaslHandshakeResponse."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.protocol.primitives import READ_ERRORS, Message, new, refuse_count, refuse_null, refuse_truncated

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer

_unpack_h = Struct(">h").unpack_from
_pack_h = Struct(">h").pack
_unpack_hi = Struct(">hi").unpack_from
_pack_hi = Struct(">hi").pack


class SaslHandshakeResponse(Message):
    """Kafka's response 17 `SaslHandshakeResponse`: versions 0-1, none is flexible."""

    __slots__ = (
        "error_code",
        "mechanisms",
    )

    API_KEY = 17
    NAME = "SaslHandshakeResponse"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 1
    FIRST_FLEXIBLE_VERSION = 32767

    def __init__(
        self,
        *,
        error_code: int = 0,
        mechanisms: list[str] | None = None,
    ) -> None:
        self.error_code = error_code
        self.mechanisms: list[str] = [] if mechanisms is None else mechanisms

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        out += _pack_hi(self.error_code, len(self.mechanisms))
        for mechanisms_item in self.mechanisms:
            data = mechanisms_item.encode()
            out += _pack_h(len(data))
            out += data

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[SaslHandshakeResponse, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_sasl_handshake_response(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("SaslHandshakeResponse", error)
        if position > len(buffer):
            refuse_truncated("SaslHandshakeResponse")
        return message, position


def _read_sasl_handshake_response(buffer: Buffer, position: int, version: int) -> tuple[SaslHandshakeResponse, int]:
    self = new(SaslHandshakeResponse)
    self.error_code, length = _unpack_hi(buffer, position)
    position += 6
    if length < 0:
        refuse_null()
    if 2 * length > len(buffer) - position:
        refuse_count()
    mechanisms_ = self.mechanisms = []
    for _ in range(length):
        (length,) = _unpack_h(buffer, position)
        position += 2
        if length < 0:
            refuse_null()
        end = position + length
        mechanisms_.append(str(buffer[position:end], "utf-8", "as-java"))
        position = end
    return self, position
