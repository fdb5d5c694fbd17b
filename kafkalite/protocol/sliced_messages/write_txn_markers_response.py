# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's WriteTxnMarkersResponse, written in slices."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.limits import STEP_MAX_BYTES
from kafkalite.protocol.messages.write_txn_markers_response import (
    WritableTxnMarkerResult,
    WritableTxnMarkerTopicResult,
    WriteTxnMarkersResponse,
)
from kafkalite.protocol.primitives import refuse_field, write_tagged_fields, write_uvarint

if TYPE_CHECKING:
    from collections.abc import Generator


_pack_h = Struct(">h").pack
_pack_i = Struct(">i").pack
_pack_q = Struct(">q").pack
_pack_qi = Struct(">qi").pack


def _write_writable_txn_marker_topic_result_steps(
    self: WritableTxnMarkerTopicResult, out: bytearray, version: int
) -> Generator[None, None, None]:
    limit = len(out) + STEP_MAX_BYTES
    if version >= 1:
        data = self.name.encode()
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
        length = len(self.partitions) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for partitions_item in self.partitions:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            partitions_item.write(out, version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)
    else:
        data = self.name.encode()
        out += _pack_h(len(data))
        out += data
        out += _pack_i(len(self.partitions))
        for partitions_item in self.partitions:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            partitions_item.write(out, version)
        if self.unknown_tagged_fields:
            refuse_field("WritableTxnMarkerTopicResult", "unknown_tagged_fields", version)


def _write_writable_txn_marker_result_steps(
    self: WritableTxnMarkerResult, out: bytearray, version: int
) -> Generator[None, None, None]:
    limit = len(out) + STEP_MAX_BYTES
    if version >= 1:
        out += _pack_q(self.producer_id)
        length = len(self.topics) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for topics_item in self.topics:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            yield from _write_writable_txn_marker_topic_result_steps(topics_item, out, version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)
    else:
        out += _pack_qi(self.producer_id, len(self.topics))
        for topics_item in self.topics:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            yield from _write_writable_txn_marker_topic_result_steps(topics_item, out, version)
        if self.unknown_tagged_fields:
            refuse_field("WritableTxnMarkerResult", "unknown_tagged_fields", version)


def _write_write_txn_markers_response_steps(
    self: WriteTxnMarkersResponse, out: bytearray, version: int
) -> Generator[None, None, None]:
    limit = len(out) + STEP_MAX_BYTES
    if version >= 1:
        length = len(self.markers) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for markers_item in self.markers:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            yield from _write_writable_txn_marker_result_steps(markers_item, out, version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)
    else:
        out += _pack_i(len(self.markers))
        for markers_item in self.markers:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            yield from _write_writable_txn_marker_result_steps(markers_item, out, version)
        if self.unknown_tagged_fields:
            refuse_field("WriteTxnMarkersResponse", "unknown_tagged_fields", version)


def write_steps(message: WriteTxnMarkersResponse, out: bytearray, version: int) -> Generator[None, None, None]:
    """Append as `write` of the class does, and yield on the way. Errors: UnsupportedFieldError."""
    yield from _write_write_txn_markers_response_steps(message, out, version)
