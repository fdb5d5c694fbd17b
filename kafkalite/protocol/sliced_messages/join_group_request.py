# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's JoinGroupRequest, read in slices."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.limits import COLLECTION_MAX_COUNT, SHARED_ELEMENT_MAX_BYTES, STEP_MAX_BYTES
from kafkalite.protocol.messages.join_group_request import (
    JoinGroupRequest,
    JoinGroupRequestProtocol,
    _read_join_group_request_protocol,
)
from kafkalite.protocol.primitives import (
    READ_ERRORS,
    ManyTaggedFields,
    new,
    read_around_tags,
    read_compact_length,
    read_nullable_text_length,
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
_unpack_iiB = Struct(">iiB").unpack_from


def _read_join_group_request_steps(
    buffer: Buffer, position: int, version: int
) -> Generator[None, None, tuple[JoinGroupRequest, int]]:
    self = new(JoinGroupRequest)
    limit = position + STEP_MAX_BYTES
    known_protocols_: dict[bytes, JoinGroupRequestProtocol] = {}
    if version >= 6:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.group_id = str(buffer[position:end], "utf-8", "as-java")
        position = end
        self.session_timeout_ms, self.rebalance_timeout_ms, length = _unpack_iiB(buffer, position)
        position += 9
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.member_id = str(buffer[position:end], "utf-8", "as-java")
        position = end
        length = buffer[position]
        position += 1
        if length > 127:
            length, position = read_nullable_text_length(buffer, position - 1)
        if length == 0:
            self.group_instance_id = None
        else:
            end = position + length - 1
            self.group_instance_id = str(buffer[position:end], "utf-8", "as-java")
            position = end
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.protocol_type = str(buffer[position:end], "utf-8", "as-java")
        position = end
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 3 * (length - 1) > len(buffer) - position:
            refuse_count()
        if length - 1 > COLLECTION_MAX_COUNT:
            refuse_large_count(length - 1)
        protocols_ = self.protocols = []
        known_protocols_.clear()
        for _ in range(length - 1):
            if position > limit:
                yield
                limit = position + STEP_MAX_BYTES
            start = position
            try:
                protocols_item, position = _read_join_group_request_protocol(buffer, position, version)
            except ManyTaggedFields as many:
                protocols_item, position = yield from read_around_tags(
                    _read_join_group_request_protocol, many.position, buffer, position, version
                )
            if position - start <= SHARED_ELEMENT_MAX_BYTES:
                protocols_item = known_protocols_.setdefault(bytes(buffer[start:position]), protocols_item)
            protocols_.append(protocols_item)
        if version >= 8:
            length = buffer[position]
            position += 1
            if length > 127:
                length, position = read_nullable_text_length(buffer, position - 1)
            if length == 0:
                self.reason = None
            else:
                end = position + length - 1
                self.reason = str(buffer[position:end], "utf-8", "as-java")
                position = end
        else:
            self.reason = None
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
        (self.session_timeout_ms,) = _unpack_i(buffer, position)
        position += 4
        if version >= 1:
            (self.rebalance_timeout_ms,) = _unpack_i(buffer, position)
            position += 4
        else:
            self.rebalance_timeout_ms = -1
        (length,) = _unpack_h(buffer, position)
        position += 2
        if length < 0:
            refuse_null()
        end = position + length
        self.member_id = str(buffer[position:end], "utf-8", "as-java")
        position = end
        if version >= 5:
            (length,) = _unpack_h(buffer, position)
            position += 2
            if length < 0:
                self.group_instance_id = None
            else:
                end = position + length
                self.group_instance_id = str(buffer[position:end], "utf-8", "as-java")
                position = end
        else:
            self.group_instance_id = None
        (length,) = _unpack_h(buffer, position)
        position += 2
        if length < 0:
            refuse_null()
        end = position + length
        self.protocol_type = str(buffer[position:end], "utf-8", "as-java")
        position = end
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 6 * length > len(buffer) - position:
            refuse_count()
        if length > COLLECTION_MAX_COUNT:
            refuse_large_count(length)
        protocols_ = self.protocols = []
        for _ in range(length):
            if position > limit:
                yield
                limit = position + STEP_MAX_BYTES
            protocols_item, position = _read_join_group_request_protocol(buffer, position, version)
            protocols_.append(protocols_item)
        self.reason = None
        self.unknown_tagged_fields = None
    return self, position


def read_steps(buffer: memoryview, position: int, version: int) -> Generator[None, None, tuple[JoinGroupRequest, int]]:
    """Read as `read` of the class does, and yield on the way. Errors: ProtocolViolation."""
    try:
        message, position = yield from _read_join_group_request_steps(buffer, position, version)
    except READ_ERRORS as error:
        refuse_truncated("JoinGroupRequest", error)
    if position > len(buffer):
        refuse_truncated("JoinGroupRequest")
    return message, position
