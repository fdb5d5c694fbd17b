# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's AbortTransactionRecord."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.protocol.primitives import (
    READ_ERRORS,
    Message,
    check_tag_count,
    new,
    read_nullable_text_length,
    read_uvarint,
    refuse_count,
    refuse_tag,
    refuse_truncated,
    write_tagged_fields,
    write_uvarint,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields


class AbortTransactionRecord(Message):
    """Kafka's cluster metadata record 25 `AbortTransactionRecord`: versions 0, flexible from 0."""

    __slots__ = (
        "reason",
        "unknown_tagged_fields",
    )

    RECORD_TYPE = 25
    NAME = "AbortTransactionRecord"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 0
    FIRST_FLEXIBLE_VERSION = 0

    def __init__(
        self,
        *,
        reason: str | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.reason = reason
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        known: TaggedFields | None = None
        if self.reason is not None:
            body = bytearray()
            data = self.reason.encode()
            length = len(data) + 1
            if length < 128:
                body.append(length)
            else:
                write_uvarint(body, length)
            body += data
            if known is None:
                known = {}
            known[0] = bytes(body)
        if known is None and self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, known, self.unknown_tagged_fields)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[AbortTransactionRecord, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_abort_transaction_record(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("AbortTransactionRecord", error)
        if position > len(buffer):
            refuse_truncated("AbortTransactionRecord")
        return message, position


def _read_abort_transaction_record(buffer: Buffer, position: int, version: int) -> tuple[AbortTransactionRecord, int]:
    self = new(AbortTransactionRecord)
    count = buffer[position]
    position += 1
    self.reason = None
    self.unknown_tagged_fields = None
    if count:
        if count > 127:
            start = position - 1
            count, position = read_uvarint(buffer, start)
            check_tag_count(buffer, start, position, count)
        for _ in range(count):
            tag, position = read_uvarint(buffer, position)
            size, position = read_uvarint(buffer, position)
            tag_end = position + size
            if tag_end > len(buffer):
                refuse_count()
            if tag == 0:
                length = buffer[position]
                position += 1
                if length > 127:
                    length, position = read_nullable_text_length(buffer, position - 1)
                if length == 0:
                    self.reason = None
                else:
                    end = position + length - 1
                    self.reason = str(buffer[position:end], "utf-8", "as-java")
                    position = end
            else:
                if self.unknown_tagged_fields is None:
                    self.unknown_tagged_fields = {}
                self.unknown_tagged_fields[tag] = bytes(buffer[position:tag_end])
                position = tag_end
            if position != tag_end:
                refuse_tag(tag)
    return self, position
