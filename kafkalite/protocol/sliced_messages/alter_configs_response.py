# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's AlterConfigsResponse, written in slices."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.limits import STEP_MAX_BYTES
from kafkalite.protocol.messages.alter_configs_response import AlterConfigsResponse
from kafkalite.protocol.primitives import refuse_field, write_tagged_fields, write_uvarint

if TYPE_CHECKING:
    from collections.abc import Generator


_pack_i = Struct(">i").pack
_pack_ii = Struct(">ii").pack


def _write_alter_configs_response_steps(
    self: AlterConfigsResponse, out: bytearray, version: int
) -> Generator[None, None, None]:
    limit = len(out) + STEP_MAX_BYTES
    if version >= 2:
        out += _pack_i(self.throttle_time_ms)
        length = len(self.responses) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for responses_item in self.responses:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            responses_item.write(out, version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)
    else:
        out += _pack_ii(self.throttle_time_ms, len(self.responses))
        for responses_item in self.responses:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            responses_item.write(out, version)
        if self.unknown_tagged_fields:
            refuse_field("AlterConfigsResponse", "unknown_tagged_fields", version)


def write_steps(message: AlterConfigsResponse, out: bytearray, version: int) -> Generator[None, None, None]:
    """Append as `write` of the class does, and yield on the way. Errors: UnsupportedFieldError."""
    yield from _write_alter_configs_response_steps(message, out, version)
