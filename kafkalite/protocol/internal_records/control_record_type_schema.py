# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's ControlRecordTypeSchema."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.protocol.primitives import READ_ERRORS, Message, new, refuse_truncated

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer

_unpack_h = Struct(">h").unpack_from
_pack_h = Struct(">h").pack


class ControlRecordTypeSchema(Message):
    """Kafka's data structure `ControlRecordTypeSchema`: versions 0, none is flexible."""

    __slots__ = ("type",)

    NAME = "ControlRecordTypeSchema"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 0
    FIRST_FLEXIBLE_VERSION = 32767

    def __init__(
        self,
        *,
        type: int = 0,
    ) -> None:
        self.type = type

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        out += _pack_h(self.type)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[ControlRecordTypeSchema, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_control_record_type_schema(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("ControlRecordTypeSchema", error)
        if position > len(buffer):
            refuse_truncated("ControlRecordTypeSchema")
        return message, position


def _read_control_record_type_schema(
    buffer: Buffer, position: int, version: int
) -> tuple[ControlRecordTypeSchema, int]:
    self = new(ControlRecordTypeSchema)
    (self.type,) = _unpack_h(buffer, position)
    position += 2
    return self, position
