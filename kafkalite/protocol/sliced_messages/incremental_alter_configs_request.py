# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's IncrementalAlterConfigsRequest, read in slices."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.limits import COLLECTION_MAX_COUNT, SHARED_ELEMENT_MAX_BYTES, STEP_MAX_BYTES
from kafkalite.protocol.messages.incremental_alter_configs_request import (
    AlterableConfig,
    AlterConfigsResource,
    IncrementalAlterConfigsRequest,
    _read_alterable_config,
)
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

_unpack_tB = Struct(">?B").unpack_from
_unpack_bB = Struct(">bB").unpack_from
_unpack_bh = Struct(">bh").unpack_from
_unpack_i = Struct(">i").unpack_from


def _read_alter_configs_resource_steps(
    buffer: Buffer, position: int, version: int
) -> Generator[None, None, tuple[AlterConfigsResource, int]]:
    self = new(AlterConfigsResource)
    limit = position + STEP_MAX_BYTES
    known_configs_: dict[bytes, AlterableConfig] = {}
    if version >= 1:
        self.resource_type, length = _unpack_bB(buffer, position)
        position += 2
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.resource_name = str(buffer[position:end], "utf-8", "as-java")
        position = end
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 4 * (length - 1) > len(buffer) - position:
            refuse_count()
        if length - 1 > COLLECTION_MAX_COUNT:
            refuse_large_count(length - 1)
        configs_ = self.configs = []
        known_configs_.clear()
        for _ in range(length - 1):
            if position > limit:
                yield
                limit = position + STEP_MAX_BYTES
            start = position
            try:
                configs_item, position = _read_alterable_config(buffer, position, version)
            except ManyTaggedFields as many:
                configs_item, position = yield from read_around_tags(
                    _read_alterable_config, many.position, buffer, position, version
                )
            if position - start <= SHARED_ELEMENT_MAX_BYTES:
                configs_item = known_configs_.setdefault(bytes(buffer[start:position]), configs_item)
            configs_.append(configs_item)
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
            refuse_null()
        if 5 * length > len(buffer) - position:
            refuse_count()
        if length > COLLECTION_MAX_COUNT:
            refuse_large_count(length)
        configs_ = self.configs = []
        for _ in range(length):
            if position > limit:
                yield
                limit = position + STEP_MAX_BYTES
            configs_item, position = _read_alterable_config(buffer, position, version)
            configs_.append(configs_item)
        self.unknown_tagged_fields = None
    return self, position


def _read_incremental_alter_configs_request_steps(
    buffer: Buffer, position: int, version: int
) -> Generator[None, None, tuple[IncrementalAlterConfigsRequest, int]]:
    self = new(IncrementalAlterConfigsRequest)
    limit = position + STEP_MAX_BYTES
    if version >= 1:
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
            resources_item, position = yield from _read_alter_configs_resource_steps(buffer, position, version)
            resources_.append(resources_item)
        self.validate_only, count = _unpack_tB(buffer, position)
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
        if 7 * length > len(buffer) - position:
            refuse_count()
        if length > COLLECTION_MAX_COUNT:
            refuse_large_count(length)
        resources_ = self.resources = []
        for _ in range(length):
            if position > limit:
                yield
                limit = position + STEP_MAX_BYTES
            resources_item, position = yield from _read_alter_configs_resource_steps(buffer, position, version)
            resources_.append(resources_item)
        self.validate_only = buffer[position] != 0
        position += 1
        self.unknown_tagged_fields = None
    return self, position


def read_steps(
    buffer: memoryview, position: int, version: int
) -> Generator[None, None, tuple[IncrementalAlterConfigsRequest, int]]:
    """Read as `read` of the class does, and yield on the way. Errors: ProtocolViolation."""
    try:
        message, position = yield from _read_incremental_alter_configs_request_steps(buffer, position, version)
    except READ_ERRORS as error:
        refuse_truncated("IncrementalAlterConfigsRequest", error)
    if position > len(buffer):
        refuse_truncated("IncrementalAlterConfigsRequest")
    return message, position
