# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's NoOpRecord."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.protocol.primitives import (
    READ_ERRORS,
    Message,
    new,
    read_tagged_fields,
    refuse_truncated,
    write_tagged_fields,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields


class NoOpRecord(Message):
    """Kafka's cluster metadata record 20 `NoOpRecord`: versions 0, flexible from 0."""

    __slots__ = ("unknown_tagged_fields",)

    RECORD_TYPE = 20
    NAME = "NoOpRecord"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 0
    FIRST_FLEXIBLE_VERSION = 0

    def __init__(
        self,
        *,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[NoOpRecord, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_no_op_record(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("NoOpRecord", error)
        if position > len(buffer):
            refuse_truncated("NoOpRecord")
        return message, position


def _read_no_op_record(buffer: Buffer, position: int, version: int) -> tuple[NoOpRecord, int]:
    self = new(NoOpRecord)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position
