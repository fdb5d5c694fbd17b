# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's AddRaftVoterRequest, read in slices."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.limits import COLLECTION_MAX_COUNT, STEP_MAX_BYTES
from kafkalite.protocol.messages.add_raft_voter_request import AddRaftVoterRequest, _read_listener
from kafkalite.protocol.primitives import (
    READ_ERRORS,
    ManyTaggedFields,
    new,
    read_around_tags,
    read_compact_length,
    read_nullable_text_length,
    read_tagged_fields_steps,
    refuse_count,
    refuse_large_count,
    refuse_truncated,
)

if TYPE_CHECKING:
    from collections.abc import Generator

    from kafkalite.protocol.primitives import Buffer

_unpack_ii16sB = Struct(">ii16sB").unpack_from


def _read_add_raft_voter_request_steps(
    buffer: Buffer, position: int, version: int
) -> Generator[None, None, tuple[AddRaftVoterRequest, int]]:
    self = new(AddRaftVoterRequest)
    limit = position + STEP_MAX_BYTES
    length = buffer[position]
    position += 1
    if length > 127:
        length, position = read_nullable_text_length(buffer, position - 1)
    if length == 0:
        self.cluster_id = None
    else:
        end = position + length - 1
        self.cluster_id = str(buffer[position:end], "utf-8", "as-java")
        position = end
    self.timeout_ms, self.voter_id, self.voter_directory_id, length = _unpack_ii16sB(buffer, position)
    position += 25
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 5 * (length - 1) > len(buffer) - position:
        refuse_count()
    if length - 1 > COLLECTION_MAX_COUNT:
        refuse_large_count(length - 1)
    listeners_ = self.listeners = []
    for _ in range(length - 1):
        if position > limit:
            yield
            limit = position + STEP_MAX_BYTES
        try:
            listeners_item, position = _read_listener(buffer, position, version)
        except ManyTaggedFields as many:
            listeners_item, position = yield from read_around_tags(
                _read_listener, many.position, buffer, position, version
            )
        listeners_.append(listeners_item)
    if version >= 1:
        self.ack_when_committed = buffer[position] != 0
        position += 1
    else:
        self.ack_when_committed = True
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = yield from read_tagged_fields_steps(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def read_steps(
    buffer: memoryview, position: int, version: int
) -> Generator[None, None, tuple[AddRaftVoterRequest, int]]:
    """Read as `read` of the class does, and yield on the way. Errors: ProtocolViolation."""
    try:
        message, position = yield from _read_add_raft_voter_request_steps(buffer, position, version)
    except READ_ERRORS as error:
        refuse_truncated("AddRaftVoterRequest", error)
    if position > len(buffer):
        refuse_truncated("AddRaftVoterRequest")
    return message, position
