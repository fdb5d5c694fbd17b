# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's WriteTxnMarkersRequest, read in slices."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.limits import COLLECTION_MAX_COUNT, STEP_MAX_BYTES
from kafkalite.protocol.messages.write_txn_markers_request import (
    WritableTxnMarker,
    WritableTxnMarkerTopic,
    WriteTxnMarkersRequest,
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

_unpack_b = Struct(">b").unpack_from
_unpack_h = Struct(">h").unpack_from
_unpack_i = Struct(">i").unpack_from
_unpack_qhtB = Struct(">qh?B").unpack_from
_unpack_qhti = Struct(">qh?i").unpack_from


def _read_writable_txn_marker_topic_steps(
    buffer: Buffer, position: int, version: int
) -> Generator[None, None, tuple[WritableTxnMarkerTopic, int]]:
    self = new(WritableTxnMarkerTopic)
    limit = position + STEP_MAX_BYTES
    if version >= 1:
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
        self.partition_indexes, position = yield from read_numbers_steps(buffer, position, length - 1, "i", 4)
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
        self.partition_indexes, position = yield from read_numbers_steps(buffer, position, length, "i", 4)
        self.unknown_tagged_fields = None
    return self, position


def _read_writable_txn_marker_steps(
    buffer: Buffer, position: int, version: int
) -> Generator[None, None, tuple[WritableTxnMarker, int]]:
    self = new(WritableTxnMarker)
    limit = position + STEP_MAX_BYTES
    if version >= 1:
        self.producer_id, self.producer_epoch, self.transaction_result, length = _unpack_qhtB(buffer, position)
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
            topics_item, position = yield from _read_writable_txn_marker_topic_steps(buffer, position, version)
            topics_.append(topics_item)
        (self.coordinator_epoch,) = _unpack_i(buffer, position)
        position += 4
        if version >= 2:
            (self.transaction_version,) = _unpack_b(buffer, position)
            position += 1
        else:
            self.transaction_version = 0
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = yield from read_tagged_fields_steps(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        self.producer_id, self.producer_epoch, self.transaction_result, length = _unpack_qhti(buffer, position)
        position += 15
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
            topics_item, position = yield from _read_writable_txn_marker_topic_steps(buffer, position, version)
            topics_.append(topics_item)
        (self.coordinator_epoch,) = _unpack_i(buffer, position)
        position += 4
        self.transaction_version = 0
        self.unknown_tagged_fields = None
    return self, position


def _read_write_txn_markers_request_steps(
    buffer: Buffer, position: int, version: int
) -> Generator[None, None, tuple[WriteTxnMarkersRequest, int]]:
    self = new(WriteTxnMarkersRequest)
    limit = position + STEP_MAX_BYTES
    if version >= 1:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 17 * (length - 1) > len(buffer) - position:
            refuse_count()
        if length - 1 > COLLECTION_MAX_COUNT:
            refuse_large_count(length - 1)
        markers_ = self.markers = []
        for _ in range(length - 1):
            if position > limit:
                yield
                limit = position + STEP_MAX_BYTES
            markers_item, position = yield from _read_writable_txn_marker_steps(buffer, position, version)
            markers_.append(markers_item)
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = yield from read_tagged_fields_steps(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 19 * length > len(buffer) - position:
            refuse_count()
        if length > COLLECTION_MAX_COUNT:
            refuse_large_count(length)
        markers_ = self.markers = []
        for _ in range(length):
            if position > limit:
                yield
                limit = position + STEP_MAX_BYTES
            markers_item, position = yield from _read_writable_txn_marker_steps(buffer, position, version)
            markers_.append(markers_item)
        self.unknown_tagged_fields = None
    return self, position


def read_steps(
    buffer: memoryview, position: int, version: int
) -> Generator[None, None, tuple[WriteTxnMarkersRequest, int]]:
    """Read as `read` of the class does, and yield on the way. Errors: ProtocolViolation."""
    try:
        message, position = yield from _read_write_txn_markers_request_steps(buffer, position, version)
    except READ_ERRORS as error:
        refuse_truncated("WriteTxnMarkersRequest", error)
    if position > len(buffer):
        refuse_truncated("WriteTxnMarkersRequest")
    return message, position
