# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's DescribeConfigsRequest, read in slices."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.limits import COLLECTION_MAX_COUNT, STEP_MAX_BYTES
from kafkalite.protocol.messages.describe_configs_request import DescribeConfigsRequest, DescribeConfigsResource
from kafkalite.protocol.primitives import (
    READ_ERRORS,
    new,
    read_compact_length,
    read_tagged_fields_steps,
    read_text_length,
    read_uvarint,
    refuse_count,
    refuse_large_count,
    refuse_null,
    refuse_truncated,
)

if TYPE_CHECKING:
    from collections.abc import Generator

    from kafkalite.protocol.primitives import Buffer

_unpack_ttB = Struct(">??B").unpack_from
_unpack_bB = Struct(">bB").unpack_from
_unpack_bh = Struct(">bh").unpack_from
_unpack_h = Struct(">h").unpack_from
_unpack_i = Struct(">i").unpack_from


def _read_describe_configs_resource_steps(
    buffer: Buffer, position: int, version: int
) -> Generator[None, None, tuple[DescribeConfigsResource, int]]:
    self = new(DescribeConfigsResource)
    limit = position + STEP_MAX_BYTES
    if version >= 4:
        self.resource_type, length = _unpack_bB(buffer, position)
        position += 2
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.resource_name = str(buffer[position:end], "utf-8", "as-java")
        position = end
        length = buffer[position]
        position += 1
        if length > 127:
            length, position = read_uvarint(buffer, position - 1)
        if length == 0:
            self.configuration_keys = None
        else:
            if length - 1 > len(buffer) - position:
                refuse_count()
            if length - 1 > COLLECTION_MAX_COUNT:
                refuse_large_count(length - 1)
            configuration_keys_ = self.configuration_keys = []
            for _ in range(length - 1):
                if position > limit:
                    yield
                    limit = position + STEP_MAX_BYTES
                length = buffer[position]
                position += 1
                if not 0 < length < 128:
                    length, position = read_text_length(buffer, position - 1)
                end = position + length - 1
                configuration_keys_.append(str(buffer[position:end], "utf-8", "as-java"))
                position = end
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = yield from read_tagged_fields_steps(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        self.resource_type, length = _unpack_bh(buffer, position)
        position += 3
        if length < 0:
            refuse_null()
        end = position + length
        self.resource_name = str(buffer[position:end], "utf-8", "as-java")
        position = end
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            self.configuration_keys = None
        else:
            if 2 * length > len(buffer) - position:
                refuse_count()
            if length > COLLECTION_MAX_COUNT:
                refuse_large_count(length)
            configuration_keys_ = self.configuration_keys = []
            for _ in range(length):
                if position > limit:
                    yield
                    limit = position + STEP_MAX_BYTES
                (length,) = _unpack_h(buffer, position)
                position += 2
                if length < 0:
                    refuse_null()
                end = position + length
                configuration_keys_.append(str(buffer[position:end], "utf-8", "as-java"))
                position = end
        self.unknown_tagged_fields = None
    return self, position


def _read_describe_configs_request_steps(
    buffer: Buffer, position: int, version: int
) -> Generator[None, None, tuple[DescribeConfigsRequest, int]]:
    self = new(DescribeConfigsRequest)
    limit = position + STEP_MAX_BYTES
    if version >= 4:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 4 * (length - 1) > len(buffer) - position:
            refuse_count()
        if length - 1 > COLLECTION_MAX_COUNT:
            refuse_large_count(length - 1)
        resources_ = self.resources = []
        for _ in range(length - 1):
            if position > limit:
                yield
                limit = position + STEP_MAX_BYTES
            resources_item, position = yield from _read_describe_configs_resource_steps(buffer, position, version)
            resources_.append(resources_item)
        self.include_synonyms, self.include_documentation, count = _unpack_ttB(buffer, position)
        position += 3
        if count:
            self.unknown_tagged_fields, position = yield from read_tagged_fields_steps(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 7 * length > len(buffer) - position:
            refuse_count()
        if length > COLLECTION_MAX_COUNT:
            refuse_large_count(length)
        resources_ = self.resources = []
        for _ in range(length):
            if position > limit:
                yield
                limit = position + STEP_MAX_BYTES
            resources_item, position = yield from _read_describe_configs_resource_steps(buffer, position, version)
            resources_.append(resources_item)
        if version >= 1:
            self.include_synonyms = buffer[position] != 0
            position += 1
        else:
            self.include_synonyms = False
        if version >= 3:
            self.include_documentation = buffer[position] != 0
            position += 1
        else:
            self.include_documentation = False
        self.unknown_tagged_fields = None
    return self, position


def read_steps(
    buffer: memoryview, position: int, version: int
) -> Generator[None, None, tuple[DescribeConfigsRequest, int]]:
    """Read as `read` of the class does, and yield on the way. Errors: ProtocolViolation."""
    try:
        message, position = yield from _read_describe_configs_request_steps(buffer, position, version)
    except READ_ERRORS as error:
        refuse_truncated("DescribeConfigsRequest", error)
    if position > len(buffer):
        refuse_truncated("DescribeConfigsRequest")
    return message, position
