# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's DescribeDelegationTokenRequest, read in slices."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.limits import COLLECTION_MAX_COUNT, SHARED_ELEMENT_MAX_BYTES, STEP_MAX_BYTES
from kafkalite.protocol.messages.describe_delegation_token_request import (
    DescribeDelegationTokenOwner,
    DescribeDelegationTokenRequest,
    _read_describe_delegation_token_owner,
)
from kafkalite.protocol.primitives import (
    READ_ERRORS,
    ManyTaggedFields,
    new,
    read_around_tags,
    read_tagged_fields_steps,
    read_uvarint,
    refuse_count,
    refuse_large_count,
    refuse_truncated,
)

if TYPE_CHECKING:
    from collections.abc import Generator

    from kafkalite.protocol.primitives import Buffer

_unpack_i = Struct(">i").unpack_from


def _read_describe_delegation_token_request_steps(
    buffer: Buffer, position: int, version: int
) -> Generator[None, None, tuple[DescribeDelegationTokenRequest, int]]:
    self = new(DescribeDelegationTokenRequest)
    limit = position + STEP_MAX_BYTES
    known_owners_: dict[bytes, DescribeDelegationTokenOwner] = {}
    if version >= 2:
        length = buffer[position]
        position += 1
        if length > 127:
            length, position = read_uvarint(buffer, position - 1)
        if length == 0:
            self.owners = None
        else:
            if 3 * (length - 1) > len(buffer) - position:
                refuse_count()
            if length - 1 > COLLECTION_MAX_COUNT:
                refuse_large_count(length - 1)
            owners_ = self.owners = []
            known_owners_.clear()
            for _ in range(length - 1):
                if position > limit:
                    yield
                    limit = position + STEP_MAX_BYTES
                start = position
                try:
                    owners_item, position = _read_describe_delegation_token_owner(buffer, position, version)
                except ManyTaggedFields as many:
                    owners_item, position = yield from read_around_tags(
                        _read_describe_delegation_token_owner, many.position, buffer, position, version
                    )
                if position - start <= SHARED_ELEMENT_MAX_BYTES:
                    owners_item = known_owners_.setdefault(bytes(buffer[start:position]), owners_item)
                owners_.append(owners_item)
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
            self.owners = None
        else:
            if 4 * length > len(buffer) - position:
                refuse_count()
            if length > COLLECTION_MAX_COUNT:
                refuse_large_count(length)
            owners_ = self.owners = []
            known_owners_.clear()
            for _ in range(length):
                if position > limit:
                    yield
                    limit = position + STEP_MAX_BYTES
                start = position
                owners_item, position = _read_describe_delegation_token_owner(buffer, position, version)
                if position - start <= SHARED_ELEMENT_MAX_BYTES:
                    owners_item = known_owners_.setdefault(bytes(buffer[start:position]), owners_item)
                owners_.append(owners_item)
        self.unknown_tagged_fields = None
    return self, position


def read_steps(
    buffer: memoryview, position: int, version: int
) -> Generator[None, None, tuple[DescribeDelegationTokenRequest, int]]:
    """Read as `read` of the class does, and yield on the way. Errors: ProtocolViolation."""
    try:
        message, position = yield from _read_describe_delegation_token_request_steps(buffer, position, version)
    except READ_ERRORS as error:
        refuse_truncated("DescribeDelegationTokenRequest", error)
    if position > len(buffer):
        refuse_truncated("DescribeDelegationTokenRequest")
    return message, position
