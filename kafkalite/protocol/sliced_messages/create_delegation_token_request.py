# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's CreateDelegationTokenRequest, read in slices."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.limits import COLLECTION_MAX_COUNT, SHARED_ELEMENT_MAX_BYTES, STEP_MAX_BYTES
from kafkalite.protocol.messages.create_delegation_token_request import (
    CreatableRenewers,
    CreateDelegationTokenRequest,
    _read_creatable_renewers,
)
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
    refuse_null,
    refuse_truncated,
)

if TYPE_CHECKING:
    from collections.abc import Generator

    from kafkalite.protocol.primitives import Buffer

_unpack_i = Struct(">i").unpack_from
_unpack_q = Struct(">q").unpack_from
_unpack_qB = Struct(">qB").unpack_from


def _read_create_delegation_token_request_steps(
    buffer: Buffer, position: int, version: int
) -> Generator[None, None, tuple[CreateDelegationTokenRequest, int]]:
    self = new(CreateDelegationTokenRequest)
    limit = position + STEP_MAX_BYTES
    known_renewers_: dict[bytes, CreatableRenewers] = {}
    if version >= 2:
        if version >= 3:
            length = buffer[position]
            position += 1
            if length > 127:
                length, position = read_nullable_text_length(buffer, position - 1)
            if length == 0:
                self.owner_principal_type = None
            else:
                end = position + length - 1
                self.owner_principal_type = str(buffer[position:end], "utf-8", "as-java")
                position = end
            length = buffer[position]
            position += 1
            if length > 127:
                length, position = read_nullable_text_length(buffer, position - 1)
            if length == 0:
                self.owner_principal_name = None
            else:
                end = position + length - 1
                self.owner_principal_name = str(buffer[position:end], "utf-8", "as-java")
                position = end
        else:
            self.owner_principal_type = ""
            self.owner_principal_name = ""
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 3 * (length - 1) > len(buffer) - position:
            refuse_count()
        if length - 1 > COLLECTION_MAX_COUNT:
            refuse_large_count(length - 1)
        renewers_ = self.renewers = []
        known_renewers_.clear()
        for _ in range(length - 1):
            if position > limit:
                yield
                limit = position + STEP_MAX_BYTES
            start = position
            try:
                renewers_item, position = _read_creatable_renewers(buffer, position, version)
            except ManyTaggedFields as many:
                renewers_item, position = yield from read_around_tags(
                    _read_creatable_renewers, many.position, buffer, position, version
                )
            if position - start <= SHARED_ELEMENT_MAX_BYTES:
                renewers_item = known_renewers_.setdefault(bytes(buffer[start:position]), renewers_item)
            renewers_.append(renewers_item)
        self.max_lifetime_ms, count = _unpack_qB(buffer, position)
        position += 9
        if count:
            self.unknown_tagged_fields, position = yield from read_tagged_fields_steps(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        self.owner_principal_type = ""
        self.owner_principal_name = ""
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 4 * length > len(buffer) - position:
            refuse_count()
        if length > COLLECTION_MAX_COUNT:
            refuse_large_count(length)
        renewers_ = self.renewers = []
        known_renewers_.clear()
        for _ in range(length):
            if position > limit:
                yield
                limit = position + STEP_MAX_BYTES
            start = position
            renewers_item, position = _read_creatable_renewers(buffer, position, version)
            if position - start <= SHARED_ELEMENT_MAX_BYTES:
                renewers_item = known_renewers_.setdefault(bytes(buffer[start:position]), renewers_item)
            renewers_.append(renewers_item)
        (self.max_lifetime_ms,) = _unpack_q(buffer, position)
        position += 8
        self.unknown_tagged_fields = None
    return self, position


def read_steps(
    buffer: memoryview, position: int, version: int
) -> Generator[None, None, tuple[CreateDelegationTokenRequest, int]]:
    """Read as `read` of the class does, and yield on the way. Errors: ProtocolViolation."""
    try:
        message, position = yield from _read_create_delegation_token_request_steps(buffer, position, version)
    except READ_ERRORS as error:
        refuse_truncated("CreateDelegationTokenRequest", error)
    if position > len(buffer):
        refuse_truncated("CreateDelegationTokenRequest")
    return message, position
