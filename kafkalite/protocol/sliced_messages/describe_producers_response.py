# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's DescribeProducersResponse, written in slices."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.limits import STEP_MAX_BYTES
from kafkalite.protocol.messages.describe_producers_response import (
    DescribeProducersResponse,
    PartitionResponse,
    TopicResponse,
)
from kafkalite.protocol.primitives import write_tagged_fields, write_uvarint

if TYPE_CHECKING:
    from collections.abc import Generator


_pack_i = Struct(">i").pack
_pack_ih = Struct(">ih").pack


def _write_partition_response_steps(
    self: PartitionResponse, out: bytearray, version: int
) -> Generator[None, None, None]:
    limit = len(out) + STEP_MAX_BYTES
    out += _pack_ih(self.partition_index, self.error_code)
    if self.error_message is None:
        out.append(0)
    else:
        data = self.error_message.encode()
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
    length = len(self.active_producers) + 1
    if length < 128:
        out.append(length)
    else:
        write_uvarint(out, length)
    for active_producers_item in self.active_producers:
        if len(out) > limit:
            yield
            limit = len(out) + STEP_MAX_BYTES
        active_producers_item.write(out, version)
    if self.unknown_tagged_fields is None:
        out.append(0)
    else:
        write_tagged_fields(out, None, self.unknown_tagged_fields)


def _write_topic_response_steps(self: TopicResponse, out: bytearray, version: int) -> Generator[None, None, None]:
    limit = len(out) + STEP_MAX_BYTES
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
        yield from _write_partition_response_steps(partitions_item, out, version)
    if self.unknown_tagged_fields is None:
        out.append(0)
    else:
        write_tagged_fields(out, None, self.unknown_tagged_fields)


def _write_describe_producers_response_steps(
    self: DescribeProducersResponse, out: bytearray, version: int
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
        yield from _write_topic_response_steps(topics_item, out, version)
    if self.unknown_tagged_fields is None:
        out.append(0)
    else:
        write_tagged_fields(out, None, self.unknown_tagged_fields)


def write_steps(message: DescribeProducersResponse, out: bytearray, version: int) -> Generator[None, None, None]:
    """Append as `write` of the class does, and yield on the way. Errors: UnsupportedFieldError."""
    yield from _write_describe_producers_response_steps(message, out, version)
