# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's ListOffsetsResponse, written in slices."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.limits import STEP_MAX_BYTES
from kafkalite.protocol.messages.list_offsets_response import ListOffsetsResponse, ListOffsetsTopicResponse
from kafkalite.protocol.primitives import refuse_field, write_tagged_fields, write_uvarint

if TYPE_CHECKING:
    from collections.abc import Generator


_pack_h = Struct(">h").pack
_pack_i = Struct(">i").pack


def _write_list_offsets_topic_response_steps(
    self: ListOffsetsTopicResponse, out: bytearray, version: int
) -> Generator[None, None, None]:
    limit = len(out) + STEP_MAX_BYTES
    if version >= 6:
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
            refuse_field("ListOffsetsTopicResponse", "unknown_tagged_fields", version)


def _write_list_offsets_response_steps(
    self: ListOffsetsResponse, out: bytearray, version: int
) -> Generator[None, None, None]:
    limit = len(out) + STEP_MAX_BYTES
    if version >= 6:
        out += _pack_i(self.throttle_time_ms)
        length = len(self.topics) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for topics_item in self.topics:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            yield from _write_list_offsets_topic_response_steps(topics_item, out, version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)
    else:
        if version >= 2:
            out += _pack_i(self.throttle_time_ms)
        out += _pack_i(len(self.topics))
        for topics_item in self.topics:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            yield from _write_list_offsets_topic_response_steps(topics_item, out, version)
        if self.unknown_tagged_fields:
            refuse_field("ListOffsetsResponse", "unknown_tagged_fields", version)


def write_steps(message: ListOffsetsResponse, out: bytearray, version: int) -> Generator[None, None, None]:
    """Append as `write` of the class does, and yield on the way. Errors: UnsupportedFieldError."""
    yield from _write_list_offsets_response_steps(message, out, version)
