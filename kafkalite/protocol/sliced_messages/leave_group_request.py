# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's LeaveGroupRequest, read in slices."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.limits import COLLECTION_MAX_COUNT, SHARED_ELEMENT_MAX_BYTES, STEP_MAX_BYTES
from kafkalite.protocol.messages.leave_group_request import LeaveGroupRequest, MemberIdentity, _read_member_identity
from kafkalite.protocol.primitives import (
    READ_ERRORS,
    ManyTaggedFields,
    new,
    read_around_tags,
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

_unpack_h = Struct(">h").unpack_from
_unpack_i = Struct(">i").unpack_from


def _read_leave_group_request_steps(
    buffer: Buffer, position: int, version: int
) -> Generator[None, None, tuple[LeaveGroupRequest, int]]:
    self = new(LeaveGroupRequest)
    limit = position + STEP_MAX_BYTES
    known_members_: dict[bytes, MemberIdentity] = {}
    if version >= 4:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.group_id = str(buffer[position:end], "utf-8", "as-java")
        position = end
        self.member_id = ""
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 3 * (length - 1) > len(buffer) - position:
            refuse_count()
        if length - 1 > COLLECTION_MAX_COUNT:
            refuse_large_count(length - 1)
        members_ = self.members = []
        known_members_.clear()
        for _ in range(length - 1):
            if position > limit:
                yield
                limit = position + STEP_MAX_BYTES
            start = position
            try:
                members_item, position = _read_member_identity(buffer, position, version)
            except ManyTaggedFields as many:
                members_item, position = yield from read_around_tags(
                    _read_member_identity, many.position, buffer, position, version
                )
            if position - start <= SHARED_ELEMENT_MAX_BYTES:
                members_item = known_members_.setdefault(bytes(buffer[start:position]), members_item)
            members_.append(members_item)
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
        self.group_id = str(buffer[position:end], "utf-8", "as-java")
        position = end
        if version <= 2:
            (length,) = _unpack_h(buffer, position)
            position += 2
            if length < 0:
                refuse_null()
            end = position + length
            self.member_id = str(buffer[position:end], "utf-8", "as-java")
            position = end
        else:
            self.member_id = ""
        if version >= 3:
            (length,) = _unpack_i(buffer, position)
            position += 4
            if length < 0:
                refuse_null()
            if 4 * length > len(buffer) - position:
                refuse_count()
            if length > COLLECTION_MAX_COUNT:
                refuse_large_count(length)
            members_ = self.members = []
            known_members_.clear()
            for _ in range(length):
                if position > limit:
                    yield
                    limit = position + STEP_MAX_BYTES
                start = position
                members_item, position = _read_member_identity(buffer, position, version)
                if position - start <= SHARED_ELEMENT_MAX_BYTES:
                    members_item = known_members_.setdefault(bytes(buffer[start:position]), members_item)
                members_.append(members_item)
        else:
            self.members = []
        self.unknown_tagged_fields = None
    return self, position


def read_steps(buffer: memoryview, position: int, version: int) -> Generator[None, None, tuple[LeaveGroupRequest, int]]:
    """Read as `read` of the class does, and yield on the way. Errors: ProtocolViolation."""
    try:
        message, position = yield from _read_leave_group_request_steps(buffer, position, version)
    except READ_ERRORS as error:
        refuse_truncated("LeaveGroupRequest", error)
    if position > len(buffer):
        refuse_truncated("LeaveGroupRequest")
    return message, position
