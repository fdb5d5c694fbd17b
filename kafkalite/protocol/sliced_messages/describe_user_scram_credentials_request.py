# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's DescribeUserScramCredentialsRequest, read in slices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.model.limits import COLLECTION_MAX_COUNT, SHARED_ELEMENT_MAX_BYTES, STEP_MAX_BYTES
from kafkalite.protocol.messages.describe_user_scram_credentials_request import (
    DescribeUserScramCredentialsRequest,
    UserName,
    _read_user_name,
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


def _read_describe_user_scram_credentials_request_steps(
    buffer: Buffer, position: int, version: int
) -> Generator[None, None, tuple[DescribeUserScramCredentialsRequest, int]]:
    self = new(DescribeUserScramCredentialsRequest)
    limit = position + STEP_MAX_BYTES
    known_users_: dict[bytes, UserName] = {}
    length = buffer[position]
    position += 1
    if length > 127:
        length, position = read_uvarint(buffer, position - 1)
    if length == 0:
        self.users = None
    else:
        if 2 * (length - 1) > len(buffer) - position:
            refuse_count()
        if length - 1 > COLLECTION_MAX_COUNT:
            refuse_large_count(length - 1)
        users_ = self.users = []
        known_users_.clear()
        for _ in range(length - 1):
            if position > limit:
                yield
                limit = position + STEP_MAX_BYTES
            start = position
            try:
                users_item, position = _read_user_name(buffer, position, version)
            except ManyTaggedFields as many:
                users_item, position = yield from read_around_tags(
                    _read_user_name, many.position, buffer, position, version
                )
            if position - start <= SHARED_ELEMENT_MAX_BYTES:
                users_item = known_users_.setdefault(bytes(buffer[start:position]), users_item)
            users_.append(users_item)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = yield from read_tagged_fields_steps(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def read_steps(
    buffer: memoryview, position: int, version: int
) -> Generator[None, None, tuple[DescribeUserScramCredentialsRequest, int]]:
    """Read as `read` of the class does, and yield on the way. Errors: ProtocolViolation."""
    try:
        message, position = yield from _read_describe_user_scram_credentials_request_steps(buffer, position, version)
    except READ_ERRORS as error:
        refuse_truncated("DescribeUserScramCredentialsRequest", error)
    if position > len(buffer):
        refuse_truncated("DescribeUserScramCredentialsRequest")
    return message, position
