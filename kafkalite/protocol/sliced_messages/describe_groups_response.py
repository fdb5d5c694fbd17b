# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's DescribeGroupsResponse, written in slices."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.limits import STEP_MAX_BYTES
from kafkalite.protocol.messages.describe_groups_response import DescribedGroup, DescribeGroupsResponse
from kafkalite.protocol.primitives import refuse_field, write_tagged_fields, write_uvarint

if TYPE_CHECKING:
    from collections.abc import Generator


_pack_h = Struct(">h").pack
_pack_i = Struct(">i").pack


def _write_described_group_steps(self: DescribedGroup, out: bytearray, version: int) -> Generator[None, None, None]:
    limit = len(out) + STEP_MAX_BYTES
    if version >= 5:
        out += _pack_h(self.error_code)
        if version >= 6:
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
        else:
            if self.error_message is not None:
                refuse_field("DescribedGroup", "error_message", version)
        data = self.group_id.encode()
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
        data = self.group_state.encode()
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
        data = self.protocol_type.encode()
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
        data = self.protocol_data.encode()
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
        length = len(self.members) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for members_item in self.members:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            members_item.write(out, version)
        out += _pack_i(self.authorized_operations)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)
    else:
        out += _pack_h(self.error_code)
        if self.error_message is not None:
            refuse_field("DescribedGroup", "error_message", version)
        data = self.group_id.encode()
        out += _pack_h(len(data))
        out += data
        data = self.group_state.encode()
        out += _pack_h(len(data))
        out += data
        data = self.protocol_type.encode()
        out += _pack_h(len(data))
        out += data
        data = self.protocol_data.encode()
        out += _pack_h(len(data))
        out += data
        out += _pack_i(len(self.members))
        for members_item in self.members:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            members_item.write(out, version)
        if version >= 3:
            out += _pack_i(self.authorized_operations)
        else:
            if self.authorized_operations != -2147483648:
                refuse_field("DescribedGroup", "authorized_operations", version)
        if self.unknown_tagged_fields:
            refuse_field("DescribedGroup", "unknown_tagged_fields", version)


def _write_describe_groups_response_steps(
    self: DescribeGroupsResponse, out: bytearray, version: int
) -> Generator[None, None, None]:
    limit = len(out) + STEP_MAX_BYTES
    if version >= 5:
        out += _pack_i(self.throttle_time_ms)
        length = len(self.groups) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for groups_item in self.groups:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            yield from _write_described_group_steps(groups_item, out, version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)
    else:
        if version >= 1:
            out += _pack_i(self.throttle_time_ms)
        out += _pack_i(len(self.groups))
        for groups_item in self.groups:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            yield from _write_described_group_steps(groups_item, out, version)
        if self.unknown_tagged_fields:
            refuse_field("DescribeGroupsResponse", "unknown_tagged_fields", version)


def write_steps(message: DescribeGroupsResponse, out: bytearray, version: int) -> Generator[None, None, None]:
    """Append as `write` of the class does, and yield on the way. Errors: UnsupportedFieldError."""
    yield from _write_describe_groups_response_steps(message, out, version)
