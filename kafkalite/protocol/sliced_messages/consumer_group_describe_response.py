# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's ConsumerGroupDescribeResponse, written in slices."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.limits import STEP_MAX_BYTES
from kafkalite.protocol.messages.consumer_group_describe_response import (
    Assignment,
    ConsumerGroupDescribeResponse,
    DescribedGroup,
    Member,
)
from kafkalite.protocol.primitives import write_tagged_fields, write_uvarint

if TYPE_CHECKING:
    from collections.abc import Generator


_pack_b = Struct(">b").pack
_pack_h = Struct(">h").pack
_pack_i = Struct(">i").pack
_pack_ii = Struct(">ii").pack


def _write_assignment_steps(self: Assignment, out: bytearray, version: int) -> Generator[None, None, None]:
    limit = len(out) + STEP_MAX_BYTES
    length = len(self.topic_partitions) + 1
    if length < 128:
        out.append(length)
    else:
        write_uvarint(out, length)
    for topic_partitions_item in self.topic_partitions:
        if len(out) > limit:
            yield
            limit = len(out) + STEP_MAX_BYTES
        topic_partitions_item.write(out, version)
    if self.unknown_tagged_fields is None:
        out.append(0)
    else:
        write_tagged_fields(out, None, self.unknown_tagged_fields)


def _write_member_steps(self: Member, out: bytearray, version: int) -> Generator[None, None, None]:
    limit = len(out) + STEP_MAX_BYTES
    data = self.member_id.encode()
    length = len(data) + 1
    if length < 128:
        out.append(length)
    else:
        write_uvarint(out, length)
    out += data
    if self.instance_id is None:
        out.append(0)
    else:
        data = self.instance_id.encode()
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
    if self.rack_id is None:
        out.append(0)
    else:
        data = self.rack_id.encode()
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
    data = self.client_id.encode()
    out += _pack_i(self.member_epoch)
    length = len(data) + 1
    if length < 128:
        out.append(length)
    else:
        write_uvarint(out, length)
    out += data
    data = self.client_host.encode()
    length = len(data) + 1
    if length < 128:
        out.append(length)
    else:
        write_uvarint(out, length)
    out += data
    length = len(self.subscribed_topic_names) + 1
    if length < 128:
        out.append(length)
    else:
        write_uvarint(out, length)
    for subscribed_topic_names_item in self.subscribed_topic_names:
        if len(out) > limit:
            yield
            limit = len(out) + STEP_MAX_BYTES
        data = subscribed_topic_names_item.encode()
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
    if self.subscribed_topic_regex is None:
        out.append(0)
    else:
        data = self.subscribed_topic_regex.encode()
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
    yield from _write_assignment_steps(self.assignment, out, version)
    yield from _write_assignment_steps(self.target_assignment, out, version)
    if version >= 1:
        out += _pack_b(self.member_type)
    if self.unknown_tagged_fields is None:
        out.append(0)
    else:
        write_tagged_fields(out, None, self.unknown_tagged_fields)


def _write_described_group_steps(self: DescribedGroup, out: bytearray, version: int) -> Generator[None, None, None]:
    limit = len(out) + STEP_MAX_BYTES
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
    data = self.assignor_name.encode()
    out += _pack_ii(self.group_epoch, self.assignment_epoch)
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
        yield from _write_member_steps(members_item, out, version)
    out += _pack_i(self.authorized_operations)
    if self.unknown_tagged_fields is None:
        out.append(0)
    else:
        write_tagged_fields(out, None, self.unknown_tagged_fields)


def _write_consumer_group_describe_response_steps(
    self: ConsumerGroupDescribeResponse, out: bytearray, version: int
) -> Generator[None, None, None]:
    limit = len(out) + STEP_MAX_BYTES
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


def write_steps(message: ConsumerGroupDescribeResponse, out: bytearray, version: int) -> Generator[None, None, None]:
    """Append as `write` of the class does, and yield on the way. Errors: UnsupportedFieldError."""
    yield from _write_consumer_group_describe_response_steps(message, out, version)
