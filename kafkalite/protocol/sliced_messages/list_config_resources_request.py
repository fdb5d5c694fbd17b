# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's ListConfigResourcesRequest, read in slices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.model.limits import STEP_MAX_BYTES
from kafkalite.protocol.messages.list_config_resources_request import ListConfigResourcesRequest
from kafkalite.protocol.primitives import (
    READ_ERRORS,
    new,
    read_compact_length,
    read_numbers_steps,
    read_tagged_fields_steps,
    refuse_truncated,
)

if TYPE_CHECKING:
    from collections.abc import Generator

    from kafkalite.protocol.primitives import Buffer


def _read_list_config_resources_request_steps(
    buffer: Buffer, position: int, version: int
) -> Generator[None, None, tuple[ListConfigResourcesRequest, int]]:
    self = new(ListConfigResourcesRequest)
    limit = position + STEP_MAX_BYTES
    if version >= 1:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        self.resource_types, position = yield from read_numbers_steps(buffer, position, length - 1, "b", 1)
    else:
        self.resource_types = []
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = yield from read_tagged_fields_steps(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def read_steps(
    buffer: memoryview, position: int, version: int
) -> Generator[None, None, tuple[ListConfigResourcesRequest, int]]:
    """Read as `read` of the class does, and yield on the way. Errors: ProtocolViolation."""
    try:
        message, position = yield from _read_list_config_resources_request_steps(buffer, position, version)
    except READ_ERRORS as error:
        refuse_truncated("ListConfigResourcesRequest", error)
    if position > len(buffer):
        refuse_truncated("ListConfigResourcesRequest")
    return message, position
