# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's FindCoordinatorRequest, read in slices."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.limits import COLLECTION_MAX_COUNT, STEP_MAX_BYTES
from kafkalite.protocol.messages.find_coordinator_request import FindCoordinatorRequest
from kafkalite.protocol.primitives import (
    READ_ERRORS,
    new,
    read_compact_length,
    read_tagged_fields_steps,
    read_text_length,
    refuse_count,
    refuse_large_count,
    refuse_null,
    refuse_truncated,
)

if TYPE_CHECKING:
    from collections.abc import Generator

    from kafkalite.protocol.primitives import Buffer

_unpack_b = Struct(">b").unpack_from
_unpack_h = Struct(">h").unpack_from


def _read_find_coordinator_request_steps(
    buffer: Buffer, position: int, version: int
) -> Generator[None, None, tuple[FindCoordinatorRequest, int]]:
    self = new(FindCoordinatorRequest)
    limit = position + STEP_MAX_BYTES
    if version >= 3:
        if version <= 3:
            length = buffer[position]
            position += 1
            if not 0 < length < 128:
                length, position = read_text_length(buffer, position - 1)
            end = position + length - 1
            self.key = str(buffer[position:end], "utf-8", "as-java")
            position = end
        else:
            self.key = ""
        (self.key_type,) = _unpack_b(buffer, position)
        position += 1
        if version >= 4:
            length = buffer[position]
            position += 1
            if not 0 < length < 128:
                length, position = read_compact_length(buffer, position - 1)
            if length - 1 > len(buffer) - position:
                refuse_count()
            if length - 1 > COLLECTION_MAX_COUNT:
                refuse_large_count(length - 1)
            coordinator_keys_ = self.coordinator_keys = []
            for _ in range(length - 1):
                if position > limit:
                    yield
                    limit = position + STEP_MAX_BYTES
                length = buffer[position]
                position += 1
                if not 0 < length < 128:
                    length, position = read_text_length(buffer, position - 1)
                end = position + length - 1
                coordinator_keys_.append(str(buffer[position:end], "utf-8", "as-java"))
                position = end
        else:
            self.coordinator_keys = []
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = yield from read_tagged_fields_steps(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        (length,) = _unpack_h(buffer, position)
        position += 2
        if length < 0:
            refuse_null()
        end = position + length
        self.key = str(buffer[position:end], "utf-8", "as-java")
        position = end
        if version >= 1:
            (self.key_type,) = _unpack_b(buffer, position)
            position += 1
        else:
            self.key_type = 0
        self.coordinator_keys = []
        self.unknown_tagged_fields = None
    return self, position


def read_steps(
    buffer: memoryview, position: int, version: int
) -> Generator[None, None, tuple[FindCoordinatorRequest, int]]:
    """Read as `read` of the class does, and yield on the way. Errors: ProtocolViolation."""
    try:
        message, position = yield from _read_find_coordinator_request_steps(buffer, position, version)
    except READ_ERRORS as error:
        refuse_truncated("FindCoordinatorRequest", error)
    if position > len(buffer):
        refuse_truncated("FindCoordinatorRequest")
    return message, position
