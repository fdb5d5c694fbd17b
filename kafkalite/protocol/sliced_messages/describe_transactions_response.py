# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's DescribeTransactionsResponse, written in slices."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.limits import STEP_MAX_BYTES
from kafkalite.protocol.messages.describe_transactions_response import DescribeTransactionsResponse, TransactionState
from kafkalite.protocol.primitives import write_tagged_fields, write_uvarint

if TYPE_CHECKING:
    from collections.abc import Generator


_pack_h = Struct(">h").pack
_pack_i = Struct(">i").pack
_pack_iqqh = Struct(">iqqh").pack


def _write_transaction_state_steps(self: TransactionState, out: bytearray, version: int) -> Generator[None, None, None]:
    limit = len(out) + STEP_MAX_BYTES
    data = self.transactional_id.encode()
    out += _pack_h(self.error_code)
    length = len(data) + 1
    if length < 128:
        out.append(length)
    else:
        write_uvarint(out, length)
    out += data
    data = self.transaction_state.encode()
    length = len(data) + 1
    if length < 128:
        out.append(length)
    else:
        write_uvarint(out, length)
    out += data
    out += _pack_iqqh(
        self.transaction_timeout_ms, self.transaction_start_time_ms, self.producer_id, self.producer_epoch
    )
    length = len(self.topics) + 1
    if length < 128:
        out.append(length)
    else:
        write_uvarint(out, length)
    for topics_item in self.topics:
        if len(out) > limit:
            yield
            limit = len(out) + STEP_MAX_BYTES
        topics_item.write(out, version)
    if self.unknown_tagged_fields is None:
        out.append(0)
    else:
        write_tagged_fields(out, None, self.unknown_tagged_fields)


def _write_describe_transactions_response_steps(
    self: DescribeTransactionsResponse, out: bytearray, version: int
) -> Generator[None, None, None]:
    limit = len(out) + STEP_MAX_BYTES
    out += _pack_i(self.throttle_time_ms)
    length = len(self.transaction_states) + 1
    if length < 128:
        out.append(length)
    else:
        write_uvarint(out, length)
    for transaction_states_item in self.transaction_states:
        if len(out) > limit:
            yield
            limit = len(out) + STEP_MAX_BYTES
        yield from _write_transaction_state_steps(transaction_states_item, out, version)
    if self.unknown_tagged_fields is None:
        out.append(0)
    else:
        write_tagged_fields(out, None, self.unknown_tagged_fields)


def write_steps(message: DescribeTransactionsResponse, out: bytearray, version: int) -> Generator[None, None, None]:
    """Append as `write` of the class does, and yield on the way. Errors: UnsupportedFieldError."""
    yield from _write_describe_transactions_response_steps(message, out, version)
