# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's AlterPartitionReassignmentsResponse, written in slices."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.limits import STEP_MAX_BYTES
from kafkalite.protocol.messages.alter_partition_reassignments_response import (
    AlterPartitionReassignmentsResponse,
    ReassignableTopicResponse,
)
from kafkalite.protocol.primitives import write_tagged_fields, write_uvarint

if TYPE_CHECKING:
    from collections.abc import Generator


_pack_t = Struct(">?").pack
_pack_h = Struct(">h").pack
_pack_i = Struct(">i").pack


def _write_reassignable_topic_response_steps(
    self: ReassignableTopicResponse, out: bytearray, version: int
) -> Generator[None, None, None]:
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
        partitions_item.write(out, version)
    if self.unknown_tagged_fields is None:
        out.append(0)
    else:
        write_tagged_fields(out, None, self.unknown_tagged_fields)


def _write_alter_partition_reassignments_response_steps(
    self: AlterPartitionReassignmentsResponse, out: bytearray, version: int
) -> Generator[None, None, None]:
    limit = len(out) + STEP_MAX_BYTES
    out += _pack_i(self.throttle_time_ms)
    if version >= 1:
        out += _pack_t(self.allow_replication_factor_change)
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
    length = len(self.responses) + 1
    if length < 128:
        out.append(length)
    else:
        write_uvarint(out, length)
    for responses_item in self.responses:
        if len(out) > limit:
            yield
            limit = len(out) + STEP_MAX_BYTES
        yield from _write_reassignable_topic_response_steps(responses_item, out, version)
    if self.unknown_tagged_fields is None:
        out.append(0)
    else:
        write_tagged_fields(out, None, self.unknown_tagged_fields)


def write_steps(
    message: AlterPartitionReassignmentsResponse, out: bytearray, version: int
) -> Generator[None, None, None]:
    """Append as `write` of the class does, and yield on the way. Errors: UnsupportedFieldError."""
    yield from _write_alter_partition_reassignments_response_steps(message, out, version)
