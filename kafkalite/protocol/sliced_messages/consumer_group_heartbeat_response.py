# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's ConsumerGroupHeartbeatResponse, written in slices."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.limits import STEP_MAX_BYTES
from kafkalite.protocol.messages.consumer_group_heartbeat_response import Assignment, ConsumerGroupHeartbeatResponse
from kafkalite.protocol.primitives import write_tagged_fields, write_uvarint

if TYPE_CHECKING:
    from collections.abc import Generator


_pack_ih = Struct(">ih").pack
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


def _write_consumer_group_heartbeat_response_steps(
    self: ConsumerGroupHeartbeatResponse, out: bytearray, version: int
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
    if self.member_id is None:
        out.append(0)
    else:
        data = self.member_id.encode()
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
    out += _pack_ii(self.member_epoch, self.heartbeat_interval_ms)
    if self.assignment is None:
        out.append(255)
    else:
        out.append(1)
        yield from _write_assignment_steps(self.assignment, out, version)
    if self.unknown_tagged_fields is None:
        out.append(0)
    else:
        write_tagged_fields(out, None, self.unknown_tagged_fields)


def write_steps(message: ConsumerGroupHeartbeatResponse, out: bytearray, version: int) -> Generator[None, None, None]:
    """Append as `write` of the class does, and yield on the way. Errors: UnsupportedFieldError."""
    yield from _write_consumer_group_heartbeat_response_steps(message, out, version)
