# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's ListTransactionsResponse, written in slices."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.limits import STEP_MAX_BYTES
from kafkalite.protocol.messages.list_transactions_response import ListTransactionsResponse
from kafkalite.protocol.primitives import write_tagged_fields, write_uvarint

if TYPE_CHECKING:
    from collections.abc import Generator


_pack_ih = Struct(">ih").pack


def _write_list_transactions_response_steps(
    self: ListTransactionsResponse, out: bytearray, version: int
) -> Generator[None, None, None]:
    limit = len(out) + STEP_MAX_BYTES
    out += _pack_ih(self.throttle_time_ms, self.error_code)
    length = len(self.unknown_state_filters) + 1
    if length < 128:
        out.append(length)
    else:
        write_uvarint(out, length)
    for unknown_state_filters_item in self.unknown_state_filters:
        if len(out) > limit:
            yield
            limit = len(out) + STEP_MAX_BYTES
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
        if len(out) > limit:
            yield
            limit = len(out) + STEP_MAX_BYTES
        transaction_states_item.write(out, version)
    if self.unknown_tagged_fields is None:
        out.append(0)
    else:
        write_tagged_fields(out, None, self.unknown_tagged_fields)


def write_steps(message: ListTransactionsResponse, out: bytearray, version: int) -> Generator[None, None, None]:
    """Append as `write` of the class does, and yield on the way. Errors: UnsupportedFieldError."""
    yield from _write_list_transactions_response_steps(message, out, version)
