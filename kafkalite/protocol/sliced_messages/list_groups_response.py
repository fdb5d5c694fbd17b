# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's ListGroupsResponse, written in slices."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.limits import STEP_MAX_BYTES
from kafkalite.protocol.messages.list_groups_response import ListGroupsResponse
from kafkalite.protocol.primitives import refuse_field, write_tagged_fields, write_uvarint

if TYPE_CHECKING:
    from collections.abc import Generator


_pack_hi = Struct(">hi").pack
_pack_i = Struct(">i").pack
_pack_ih = Struct(">ih").pack


def _write_list_groups_response_steps(
    self: ListGroupsResponse, out: bytearray, version: int
) -> Generator[None, None, None]:
    limit = len(out) + STEP_MAX_BYTES
    if version >= 3:
        out += _pack_ih(self.throttle_time_ms, self.error_code)
        length = len(self.groups) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for groups_item in self.groups:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            groups_item.write(out, version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)
    else:
        if version >= 1:
            out += _pack_i(self.throttle_time_ms)
        out += _pack_hi(self.error_code, len(self.groups))
        for groups_item in self.groups:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            groups_item.write(out, version)
        if self.unknown_tagged_fields:
            refuse_field("ListGroupsResponse", "unknown_tagged_fields", version)


def write_steps(message: ListGroupsResponse, out: bytearray, version: int) -> Generator[None, None, None]:
    """Append as `write` of the class does, and yield on the way. Errors: UnsupportedFieldError."""
    yield from _write_list_groups_response_steps(message, out, version)
