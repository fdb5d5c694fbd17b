# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's AlterUserScramCredentialsRequest, read in slices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.model.limits import COLLECTION_MAX_COUNT, SHARED_ELEMENT_MAX_BYTES, STEP_MAX_BYTES
from kafkalite.protocol.messages.alter_user_scram_credentials_request import (
    AlterUserScramCredentialsRequest,
    ScramCredentialDeletion,
    _read_scram_credential_deletion,
    _read_scram_credential_upsertion,
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
    refuse_truncated,
)

if TYPE_CHECKING:
    from collections.abc import Generator

    from kafkalite.protocol.primitives import Buffer


def _read_alter_user_scram_credentials_request_steps(
    buffer: Buffer, position: int, version: int
) -> Generator[None, None, tuple[AlterUserScramCredentialsRequest, int]]:
    self = new(AlterUserScramCredentialsRequest)
    limit = position + STEP_MAX_BYTES
    known_deletions_: dict[bytes, ScramCredentialDeletion] = {}
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 3 * (length - 1) > len(buffer) - position:
        refuse_count()
    if length - 1 > COLLECTION_MAX_COUNT:
        refuse_large_count(length - 1)
    deletions_ = self.deletions = []
    known_deletions_.clear()
    for _ in range(length - 1):
        if position > limit:
            yield
            limit = position + STEP_MAX_BYTES
        start = position
        try:
            deletions_item, position = _read_scram_credential_deletion(buffer, position, version)
        except ManyTaggedFields as many:
            deletions_item, position = yield from read_around_tags(
                _read_scram_credential_deletion, many.position, buffer, position, version
            )
        if position - start <= SHARED_ELEMENT_MAX_BYTES:
            deletions_item = known_deletions_.setdefault(bytes(buffer[start:position]), deletions_item)
        deletions_.append(deletions_item)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 9 * (length - 1) > len(buffer) - position:
        refuse_count()
    if length - 1 > COLLECTION_MAX_COUNT:
        refuse_large_count(length - 1)
    upsertions_ = self.upsertions = []
    for _ in range(length - 1):
        if position > limit:
            yield
            limit = position + STEP_MAX_BYTES
        try:
            upsertions_item, position = _read_scram_credential_upsertion(buffer, position, version)
        except ManyTaggedFields as many:
            upsertions_item, position = yield from read_around_tags(
                _read_scram_credential_upsertion, many.position, buffer, position, version
            )
        upsertions_.append(upsertions_item)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = yield from read_tagged_fields_steps(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def read_steps(
    buffer: memoryview, position: int, version: int
) -> Generator[None, None, tuple[AlterUserScramCredentialsRequest, int]]:
    """Read as `read` of the class does, and yield on the way. Errors: ProtocolViolation."""
    try:
        message, position = yield from _read_alter_user_scram_credentials_request_steps(buffer, position, version)
    except READ_ERRORS as error:
        refuse_truncated("AlterUserScramCredentialsRequest", error)
    if position > len(buffer):
        refuse_truncated("AlterUserScramCredentialsRequest")
    return message, position
