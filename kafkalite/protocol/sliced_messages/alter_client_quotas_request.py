# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's AlterClientQuotasRequest, read in slices."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.limits import COLLECTION_MAX_COUNT, SHARED_ELEMENT_MAX_BYTES, STEP_MAX_BYTES
from kafkalite.protocol.messages.alter_client_quotas_request import (
    AlterClientQuotasRequest,
    EntityData,
    EntryData,
    _read_entity_data,
    _read_op_data,
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


def _read_entry_data_steps(buffer: Buffer, position: int, version: int) -> Generator[None, None, tuple[EntryData, int]]:
    self = new(EntryData)
    limit = position + STEP_MAX_BYTES
    known_entity_: dict[bytes, EntityData] = {}
    if version >= 1:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 3 * (length - 1) > len(buffer) - position:
            refuse_count()
        if length - 1 > COLLECTION_MAX_COUNT:
            refuse_large_count(length - 1)
        entity_ = self.entity = []
        known_entity_.clear()
        for _ in range(length - 1):
            if position > limit:
                yield
                limit = position + STEP_MAX_BYTES
            start = position
            try:
                entity_item, position = _read_entity_data(buffer, position, version)
            except ManyTaggedFields as many:
                entity_item, position = yield from read_around_tags(
                    _read_entity_data, many.position, buffer, position, version
                )
            if position - start <= SHARED_ELEMENT_MAX_BYTES:
                entity_item = known_entity_.setdefault(bytes(buffer[start:position]), entity_item)
            entity_.append(entity_item)
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 11 * (length - 1) > len(buffer) - position:
            refuse_count()
        if length - 1 > COLLECTION_MAX_COUNT:
            refuse_large_count(length - 1)
        ops_ = self.ops = []
        for _ in range(length - 1):
            if position > limit:
                yield
                limit = position + STEP_MAX_BYTES
            try:
                ops_item, position = _read_op_data(buffer, position, version)
            except ManyTaggedFields as many:
                ops_item, position = yield from read_around_tags(
                    _read_op_data, many.position, buffer, position, version
                )
            ops_.append(ops_item)
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
        if 4 * length > len(buffer) - position:
            refuse_count()
        if length > COLLECTION_MAX_COUNT:
            refuse_large_count(length)
        entity_ = self.entity = []
        known_entity_.clear()
        for _ in range(length):
            if position > limit:
                yield
                limit = position + STEP_MAX_BYTES
            start = position
            entity_item, position = _read_entity_data(buffer, position, version)
            if position - start <= SHARED_ELEMENT_MAX_BYTES:
                entity_item = known_entity_.setdefault(bytes(buffer[start:position]), entity_item)
            entity_.append(entity_item)
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 11 * length > len(buffer) - position:
            refuse_count()
        if length > COLLECTION_MAX_COUNT:
            refuse_large_count(length)
        ops_ = self.ops = []
        for _ in range(length):
            if position > limit:
                yield
                limit = position + STEP_MAX_BYTES
            ops_item, position = _read_op_data(buffer, position, version)
            ops_.append(ops_item)
        self.unknown_tagged_fields = None
    return self, position


def _read_alter_client_quotas_request_steps(
    buffer: Buffer, position: int, version: int
) -> Generator[None, None, tuple[AlterClientQuotasRequest, int]]:
    self = new(AlterClientQuotasRequest)
    limit = position + STEP_MAX_BYTES
    if version >= 1:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 3 * (length - 1) > len(buffer) - position:
            refuse_count()
        if length - 1 > COLLECTION_MAX_COUNT:
            refuse_large_count(length - 1)
        entries_ = self.entries = []
        for _ in range(length - 1):
            if position > limit:
                yield
                limit = position + STEP_MAX_BYTES
            entries_item, position = yield from _read_entry_data_steps(buffer, position, version)
            entries_.append(entries_item)
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
        if 8 * length > len(buffer) - position:
            refuse_count()
        if length > COLLECTION_MAX_COUNT:
            refuse_large_count(length)
        entries_ = self.entries = []
        for _ in range(length):
            if position > limit:
                yield
                limit = position + STEP_MAX_BYTES
            entries_item, position = yield from _read_entry_data_steps(buffer, position, version)
            entries_.append(entries_item)
        self.validate_only = buffer[position] != 0
        position += 1
        self.unknown_tagged_fields = None
    return self, position


def read_steps(
    buffer: memoryview, position: int, version: int
) -> Generator[None, None, tuple[AlterClientQuotasRequest, int]]:
    """Read as `read` of the class does, and yield on the way. Errors: ProtocolViolation."""
    try:
        message, position = yield from _read_alter_client_quotas_request_steps(buffer, position, version)
    except READ_ERRORS as error:
        refuse_truncated("AlterClientQuotasRequest", error)
    if position > len(buffer):
        refuse_truncated("AlterClientQuotasRequest")
    return message, position
