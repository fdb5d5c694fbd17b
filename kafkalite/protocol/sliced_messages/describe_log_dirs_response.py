# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's DescribeLogDirsResponse, written in slices."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.limits import STEP_MAX_BYTES
from kafkalite.protocol.messages.describe_log_dirs_response import (
    DescribeLogDirsResponse,
    DescribeLogDirsResult,
    DescribeLogDirsTopic,
)
from kafkalite.protocol.primitives import refuse_field, write_tagged_fields, write_uvarint

if TYPE_CHECKING:
    from collections.abc import Generator


_pack_t = Struct(">?").pack
_pack_h = Struct(">h").pack
_pack_hh = Struct(">hh").pack
_pack_i = Struct(">i").pack
_pack_qq = Struct(">qq").pack


def _write_describe_log_dirs_topic_steps(
    self: DescribeLogDirsTopic, out: bytearray, version: int
) -> Generator[None, None, None]:
    limit = len(out) + STEP_MAX_BYTES
    if version >= 2:
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
            refuse_field("DescribeLogDirsTopic", "unknown_tagged_fields", version)


def _write_describe_log_dirs_result_steps(
    self: DescribeLogDirsResult, out: bytearray, version: int
) -> Generator[None, None, None]:
    limit = len(out) + STEP_MAX_BYTES
    if version >= 2:
        data = self.log_dir.encode()
        out += _pack_h(self.error_code)
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
        length = len(self.topics) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for topics_item in self.topics:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            yield from _write_describe_log_dirs_topic_steps(topics_item, out, version)
        if version >= 4:
            out += _pack_qq(self.total_bytes, self.usable_bytes)
        if version >= 5:
            out += _pack_t(self.is_cordoned)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)
    else:
        data = self.log_dir.encode()
        out += _pack_hh(self.error_code, len(data))
        out += data
        out += _pack_i(len(self.topics))
        for topics_item in self.topics:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            yield from _write_describe_log_dirs_topic_steps(topics_item, out, version)
        if self.unknown_tagged_fields:
            refuse_field("DescribeLogDirsResult", "unknown_tagged_fields", version)


def _write_describe_log_dirs_response_steps(
    self: DescribeLogDirsResponse, out: bytearray, version: int
) -> Generator[None, None, None]:
    limit = len(out) + STEP_MAX_BYTES
    if version >= 2:
        out += _pack_i(self.throttle_time_ms)
        if version >= 3:
            out += _pack_h(self.error_code)
        length = len(self.results) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for results_item in self.results:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            yield from _write_describe_log_dirs_result_steps(results_item, out, version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)
    else:
        out += _pack_i(self.throttle_time_ms)
        out += _pack_i(len(self.results))
        for results_item in self.results:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            yield from _write_describe_log_dirs_result_steps(results_item, out, version)
        if self.unknown_tagged_fields:
            refuse_field("DescribeLogDirsResponse", "unknown_tagged_fields", version)


def write_steps(message: DescribeLogDirsResponse, out: bytearray, version: int) -> Generator[None, None, None]:
    """Append as `write` of the class does, and yield on the way. Errors: UnsupportedFieldError."""
    yield from _write_describe_log_dirs_response_steps(message, out, version)
