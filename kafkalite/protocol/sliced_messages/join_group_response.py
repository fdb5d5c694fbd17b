# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's JoinGroupResponse, written in slices."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.limits import STEP_MAX_BYTES
from kafkalite.protocol.messages.join_group_response import JoinGroupResponse
from kafkalite.protocol.primitives import refuse_field, write_tagged_fields, write_uvarint

if TYPE_CHECKING:
    from collections.abc import Generator


_pack_t = Struct(">?").pack
_pack_h = Struct(">h").pack
_pack_hi = Struct(">hi").pack
_pack_i = Struct(">i").pack
_pack_ihi = Struct(">ihi").pack


def _write_join_group_response_steps(
    self: JoinGroupResponse, out: bytearray, version: int
) -> Generator[None, None, None]:
    limit = len(out) + STEP_MAX_BYTES
    if version >= 6:
        out += _pack_ihi(self.throttle_time_ms, self.error_code, self.generation_id)
        if version >= 7:
            if self.protocol_type is None:
                out.append(0)
            else:
                data = self.protocol_type.encode()
                length = len(data) + 1
                if length < 128:
                    out.append(length)
                else:
                    write_uvarint(out, length)
                out += data
        if self.protocol_name is None:
            if not (version >= 7):
                refuse_field("JoinGroupResponse", "protocol_name", version)
            out.append(0)
        else:
            data = self.protocol_name.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
        data = self.leader.encode()
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
        if version >= 9:
            out += _pack_t(self.skip_assignment)
        else:
            if self.skip_assignment:
                refuse_field("JoinGroupResponse", "skip_assignment", version)
        data = self.member_id.encode()
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
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)
    else:
        if version >= 2:
            out += _pack_i(self.throttle_time_ms)
        out += _pack_hi(self.error_code, self.generation_id)
        if self.protocol_name is None:
            refuse_field("JoinGroupResponse", "protocol_name", version)
        data = self.protocol_name.encode()
        out += _pack_h(len(data))
        out += data
        data = self.leader.encode()
        out += _pack_h(len(data))
        out += data
        if self.skip_assignment:
            refuse_field("JoinGroupResponse", "skip_assignment", version)
        data = self.member_id.encode()
        out += _pack_h(len(data))
        out += data
        out += _pack_i(len(self.members))
        for members_item in self.members:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            members_item.write(out, version)
        if self.unknown_tagged_fields:
            refuse_field("JoinGroupResponse", "unknown_tagged_fields", version)


def write_steps(message: JoinGroupResponse, out: bytearray, version: int) -> Generator[None, None, None]:
    """Append as `write` of the class does, and yield on the way. Errors: UnsupportedFieldError."""
    yield from _write_join_group_response_steps(message, out, version)
