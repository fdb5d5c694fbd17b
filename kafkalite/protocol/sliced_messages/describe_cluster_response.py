# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's DescribeClusterResponse, written in slices."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.limits import STEP_MAX_BYTES
from kafkalite.protocol.messages.describe_cluster_response import DescribeClusterResponse
from kafkalite.protocol.primitives import refuse_field, write_tagged_fields, write_uvarint

if TYPE_CHECKING:
    from collections.abc import Generator


_pack_b = Struct(">b").pack
_pack_i = Struct(">i").pack
_pack_ih = Struct(">ih").pack


def _write_describe_cluster_response_steps(
    self: DescribeClusterResponse, out: bytearray, version: int
) -> Generator[None, None, None]:
    limit = len(out) + STEP_MAX_BYTES
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
    if version >= 1:
        out += _pack_b(self.endpoint_type)
    else:
        if self.endpoint_type != 1:
            refuse_field("DescribeClusterResponse", "endpoint_type", version)
    data = self.cluster_id.encode()
    length = len(data) + 1
    if length < 128:
        out.append(length)
    else:
        write_uvarint(out, length)
    out += data
    out += _pack_i(self.controller_id)
    length = len(self.brokers) + 1
    if length < 128:
        out.append(length)
    else:
        write_uvarint(out, length)
    for brokers_item in self.brokers:
        if len(out) > limit:
            yield
            limit = len(out) + STEP_MAX_BYTES
        brokers_item.write(out, version)
    out += _pack_i(self.cluster_authorized_operations)
    if self.unknown_tagged_fields is None:
        out.append(0)
    else:
        write_tagged_fields(out, None, self.unknown_tagged_fields)


def write_steps(message: DescribeClusterResponse, out: bytearray, version: int) -> Generator[None, None, None]:
    """Append as `write` of the class does, and yield on the way. Errors: UnsupportedFieldError."""
    yield from _write_describe_cluster_response_steps(message, out, version)
