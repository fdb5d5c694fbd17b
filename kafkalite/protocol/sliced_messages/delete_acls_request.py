# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's DeleteAclsRequest, read in slices."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.limits import COLLECTION_MAX_COUNT, STEP_MAX_BYTES
from kafkalite.protocol.messages.delete_acls_request import DeleteAclsRequest, _read_delete_acls_filter
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


def _read_delete_acls_request_steps(
    buffer: Buffer, position: int, version: int
) -> Generator[None, None, tuple[DeleteAclsRequest, int]]:
    self = new(DeleteAclsRequest)
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
        filters_ = self.filters = []
        for _ in range(length - 1):
            if position > limit:
                yield
                limit = position + STEP_MAX_BYTES
            try:
                filters_item, position = _read_delete_acls_filter(buffer, position, version)
            except ManyTaggedFields as many:
                filters_item, position = yield from read_around_tags(
                    _read_delete_acls_filter, many.position, buffer, position, version
                )
            filters_.append(filters_item)
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
        filters_ = self.filters = []
        for _ in range(length):
            if position > limit:
                yield
                limit = position + STEP_MAX_BYTES
            filters_item, position = _read_delete_acls_filter(buffer, position, version)
            filters_.append(filters_item)
        self.unknown_tagged_fields = None
    return self, position


def read_steps(buffer: memoryview, position: int, version: int) -> Generator[None, None, tuple[DeleteAclsRequest, int]]:
    """Read as `read` of the class does, and yield on the way. Errors: ProtocolViolation."""
    try:
        message, position = yield from _read_delete_acls_request_steps(buffer, position, version)
    except READ_ERRORS as error:
        refuse_truncated("DeleteAclsRequest", error)
    if position > len(buffer):
        refuse_truncated("DeleteAclsRequest")
    return message, position
