# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's DescribeAclsResponse, written in slices."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.limits import STEP_MAX_BYTES
from kafkalite.protocol.messages.describe_acls_response import DescribeAclsResource, DescribeAclsResponse
from kafkalite.protocol.primitives import refuse_field, write_tagged_fields, write_uvarint

if TYPE_CHECKING:
    from collections.abc import Generator


_pack_b = Struct(">b").pack
_pack_bh = Struct(">bh").pack
_pack_h = Struct(">h").pack
_pack_i = Struct(">i").pack
_pack_ih = Struct(">ih").pack


def _write_describe_acls_resource_steps(
    self: DescribeAclsResource, out: bytearray, version: int
) -> Generator[None, None, None]:
    limit = len(out) + STEP_MAX_BYTES
    if version >= 2:
        data = self.resource_name.encode()
        out += _pack_b(self.resource_type)
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
        out += _pack_b(self.pattern_type)
        length = len(self.acls) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for acls_item in self.acls:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            acls_item.write(out, version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)
    else:
        data = self.resource_name.encode()
        out += _pack_bh(self.resource_type, len(data))
        out += data
        if version >= 1:
            out += _pack_b(self.pattern_type)
        else:
            if self.pattern_type != 3:
                refuse_field("DescribeAclsResource", "pattern_type", version)
        out += _pack_i(len(self.acls))
        for acls_item in self.acls:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            acls_item.write(out, version)
        if self.unknown_tagged_fields:
            refuse_field("DescribeAclsResource", "unknown_tagged_fields", version)


def _write_describe_acls_response_steps(
    self: DescribeAclsResponse, out: bytearray, version: int
) -> Generator[None, None, None]:
    limit = len(out) + STEP_MAX_BYTES
    if version >= 2:
        out += _pack_ih(self.throttle_time_ms, self.error_code)
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
        length = len(self.resources) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for resources_item in self.resources:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            yield from _write_describe_acls_resource_steps(resources_item, out, version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)
    else:
        out += _pack_ih(self.throttle_time_ms, self.error_code)
        if self.error_message is None:
            out += b"\xff\xff"
        else:
            data = self.error_message.encode()
            out += _pack_h(len(data))
            out += data
        out += _pack_i(len(self.resources))
        for resources_item in self.resources:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            yield from _write_describe_acls_resource_steps(resources_item, out, version)
        if self.unknown_tagged_fields:
            refuse_field("DescribeAclsResponse", "unknown_tagged_fields", version)


def write_steps(message: DescribeAclsResponse, out: bytearray, version: int) -> Generator[None, None, None]:
    """Append as `write` of the class does, and yield on the way. Errors: UnsupportedFieldError."""
    yield from _write_describe_acls_response_steps(message, out, version)
