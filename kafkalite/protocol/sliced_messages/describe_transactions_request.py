# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's DescribeTransactionsRequest, read in slices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.model.limits import COLLECTION_MAX_COUNT, STEP_MAX_BYTES
from kafkalite.protocol.messages.describe_transactions_request import DescribeTransactionsRequest
from kafkalite.protocol.primitives import (
    READ_ERRORS,
    new,
    read_compact_length,
    read_tagged_fields_steps,
    read_text_length,
    refuse_count,
    refuse_large_count,
    refuse_truncated,
)

if TYPE_CHECKING:
    from collections.abc import Generator

    from kafkalite.protocol.primitives import Buffer


def _read_describe_transactions_request_steps(
    buffer: Buffer, position: int, version: int
) -> Generator[None, None, tuple[DescribeTransactionsRequest, int]]:
    self = new(DescribeTransactionsRequest)
    limit = position + STEP_MAX_BYTES
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if length - 1 > len(buffer) - position:
        refuse_count()
    if length - 1 > COLLECTION_MAX_COUNT:
        refuse_large_count(length - 1)
    transactional_ids_ = self.transactional_ids = []
    for _ in range(length - 1):
        if position > limit:
            yield
            limit = position + STEP_MAX_BYTES
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        transactional_ids_.append(str(buffer[position:end], "utf-8", "as-java"))
        position = end
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = yield from read_tagged_fields_steps(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def read_steps(
    buffer: memoryview, position: int, version: int
) -> Generator[None, None, tuple[DescribeTransactionsRequest, int]]:
    """Read as `read` of the class does, and yield on the way. Errors: ProtocolViolation."""
    try:
        message, position = yield from _read_describe_transactions_request_steps(buffer, position, version)
    except READ_ERRORS as error:
        refuse_truncated("DescribeTransactionsRequest", error)
    if position > len(buffer):
        refuse_truncated("DescribeTransactionsRequest")
    return message, position
