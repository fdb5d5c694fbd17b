# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's EndTxnMarker."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.protocol.primitives import READ_ERRORS, Message, new, refuse_truncated

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer

_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack


class EndTxnMarker(Message):
    """Kafka's data structure `EndTxnMarker`: versions 0, none is flexible."""

    __slots__ = ("coordinator_epoch",)

    NAME = "EndTxnMarker"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 0
    FIRST_FLEXIBLE_VERSION = 32767

    def __init__(
        self,
        *,
        coordinator_epoch: int = 0,
    ) -> None:
        self.coordinator_epoch = coordinator_epoch

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        out += _pack_i(self.coordinator_epoch)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[EndTxnMarker, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_end_txn_marker(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("EndTxnMarker", error)
        if position > len(buffer):
            refuse_truncated("EndTxnMarker")
        return message, position


def _read_end_txn_marker(buffer: Buffer, position: int, version: int) -> tuple[EndTxnMarker, int]:
    self = new(EndTxnMarker)
    (self.coordinator_epoch,) = _unpack_i(buffer, position)
    position += 4
    return self, position
