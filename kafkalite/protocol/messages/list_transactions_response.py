# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's ListTransactionsResponse."""

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

_pack_ih = Struct(">ih").pack
_unpack_ihB = Struct(">ihB").unpack_from
_pack_q = Struct(">q").pack
_unpack_qB = Struct(">qB").unpack_from


class TransactionState(Message):
    """`TransactionState` of ListTransactionsResponse, versions 0-2."""

    __slots__ = (
        "transactional_id",
        "producer_id",
        "transaction_state",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        transactional_id: str = "",
        producer_id: int = 0,
        transaction_state: str = "",
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.transactional_id = transactional_id
        self.producer_id = producer_id
        self.transaction_state = transaction_state
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        data = self.transactional_id.encode()
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
        data = self.transaction_state.encode()
        out += _pack_q(self.producer_id)
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class ListTransactionsResponse(Message):
    """Kafka's response 66 `ListTransactionsResponse`: versions 0-2, flexible from 0."""

    __slots__ = (
        "throttle_time_ms",
        "error_code",
        "unknown_state_filters",
        "transaction_states",
        "unknown_tagged_fields",
    )

    API_KEY = 66
    NAME = "ListTransactionsResponse"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 2
    FIRST_FLEXIBLE_VERSION = 0

    def __init__(
        self,
        *,
        throttle_time_ms: int = 0,
        error_code: int = 0,
        unknown_state_filters: list[str] | None = None,
        transaction_states: list[TransactionState] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.error_code = error_code
        self.unknown_state_filters: list[str] = [] if unknown_state_filters is None else unknown_state_filters
        self.transaction_states: list[TransactionState] = [] if transaction_states is None else transaction_states
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        out += _pack_ih(self.throttle_time_ms, self.error_code)
        length = len(self.unknown_state_filters) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for unknown_state_filters_item in self.unknown_state_filters:
            data = unknown_state_filters_item.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
        length = len(self.transaction_states) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for transaction_states_item in self.transaction_states:
            transaction_states_item.write(out, version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[ListTransactionsResponse, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_list_transactions_response(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("ListTransactionsResponse", error)
        if position > len(buffer):
            refuse_truncated("ListTransactionsResponse")
        return message, position


def _read_transaction_state(buffer: Buffer, position: int, version: int) -> tuple[TransactionState, int]:
    self = new(TransactionState)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.transactional_id = str(buffer[position:end], "utf-8", "as-java")
    position = end
    self.producer_id, length = _unpack_qB(buffer, position)
    position += 9
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.transaction_state = str(buffer[position:end], "utf-8", "as-java")
    position = end
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_list_transactions_response(
    buffer: Buffer, position: int, version: int
) -> tuple[ListTransactionsResponse, int]:
    self = new(ListTransactionsResponse)
    self.throttle_time_ms, self.error_code, length = _unpack_ihB(buffer, position)
    position += 7
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if length - 1 > len(buffer) - position:
        refuse_count()
    unknown_state_filters_ = self.unknown_state_filters = []
    for _ in range(length - 1):
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        unknown_state_filters_.append(str(buffer[position:end], "utf-8", "as-java"))
        position = end
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 11 * (length - 1) > len(buffer) - position:
        refuse_count()
    transaction_states_ = self.transaction_states = []
    for _ in range(length - 1):
        transaction_states_item, position = _read_transaction_state(buffer, position, version)
        transaction_states_.append(transaction_states_item)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position
