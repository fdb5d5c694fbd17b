# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's DescribeClientQuotasRequest, read in slices."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.limits import COLLECTION_MAX_COUNT, SHARED_ELEMENT_MAX_BYTES, STEP_MAX_BYTES
from kafkalite.protocol.messages.describe_client_quotas_request import (
    ComponentData,
    DescribeClientQuotasRequest,
    _read_component_data,
)
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

_unpack_tB = Struct(">?B").unpack_from
_unpack_i = Struct(">i").unpack_from


def _read_describe_client_quotas_request_steps(
    buffer: Buffer, position: int, version: int
) -> Generator[None, None, tuple[DescribeClientQuotasRequest, int]]:
    self = new(DescribeClientQuotasRequest)
    limit = position + STEP_MAX_BYTES
    known_components_: dict[bytes, ComponentData] = {}
    if version >= 1:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 4 * (length - 1) > len(buffer) - position:
            refuse_count()
        if length - 1 > COLLECTION_MAX_COUNT:
            refuse_large_count(length - 1)
        components_ = self.components = []
        known_components_.clear()
        for _ in range(length - 1):
            if position > limit:
                yield
                limit = position + STEP_MAX_BYTES
            start = position
            try:
                components_item, position = _read_component_data(buffer, position, version)
            except ManyTaggedFields as many:
                components_item, position = yield from read_around_tags(
                    _read_component_data, many.position, buffer, position, version
                )
            if position - start <= SHARED_ELEMENT_MAX_BYTES:
                components_item = known_components_.setdefault(bytes(buffer[start:position]), components_item)
            components_.append(components_item)
        self.strict, count = _unpack_tB(buffer, position)
        position += 2
        if count:
            self.unknown_tagged_fields, position = yield from read_tagged_fields_steps(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 5 * length > len(buffer) - position:
            refuse_count()
        if length > COLLECTION_MAX_COUNT:
            refuse_large_count(length)
        components_ = self.components = []
        for _ in range(length):
            if position > limit:
                yield
                limit = position + STEP_MAX_BYTES
            components_item, position = _read_component_data(buffer, position, version)
            components_.append(components_item)
        self.strict = buffer[position] != 0
        position += 1
        self.unknown_tagged_fields = None
    return self, position


def read_steps(
    buffer: memoryview, position: int, version: int
) -> Generator[None, None, tuple[DescribeClientQuotasRequest, int]]:
    """Read as `read` of the class does, and yield on the way. Errors: ProtocolViolation."""
    try:
        message, position = yield from _read_describe_client_quotas_request_steps(buffer, position, version)
    except READ_ERRORS as error:
        refuse_truncated("DescribeClientQuotasRequest", error)
    if position > len(buffer):
        refuse_truncated("DescribeClientQuotasRequest")
    return message, position
