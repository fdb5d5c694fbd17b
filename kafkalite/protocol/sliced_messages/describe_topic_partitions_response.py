# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's DescribeTopicPartitionsResponse, written in slices."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.limits import STEP_MAX_BYTES
from kafkalite.protocol.messages.describe_topic_partitions_response import (
    DescribeTopicPartitionsResponse,
    DescribeTopicPartitionsResponseTopic,
)
from kafkalite.protocol.primitives import write_tagged_fields, write_uvarint

if TYPE_CHECKING:
    from collections.abc import Generator


_pack_16st = Struct(">16s?").pack
_pack_h = Struct(">h").pack
_pack_i = Struct(">i").pack


def _write_describe_topic_partitions_response_topic_steps(
    self: DescribeTopicPartitionsResponseTopic, out: bytearray, version: int
) -> Generator[None, None, None]:
    limit = len(out) + STEP_MAX_BYTES
    out += _pack_h(self.error_code)
    if self.name is None:
        out.append(0)
    else:
        data = self.name.encode()
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
    out += _pack_16st(self.topic_id, self.is_internal)
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
    out += _pack_i(self.topic_authorized_operations)
    if self.unknown_tagged_fields is None:
        out.append(0)
    else:
        write_tagged_fields(out, None, self.unknown_tagged_fields)


def _write_describe_topic_partitions_response_steps(
    self: DescribeTopicPartitionsResponse, out: bytearray, version: int
) -> Generator[None, None, None]:
    limit = len(out) + STEP_MAX_BYTES
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
        yield from _write_describe_topic_partitions_response_topic_steps(topics_item, out, version)
    if self.next_cursor is None:
        out.append(255)
    else:
        out.append(1)
        self.next_cursor.write(out, version)
    if self.unknown_tagged_fields is None:
        out.append(0)
    else:
        write_tagged_fields(out, None, self.unknown_tagged_fields)


def write_steps(message: DescribeTopicPartitionsResponse, out: bytearray, version: int) -> Generator[None, None, None]:
    """Append as `write` of the class does, and yield on the way. Errors: UnsupportedFieldError."""
    yield from _write_describe_topic_partitions_response_steps(message, out, version)
