# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's ConsumerGroupRegularExpressionValue."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.protocol.primitives import (
    READ_ERRORS,
    Message,
    new,
    read_compact_length,
    read_tagged_fields,
    read_text_length,
    refuse_count,
    refuse_truncated,
    write_tagged_fields,
    write_uvarint,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields

_pack_qq = Struct(">qq").pack
_unpack_qqB = Struct(">qqB").unpack_from


class ConsumerGroupRegularExpressionValue(Message):
    """Kafka's coordinator record value 16 `ConsumerGroupRegularExpressionValue`: versions 0, flexible from 0."""

    __slots__ = (
        "topics",
        "version",
        "timestamp",
        "unknown_tagged_fields",
    )

    RECORD_TYPE = 16
    NAME = "ConsumerGroupRegularExpressionValue"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 0
    FIRST_FLEXIBLE_VERSION = 0

    def __init__(
        self,
        *,
        topics: list[str] | None = None,
        version: int = 0,
        timestamp: int = 0,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.topics: list[str] = [] if topics is None else topics
        self.version = version
        self.timestamp = timestamp
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        length = len(self.topics) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for topics_item in self.topics:
            data = topics_item.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
        out += _pack_qq(self.version, self.timestamp)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[ConsumerGroupRegularExpressionValue, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_consumer_group_regular_expression_value(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("ConsumerGroupRegularExpressionValue", error)
        if position > len(buffer):
            refuse_truncated("ConsumerGroupRegularExpressionValue")
        return message, position


def _read_consumer_group_regular_expression_value(
    buffer: Buffer, position: int, version: int
) -> tuple[ConsumerGroupRegularExpressionValue, int]:
    self = new(ConsumerGroupRegularExpressionValue)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if length - 1 > len(buffer) - position:
        refuse_count()
    topics_ = self.topics = []
    for _ in range(length - 1):
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        topics_.append(str(buffer[position:end], "utf-8", "as-java"))
        position = end
    self.version, self.timestamp, count = _unpack_qqB(buffer, position)
    position += 17
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position
