# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's AddPartitionsToTxnResponse, written in slices."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.limits import STEP_MAX_BYTES
from kafkalite.protocol.messages.add_partitions_to_txn_response import (
    AddPartitionsToTxnResponse,
    AddPartitionsToTxnResult,
    AddPartitionsToTxnTopicResult,
)
from kafkalite.protocol.primitives import refuse_field, write_tagged_fields, write_uvarint

if TYPE_CHECKING:
    from collections.abc import Generator


_pack_h = Struct(">h").pack
_pack_i = Struct(">i").pack


def _write_add_partitions_to_txn_topic_result_steps(
    self: AddPartitionsToTxnTopicResult, out: bytearray, version: int
) -> Generator[None, None, None]:
    limit = len(out) + STEP_MAX_BYTES
    if version >= 3:
        data = self.name.encode()
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
        length = len(self.results_by_partition) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for results_by_partition_item in self.results_by_partition:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            results_by_partition_item.write(out, version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)
    else:
        data = self.name.encode()
        out += _pack_h(len(data))
        out += data
        out += _pack_i(len(self.results_by_partition))
        for results_by_partition_item in self.results_by_partition:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            results_by_partition_item.write(out, version)
        if self.unknown_tagged_fields:
            refuse_field("AddPartitionsToTxnTopicResult", "unknown_tagged_fields", version)


def _write_add_partitions_to_txn_result_steps(
    self: AddPartitionsToTxnResult, out: bytearray, version: int
) -> Generator[None, None, None]:
    limit = len(out) + STEP_MAX_BYTES
    data = self.transactional_id.encode()
    length = len(data) + 1
    if length < 128:
        out.append(length)
    else:
        write_uvarint(out, length)
    out += data
    length = len(self.topic_results) + 1
    if length < 128:
        out.append(length)
    else:
        write_uvarint(out, length)
    for topic_results_item in self.topic_results:
        if len(out) > limit:
            yield
            limit = len(out) + STEP_MAX_BYTES
        yield from _write_add_partitions_to_txn_topic_result_steps(topic_results_item, out, version)
    if self.unknown_tagged_fields is None:
        out.append(0)
    else:
        write_tagged_fields(out, None, self.unknown_tagged_fields)


def _write_add_partitions_to_txn_response_steps(
    self: AddPartitionsToTxnResponse, out: bytearray, version: int
) -> Generator[None, None, None]:
    limit = len(out) + STEP_MAX_BYTES
    if version >= 3:
        out += _pack_i(self.throttle_time_ms)
        if version >= 4:
            out += _pack_h(self.error_code)
            length = len(self.results_by_transaction) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for results_by_transaction_item in self.results_by_transaction:
                if len(out) > limit:
                    yield
                    limit = len(out) + STEP_MAX_BYTES
                yield from _write_add_partitions_to_txn_result_steps(results_by_transaction_item, out, version)
        else:
            if self.results_by_transaction:
                refuse_field("AddPartitionsToTxnResponse", "results_by_transaction", version)
        if version <= 3:
            length = len(self.results_by_topic_v3_and_below) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for results_by_topic_v3_and_below_item in self.results_by_topic_v3_and_below:
                if len(out) > limit:
                    yield
                    limit = len(out) + STEP_MAX_BYTES
                yield from _write_add_partitions_to_txn_topic_result_steps(
                    results_by_topic_v3_and_below_item, out, version
                )
        else:
            if self.results_by_topic_v3_and_below:
                refuse_field("AddPartitionsToTxnResponse", "results_by_topic_v3_and_below", version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)
    else:
        out += _pack_i(self.throttle_time_ms)
        if self.results_by_transaction:
            refuse_field("AddPartitionsToTxnResponse", "results_by_transaction", version)
        out += _pack_i(len(self.results_by_topic_v3_and_below))
        for results_by_topic_v3_and_below_item in self.results_by_topic_v3_and_below:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            yield from _write_add_partitions_to_txn_topic_result_steps(results_by_topic_v3_and_below_item, out, version)
        if self.unknown_tagged_fields:
            refuse_field("AddPartitionsToTxnResponse", "unknown_tagged_fields", version)


def write_steps(message: AddPartitionsToTxnResponse, out: bytearray, version: int) -> Generator[None, None, None]:
    """Append as `write` of the class does, and yield on the way. Errors: UnsupportedFieldError."""
    yield from _write_add_partitions_to_txn_response_steps(message, out, version)
