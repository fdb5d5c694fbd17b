# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's AddPartitionsToTxnRequest, read in slices."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.limits import COLLECTION_MAX_COUNT, STEP_MAX_BYTES
from kafkalite.protocol.messages.add_partitions_to_txn_request import (
    AddPartitionsToTxnRequest,
    AddPartitionsToTxnTopic,
    AddPartitionsToTxnTransaction,
)
from kafkalite.protocol.primitives import (
    READ_ERRORS,
    new,
    read_compact_length,
    read_numbers_steps,
    read_tagged_fields_steps,
    read_text_length,
    refuse_count,
    refuse_large_count,
    refuse_null,
    refuse_truncated,
)

if TYPE_CHECKING:
    from collections.abc import Generator

    from kafkalite.protocol.primitives import Buffer

_unpack_h = Struct(">h").unpack_from
_unpack_i = Struct(">i").unpack_from
_unpack_qhtB = Struct(">qh?B").unpack_from
_unpack_qhB = Struct(">qhB").unpack_from
_unpack_qhi = Struct(">qhi").unpack_from


def _read_add_partitions_to_txn_topic_steps(
    buffer: Buffer, position: int, version: int
) -> Generator[None, None, tuple[AddPartitionsToTxnTopic, int]]:
    self = new(AddPartitionsToTxnTopic)
    limit = position + STEP_MAX_BYTES
    if version >= 3:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.name = str(buffer[position:end], "utf-8", "as-java")
        position = end
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        self.partitions, position = yield from read_numbers_steps(buffer, position, length - 1, "i", 4)
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = yield from read_tagged_fields_steps(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        (length,) = _unpack_h(buffer, position)
        position += 2
        if length < 0:
            refuse_null()
        end = position + length
        self.name = str(buffer[position:end], "utf-8", "as-java")
        position = end
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        self.partitions, position = yield from read_numbers_steps(buffer, position, length, "i", 4)
        self.unknown_tagged_fields = None
    return self, position


def _read_add_partitions_to_txn_transaction_steps(
    buffer: Buffer, position: int, version: int
) -> Generator[None, None, tuple[AddPartitionsToTxnTransaction, int]]:
    self = new(AddPartitionsToTxnTransaction)
    limit = position + STEP_MAX_BYTES
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.transactional_id = str(buffer[position:end], "utf-8", "as-java")
    position = end
    self.producer_id, self.producer_epoch, self.verify_only, length = _unpack_qhtB(buffer, position)
    position += 12
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 3 * (length - 1) > len(buffer) - position:
        refuse_count()
    if length - 1 > COLLECTION_MAX_COUNT:
        refuse_large_count(length - 1)
    topics_ = self.topics = []
    for _ in range(length - 1):
        if position > limit:
            yield
            limit = position + STEP_MAX_BYTES
        topics_item, position = yield from _read_add_partitions_to_txn_topic_steps(buffer, position, version)
        topics_.append(topics_item)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = yield from read_tagged_fields_steps(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_add_partitions_to_txn_request_steps(
    buffer: Buffer, position: int, version: int
) -> Generator[None, None, tuple[AddPartitionsToTxnRequest, int]]:
    self = new(AddPartitionsToTxnRequest)
    limit = position + STEP_MAX_BYTES
    if version >= 3:
        if version >= 4:
            length = buffer[position]
            position += 1
            if not 0 < length < 128:
                length, position = read_compact_length(buffer, position - 1)
            if 14 * (length - 1) > len(buffer) - position:
                refuse_count()
            if length - 1 > COLLECTION_MAX_COUNT:
                refuse_large_count(length - 1)
            transactions_ = self.transactions = []
            for _ in range(length - 1):
                if position > limit:
                    yield
                    limit = position + STEP_MAX_BYTES
                transactions_item, position = yield from _read_add_partitions_to_txn_transaction_steps(
                    buffer, position, version
                )
                transactions_.append(transactions_item)
        else:
            self.transactions = []
        if version <= 3:
            length = buffer[position]
            position += 1
            if not 0 < length < 128:
                length, position = read_text_length(buffer, position - 1)
            end = position + length - 1
            self.v3_and_below_transactional_id = str(buffer[position:end], "utf-8", "as-java")
            position = end
            self.v3_and_below_producer_id, self.v3_and_below_producer_epoch, length = _unpack_qhB(buffer, position)
            position += 11
            if not 0 < length < 128:
                length, position = read_compact_length(buffer, position - 1)
            if 3 * (length - 1) > len(buffer) - position:
                refuse_count()
            if length - 1 > COLLECTION_MAX_COUNT:
                refuse_large_count(length - 1)
            v3_and_below_topics_ = self.v3_and_below_topics = []
            for _ in range(length - 1):
                if position > limit:
                    yield
                    limit = position + STEP_MAX_BYTES
                v3_and_below_topics_item, position = yield from _read_add_partitions_to_txn_topic_steps(
                    buffer, position, version
                )
                v3_and_below_topics_.append(v3_and_below_topics_item)
        else:
            self.v3_and_below_transactional_id = ""
            self.v3_and_below_producer_id = 0
            self.v3_and_below_producer_epoch = 0
            self.v3_and_below_topics = []
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = yield from read_tagged_fields_steps(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        self.transactions = []
        (length,) = _unpack_h(buffer, position)
        position += 2
        if length < 0:
            refuse_null()
        end = position + length
        self.v3_and_below_transactional_id = str(buffer[position:end], "utf-8", "as-java")
        position = end
        self.v3_and_below_producer_id, self.v3_and_below_producer_epoch, length = _unpack_qhi(buffer, position)
        position += 14
        if length < 0:
            refuse_null()
        if 6 * length > len(buffer) - position:
            refuse_count()
        if length > COLLECTION_MAX_COUNT:
            refuse_large_count(length)
        v3_and_below_topics_ = self.v3_and_below_topics = []
        for _ in range(length):
            if position > limit:
                yield
                limit = position + STEP_MAX_BYTES
            v3_and_below_topics_item, position = yield from _read_add_partitions_to_txn_topic_steps(
                buffer, position, version
            )
            v3_and_below_topics_.append(v3_and_below_topics_item)
        self.unknown_tagged_fields = None
    return self, position


def read_steps(
    buffer: memoryview, position: int, version: int
) -> Generator[None, None, tuple[AddPartitionsToTxnRequest, int]]:
    """Read as `read` of the class does, and yield on the way. Errors: ProtocolViolation."""
    try:
        message, position = yield from _read_add_partitions_to_txn_request_steps(buffer, position, version)
    except READ_ERRORS as error:
        refuse_truncated("AddPartitionsToTxnRequest", error)
    if position > len(buffer):
        refuse_truncated("AddPartitionsToTxnRequest")
    return message, position
