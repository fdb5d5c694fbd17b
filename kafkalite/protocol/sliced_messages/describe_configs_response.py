# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's DescribeConfigsResponse, written in slices."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.limits import STEP_MAX_BYTES
from kafkalite.protocol.messages.describe_configs_response import (
    DescribeConfigsResourceResult,
    DescribeConfigsResponse,
    DescribeConfigsResult,
)
from kafkalite.protocol.primitives import refuse_field, write_tagged_fields, write_uvarint

if TYPE_CHECKING:
    from collections.abc import Generator


_pack_t = Struct(">?").pack
_pack_b = Struct(">b").pack
_pack_bt = Struct(">b?").pack
_pack_bh = Struct(">bh").pack
_pack_h = Struct(">h").pack
_pack_i = Struct(">i").pack
_pack_ii = Struct(">ii").pack


def _write_describe_configs_resource_result_steps(
    self: DescribeConfigsResourceResult, out: bytearray, version: int
) -> Generator[None, None, None]:
    limit = len(out) + STEP_MAX_BYTES
    if version >= 4:
        data = self.name.encode()
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
        if self.value is None:
            out.append(0)
        else:
            data = self.value.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
        out += _pack_t(self.read_only)
        if self.is_default:
            refuse_field("DescribeConfigsResourceResult", "is_default", version)
        out += _pack_bt(self.config_source, self.is_sensitive)
        length = len(self.synonyms) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for synonyms_item in self.synonyms:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            synonyms_item.write(out, version)
        out += _pack_b(self.config_type)
        if self.documentation is None:
            out.append(0)
        else:
            data = self.documentation.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)
    else:
        data = self.name.encode()
        out += _pack_h(len(data))
        out += data
        if self.value is None:
            out += b"\xff\xff"
        else:
            data = self.value.encode()
            out += _pack_h(len(data))
            out += data
        out += _pack_t(self.read_only)
        if version <= 0:
            out += _pack_t(self.is_default)
        else:
            if self.is_default:
                refuse_field("DescribeConfigsResourceResult", "is_default", version)
        if version >= 1:
            out += _pack_b(self.config_source)
        out += _pack_t(self.is_sensitive)
        if version >= 1:
            out += _pack_i(len(self.synonyms))
            for synonyms_item in self.synonyms:
                if len(out) > limit:
                    yield
                    limit = len(out) + STEP_MAX_BYTES
                synonyms_item.write(out, version)
        if version >= 3:
            out += _pack_b(self.config_type)
            if self.documentation is None:
                out += b"\xff\xff"
            else:
                data = self.documentation.encode()
                out += _pack_h(len(data))
                out += data
        if self.unknown_tagged_fields:
            refuse_field("DescribeConfigsResourceResult", "unknown_tagged_fields", version)


def _write_describe_configs_result_steps(
    self: DescribeConfigsResult, out: bytearray, version: int
) -> Generator[None, None, None]:
    limit = len(out) + STEP_MAX_BYTES
    if version >= 4:
        out += _pack_h(self.error_code)
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
        data = self.resource_name.encode()
        out += _pack_b(self.resource_type)
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
        length = len(self.configs) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for configs_item in self.configs:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            yield from _write_describe_configs_resource_result_steps(configs_item, out, version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)
    else:
        out += _pack_h(self.error_code)
        if self.error_message is None:
            out += b"\xff\xff"
        else:
            data = self.error_message.encode()
            out += _pack_h(len(data))
            out += data
        data = self.resource_name.encode()
        out += _pack_bh(self.resource_type, len(data))
        out += data
        out += _pack_i(len(self.configs))
        for configs_item in self.configs:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            yield from _write_describe_configs_resource_result_steps(configs_item, out, version)
        if self.unknown_tagged_fields:
            refuse_field("DescribeConfigsResult", "unknown_tagged_fields", version)


def _write_describe_configs_response_steps(
    self: DescribeConfigsResponse, out: bytearray, version: int
) -> Generator[None, None, None]:
    limit = len(out) + STEP_MAX_BYTES
    if version >= 4:
        out += _pack_i(self.throttle_time_ms)
        length = len(self.results) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for results_item in self.results:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            yield from _write_describe_configs_result_steps(results_item, out, version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)
    else:
        out += _pack_ii(self.throttle_time_ms, len(self.results))
        for results_item in self.results:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            yield from _write_describe_configs_result_steps(results_item, out, version)
        if self.unknown_tagged_fields:
            refuse_field("DescribeConfigsResponse", "unknown_tagged_fields", version)


def write_steps(message: DescribeConfigsResponse, out: bytearray, version: int) -> Generator[None, None, None]:
    """Append as `write` of the class does, and yield on the way. Errors: UnsupportedFieldError."""
    yield from _write_describe_configs_response_steps(message, out, version)
