# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's TxnOffsetCommitRequest, read in slices."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.limits import COLLECTION_MAX_COUNT, STEP_MAX_BYTES
from kafkalite.model.uuids import ZERO_UUID
from kafkalite.protocol.messages.txn_offset_commit_request import (
    TxnOffsetCommitRequest,
    TxnOffsetCommitRequestTopic,
    _read_txn_offset_commit_request_partition,
)
from kafkalite.protocol.primitives import (
    READ_ERRORS,
    ManyTaggedFields,
    new,
    read_around_tags,
    read_compact_length,
    read_nullable_text_length,
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

_unpack_16s = Struct(">16s").unpack_from
_unpack_h = Struct(">h").unpack_from
_unpack_i = Struct(">i").unpack_from
_unpack_qh = Struct(">qh").unpack_from
_unpack_qhiB = Struct(">qhiB").unpack_from


def _read_txn_offset_commit_request_topic_steps(
    buffer: Buffer, position: int, version: int
) -> Generator[None, None, tuple[TxnOffsetCommitRequestTopic, int]]:
    self = new(TxnOffsetCommitRequestTopic)
    limit = position + STEP_MAX_BYTES
    if version >= 3:
        if version <= 5:
            length = buffer[position]
            position += 1
            if not 0 < length < 128:
                length, position = read_text_length(buffer, position - 1)
            end = position + length - 1
            self.name = str(buffer[position:end], "utf-8", "as-java")
            position = end
        else:
            self.name = ""
        if version >= 6:
            (self.topic_id,) = _unpack_16s(buffer, position)
            position += 16
        else:
            self.topic_id = ZERO_UUID
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 18 * (length - 1) > len(buffer) - position:
            refuse_count()
        if length - 1 > COLLECTION_MAX_COUNT:
            refuse_large_count(length - 1)
        partitions_ = self.partitions = []
        for _ in range(length - 1):
            if position > limit:
                yield
                limit = position + STEP_MAX_BYTES
            try:
                partitions_item, position = _read_txn_offset_commit_request_partition(buffer, position, version)
            except ManyTaggedFields as many:
                partitions_item, position = yield from read_around_tags(
                    _read_txn_offset_commit_request_partition, many.position, buffer, position, version
                )
            partitions_.append(partitions_item)
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
        self.topic_id = ZERO_UUID
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 14 * length > len(buffer) - position:
            refuse_count()
        if length > COLLECTION_MAX_COUNT:
            refuse_large_count(length)
        partitions_ = self.partitions = []
        for _ in range(length):
            if position > limit:
                yield
                limit = position + STEP_MAX_BYTES
            partitions_item, position = _read_txn_offset_commit_request_partition(buffer, position, version)
            partitions_.append(partitions_item)
        self.unknown_tagged_fields = None
    return self, position


def _read_txn_offset_commit_request_steps(
    buffer: Buffer, position: int, version: int
) -> Generator[None, None, tuple[TxnOffsetCommitRequest, int]]:
    self = new(TxnOffsetCommitRequest)
    limit = position + STEP_MAX_BYTES
    if version >= 3:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.transactional_id = str(buffer[position:end], "utf-8", "as-java")
        position = end
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.group_id = str(buffer[position:end], "utf-8", "as-java")
        position = end
        self.producer_id, self.producer_epoch, self.generation_id_or_member_epoch, length = _unpack_qhiB(
            buffer, position
        )
        position += 15
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.member_id = str(buffer[position:end], "utf-8", "as-java")
        position = end
        length = buffer[position]
        position += 1
        if length > 127:
            length, position = read_nullable_text_length(buffer, position - 1)
        if length == 0:
            self.group_instance_id = None
        else:
            end = position + length - 1
            self.group_instance_id = str(buffer[position:end], "utf-8", "as-java")
            position = end
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 2 * (length - 1) > len(buffer) - position:
            refuse_count()
        if length - 1 > COLLECTION_MAX_COUNT:
            refuse_large_count(length - 1)
        topics_ = self.topics = []
        for _ in range(length - 1):
            if position > limit:
                yield
                limit = position + STEP_MAX_BYTES
            topics_item, position = yield from _read_txn_offset_commit_request_topic_steps(buffer, position, version)
            topics_.append(topics_item)
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
        self.transactional_id = str(buffer[position:end], "utf-8", "as-java")
        position = end
        (length,) = _unpack_h(buffer, position)
        position += 2
        if length < 0:
            refuse_null()
        end = position + length
        self.group_id = str(buffer[position:end], "utf-8", "as-java")
        position = end
        self.producer_id, self.producer_epoch = _unpack_qh(buffer, position)
        position += 10
        self.generation_id_or_member_epoch = -1
        self.member_id = ""
        self.group_instance_id = None
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 6 * length > len(buffer) - position:
            refuse_count()
        if length > COLLECTION_MAX_COUNT:
            refuse_large_count(length)
        topics_ = self.topics = []
        for _ in range(length):
            if position > limit:
                yield
                limit = position + STEP_MAX_BYTES
            topics_item, position = yield from _read_txn_offset_commit_request_topic_steps(buffer, position, version)
            topics_.append(topics_item)
        self.unknown_tagged_fields = None
    return self, position


def read_steps(
    buffer: memoryview, position: int, version: int
) -> Generator[None, None, tuple[TxnOffsetCommitRequest, int]]:
    """Read as `read` of the class does, and yield on the way. Errors: ProtocolViolation."""
    try:
        message, position = yield from _read_txn_offset_commit_request_steps(buffer, position, version)
    except READ_ERRORS as error:
        refuse_truncated("TxnOffsetCommitRequest", error)
    if position > len(buffer):
        refuse_truncated("TxnOffsetCommitRequest")
    return message, position
