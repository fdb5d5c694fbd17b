# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's DescribeUserScramCredentialsRequest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.protocol.primitives import (
    READ_ERRORS,
    UNSET,
    Message,
    new,
    read_tagged_fields,
    read_text_length,
    read_uvarint,
    refuse_count,
    refuse_truncated,
    write_tagged_fields,
    write_uvarint,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields


class UserName(Message):
    """`UserName` of DescribeUserScramCredentialsRequest, versions 0."""

    __slots__ = (
        "name",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        name: str = "",
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.name = name
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        data = self.name.encode()
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class DescribeUserScramCredentialsRequest(Message):
    """Kafka's request 50 `DescribeUserScramCredentialsRequest`: versions 0, flexible from 0."""

    __slots__ = (
        "users",
        "unknown_tagged_fields",
    )

    API_KEY = 50
    NAME = "DescribeUserScramCredentialsRequest"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 0
    FIRST_FLEXIBLE_VERSION = 0

    def __init__(
        self,
        *,
        users: list[UserName] | None = UNSET,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.users: list[UserName] | None = [] if users is UNSET else users
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if self.users is None:
            out.append(0)
        else:
            length = len(self.users) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for users_item in self.users:
                users_item.write(out, version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[DescribeUserScramCredentialsRequest, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_describe_user_scram_credentials_request(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("DescribeUserScramCredentialsRequest", error)
        if position > len(buffer):
            refuse_truncated("DescribeUserScramCredentialsRequest")
        return message, position


def _read_user_name(buffer: Buffer, position: int, version: int) -> tuple[UserName, int]:
    self = new(UserName)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.name = str(buffer[position:end], "utf-8", "as-java")
    position = end
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_describe_user_scram_credentials_request(
    buffer: Buffer, position: int, version: int
) -> tuple[DescribeUserScramCredentialsRequest, int]:
    self = new(DescribeUserScramCredentialsRequest)
    length = buffer[position]
    position += 1
    if length > 127:
        length, position = read_uvarint(buffer, position - 1)
    if length == 0:
        self.users = None
    else:
        if 2 * (length - 1) > len(buffer) - position:
            refuse_count()
        users_ = self.users = []
        for _ in range(length - 1):
            users_item, position = _read_user_name(buffer, position, version)
            users_.append(users_item)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position
