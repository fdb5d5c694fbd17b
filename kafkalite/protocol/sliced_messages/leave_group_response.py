# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's LeaveGroupResponse, written in slices."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.limits import STEP_MAX_BYTES
from kafkalite.protocol.messages.leave_group_response import LeaveGroupResponse
from kafkalite.protocol.primitives import refuse_field, write_tagged_fields, write_uvarint

if TYPE_CHECKING:
    from collections.abc import Generator


_pack_h = Struct(">h").pack
_pack_i = Struct(">i").pack
_pack_ih = Struct(">ih").pack


def _write_leave_group_response_steps(
    self: LeaveGroupResponse, out: bytearray, version: int
) -> Generator[None, None, None]:
    limit = len(out) + STEP_MAX_BYTES
    if version >= 4:
        out += _pack_ih(self.throttle_time_ms, self.error_code)
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
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)
    else:
        if version >= 1:
            out += _pack_i(self.throttle_time_ms)
        out += _pack_h(self.error_code)
        if version >= 3:
            out += _pack_i(len(self.members))
            for members_item in self.members:
                if len(out) > limit:
                    yield
                    limit = len(out) + STEP_MAX_BYTES
                members_item.write(out, version)
        else:
            if self.members:
                refuse_field("LeaveGroupResponse", "members", version)
        if self.unknown_tagged_fields:
            refuse_field("LeaveGroupResponse", "unknown_tagged_fields", version)


def write_steps(message: LeaveGroupResponse, out: bytearray, version: int) -> Generator[None, None, None]:
    """Append as `write` of the class does, and yield on the way. Errors: UnsupportedFieldError."""
    yield from _write_leave_group_response_steps(message, out, version)
