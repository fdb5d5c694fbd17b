# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's ListTransactionsRequest."""

from __future__ import annotations

from struct import Struct, pack
from typing import TYPE_CHECKING

from kafkalite.protocol.primitives import (
    READ_ERRORS,
    Message,
    new,
    read_compact_length,
    read_nullable_text_length,
    read_numbers,
    read_tagged_fields,
    read_text_length,
    refuse_count,
    refuse_field,
    refuse_truncated,
    write_tagged_fields,
    write_uvarint,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields

_unpack_q = Struct(">q").unpack_from
_pack_q = Struct(">q").pack


class ListTransactionsRequest(Message):
    """Kafka's request 66 `ListTransactionsRequest`: versions 0-2, flexible from 0."""

    __slots__ = (
        "state_filters",
        "producer_id_filters",
        "duration_filter",
        "transactional_id_pattern",
        "unknown_tagged_fields",
    )

    API_KEY = 66
    NAME = "ListTransactionsRequest"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 2
    FIRST_FLEXIBLE_VERSION = 0

    def __init__(
        self,
        *,
        state_filters: list[str] | None = None,
        producer_id_filters: list[int] | None = None,
        duration_filter: int = -1,
        transactional_id_pattern: str | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.state_filters: list[str] = [] if state_filters is None else state_filters
        self.producer_id_filters: list[int] = [] if producer_id_filters is None else producer_id_filters
        self.duration_filter = duration_filter
        self.transactional_id_pattern = transactional_id_pattern
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        length = len(self.state_filters) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for state_filters_item in self.state_filters:
            data = state_filters_item.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
        length = len(self.producer_id_filters) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += pack(f">{len(self.producer_id_filters)}q", *self.producer_id_filters)
        if version >= 1:
            out += _pack_q(self.duration_filter)
        else:
            if self.duration_filter != -1:
                refuse_field("ListTransactionsRequest", "duration_filter", version)
        if version >= 2:
            if self.transactional_id_pattern is None:
                out.append(0)
            else:
                data = self.transactional_id_pattern.encode()
                length = len(data) + 1
                if length < 128:
                    out.append(length)
                else:
                    write_uvarint(out, length)
                out += data
        else:
            if self.transactional_id_pattern is not None:
                refuse_field("ListTransactionsRequest", "transactional_id_pattern", version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[ListTransactionsRequest, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_list_transactions_request(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("ListTransactionsRequest", error)
        if position > len(buffer):
            refuse_truncated("ListTransactionsRequest")
        return message, position


def _read_list_transactions_request(buffer: Buffer, position: int, version: int) -> tuple[ListTransactionsRequest, int]:
    self = new(ListTransactionsRequest)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if length - 1 > len(buffer) - position:
        refuse_count()
    state_filters_ = self.state_filters = []
    for _ in range(length - 1):
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        state_filters_.append(str(buffer[position:end], "utf-8", "as-java"))
        position = end
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    self.producer_id_filters, position = read_numbers(buffer, position, length - 1, "q", 8)
    if version >= 1:
        (self.duration_filter,) = _unpack_q(buffer, position)
        position += 8
    else:
        self.duration_filter = -1
    if version >= 2:
        length = buffer[position]
        position += 1
        if length > 127:
            length, position = read_nullable_text_length(buffer, position - 1)
        if length == 0:
            self.transactional_id_pattern = None
        else:
            end = position + length - 1
            self.transactional_id_pattern = str(buffer[position:end], "utf-8", "as-java")
            position = end
    else:
        self.transactional_id_pattern = None
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position
