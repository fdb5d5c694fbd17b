# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's ListTransactionsRequest, read in slices."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.limits import COLLECTION_MAX_COUNT, STEP_MAX_BYTES
from kafkalite.protocol.messages.list_transactions_request import ListTransactionsRequest
from kafkalite.protocol.primitives import (
    READ_ERRORS,
    new,
    read_compact_length,
    read_nullable_text_length,
    read_numbers_steps,
    read_tagged_fields_steps,
    read_text_length,
    refuse_count,
    refuse_large_count,
    refuse_truncated,
)

if TYPE_CHECKING:
    from collections.abc import Generator

    from kafkalite.protocol.primitives import Buffer

_unpack_q = Struct(">q").unpack_from


def _read_list_transactions_request_steps(
    buffer: Buffer, position: int, version: int
) -> Generator[None, None, tuple[ListTransactionsRequest, int]]:
    self = new(ListTransactionsRequest)
    limit = position + STEP_MAX_BYTES
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if length - 1 > len(buffer) - position:
        refuse_count()
    if length - 1 > COLLECTION_MAX_COUNT:
        refuse_large_count(length - 1)
    state_filters_ = self.state_filters = []
    for _ in range(length - 1):
        if position > limit:
            yield
            limit = position + STEP_MAX_BYTES
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
    self.producer_id_filters, position = yield from read_numbers_steps(buffer, position, length - 1, "q", 8)
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
        self.unknown_tagged_fields, position = yield from read_tagged_fields_steps(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def read_steps(
    buffer: memoryview, position: int, version: int
) -> Generator[None, None, tuple[ListTransactionsRequest, int]]:
    """Read as `read` of the class does, and yield on the way. Errors: ProtocolViolation."""
    try:
        message, position = yield from _read_list_transactions_request_steps(buffer, position, version)
    except READ_ERRORS as error:
        refuse_truncated("ListTransactionsRequest", error)
    if position > len(buffer):
        refuse_truncated("ListTransactionsRequest")
    return message, position
