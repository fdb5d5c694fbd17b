# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's OffsetDeleteResponse, written in slices."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.limits import STEP_MAX_BYTES
from kafkalite.protocol.messages.offset_delete_response import OffsetDeleteResponse, OffsetDeleteResponseTopic

if TYPE_CHECKING:
    from collections.abc import Generator


_pack_h = Struct(">h").pack
_pack_hii = Struct(">hii").pack
_pack_i = Struct(">i").pack


def _write_offset_delete_response_topic_steps(
    self: OffsetDeleteResponseTopic, out: bytearray, version: int
) -> Generator[None, None, None]:
    limit = len(out) + STEP_MAX_BYTES
    data = self.name.encode()
    out += _pack_h(len(data))
    out += data
    out += _pack_i(len(self.partitions))
    for partitions_item in self.partitions:
        if len(out) > limit:
            yield
            limit = len(out) + STEP_MAX_BYTES
        partitions_item.write(out, version)


def _write_offset_delete_response_steps(
    self: OffsetDeleteResponse, out: bytearray, version: int
) -> Generator[None, None, None]:
    limit = len(out) + STEP_MAX_BYTES
    out += _pack_hii(self.error_code, self.throttle_time_ms, len(self.topics))
    for topics_item in self.topics:
        if len(out) > limit:
            yield
            limit = len(out) + STEP_MAX_BYTES
        yield from _write_offset_delete_response_topic_steps(topics_item, out, version)


def write_steps(message: OffsetDeleteResponse, out: bytearray, version: int) -> Generator[None, None, None]:
    """Append as `write` of the class does, and yield on the way. Errors: UnsupportedFieldError."""
    yield from _write_offset_delete_response_steps(message, out, version)
