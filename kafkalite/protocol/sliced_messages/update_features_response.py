# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's UpdateFeaturesResponse, written in slices."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.limits import STEP_MAX_BYTES
from kafkalite.protocol.messages.update_features_response import UpdateFeaturesResponse
from kafkalite.protocol.primitives import write_tagged_fields, write_uvarint

if TYPE_CHECKING:
    from collections.abc import Generator


_pack_ih = Struct(">ih").pack


def _write_update_features_response_steps(
    self: UpdateFeaturesResponse, out: bytearray, version: int
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
    if version <= 1:
        length = len(self.results) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for results_item in self.results:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            results_item.write(out, version)
    if self.unknown_tagged_fields is None:
        out.append(0)
    else:
        write_tagged_fields(out, None, self.unknown_tagged_fields)


def write_steps(message: UpdateFeaturesResponse, out: bytearray, version: int) -> Generator[None, None, None]:
    """Append as `write` of the class does, and yield on the way. Errors: UnsupportedFieldError."""
    yield from _write_update_features_response_steps(message, out, version)
