# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's CreateAclsRequest, read in slices."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.limits import COLLECTION_MAX_COUNT, STEP_MAX_BYTES
from kafkalite.protocol.messages.create_acls_request import CreateAclsRequest, _read_acl_creation
from kafkalite.protocol.primitives import (
    READ_ERRORS,
    ManyTaggedFields,
    new,
    read_around_tags,
    read_compact_length,
    read_tagged_fields_steps,
    refuse_count,
    refuse_large_count,
    refuse_null,
    refuse_truncated,
)

if TYPE_CHECKING:
    from collections.abc import Generator

    from kafkalite.protocol.primitives import Buffer

_unpack_i = Struct(">i").unpack_from


def _read_create_acls_request_steps(
    buffer: Buffer, position: int, version: int
) -> Generator[None, None, tuple[CreateAclsRequest, int]]:
    self = new(CreateAclsRequest)
    limit = position + STEP_MAX_BYTES
    if version >= 2:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 8 * (length - 1) > len(buffer) - position:
            refuse_count()
        if length - 1 > COLLECTION_MAX_COUNT:
            refuse_large_count(length - 1)
        creations_ = self.creations = []
        for _ in range(length - 1):
            if position > limit:
                yield
                limit = position + STEP_MAX_BYTES
            try:
                creations_item, position = _read_acl_creation(buffer, position, version)
            except ManyTaggedFields as many:
                creations_item, position = yield from read_around_tags(
                    _read_acl_creation, many.position, buffer, position, version
                )
            creations_.append(creations_item)
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = yield from read_tagged_fields_steps(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 9 * length > len(buffer) - position:
            refuse_count()
        if length > COLLECTION_MAX_COUNT:
            refuse_large_count(length)
        creations_ = self.creations = []
        for _ in range(length):
            if position > limit:
                yield
                limit = position + STEP_MAX_BYTES
            creations_item, position = _read_acl_creation(buffer, position, version)
            creations_.append(creations_item)
        self.unknown_tagged_fields = None
    return self, position


def read_steps(buffer: memoryview, position: int, version: int) -> Generator[None, None, tuple[CreateAclsRequest, int]]:
    """Read as `read` of the class does, and yield on the way. Errors: ProtocolViolation."""
    try:
        message, position = yield from _read_create_acls_request_steps(buffer, position, version)
    except READ_ERRORS as error:
        refuse_truncated("CreateAclsRequest", error)
    if position > len(buffer):
        refuse_truncated("CreateAclsRequest")
    return message, position
