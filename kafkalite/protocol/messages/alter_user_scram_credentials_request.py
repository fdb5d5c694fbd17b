# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's AlterUserScramCredentialsRequest."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.protocol.primitives import (
    READ_ERRORS,
    Message,
    new,
    read_compact_length,
    read_tagged_fields,
    read_text_length,
    refuse_count,
    refuse_truncated,
    write_tagged_fields,
    write_uvarint,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields

_pack_b = Struct(">b").pack
_unpack_bB = Struct(">bB").unpack_from
_pack_bi = Struct(">bi").pack
_unpack_biB = Struct(">biB").unpack_from


class ScramCredentialDeletion(Message):
    """`ScramCredentialDeletion` of AlterUserScramCredentialsRequest, versions 0."""

    __slots__ = (
        "name",
        "mechanism",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        name: str = "",
        mechanism: int = 0,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.name = name
        self.mechanism = mechanism
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
        out += _pack_b(self.mechanism)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class ScramCredentialUpsertion(Message):
    """`ScramCredentialUpsertion` of AlterUserScramCredentialsRequest, versions 0."""

    __slots__ = (
        "name",
        "mechanism",
        "iterations",
        "salt",
        "salted_password",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        name: str = "",
        mechanism: int = 0,
        iterations: int = 0,
        salt: bytes = b"",
        salted_password: bytes = b"",
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.name = name
        self.mechanism = mechanism
        self.iterations = iterations
        self.salt = salt
        self.salted_password = salted_password
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
        out += _pack_bi(self.mechanism, self.iterations)
        length = len(self.salt) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += self.salt
        length = len(self.salted_password) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += self.salted_password
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class AlterUserScramCredentialsRequest(Message):
    """Kafka's request 51 `AlterUserScramCredentialsRequest`: versions 0, flexible from 0."""

    __slots__ = (
        "deletions",
        "upsertions",
        "unknown_tagged_fields",
    )

    API_KEY = 51
    NAME = "AlterUserScramCredentialsRequest"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 0
    FIRST_FLEXIBLE_VERSION = 0

    def __init__(
        self,
        *,
        deletions: list[ScramCredentialDeletion] | None = None,
        upsertions: list[ScramCredentialUpsertion] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.deletions: list[ScramCredentialDeletion] = [] if deletions is None else deletions
        self.upsertions: list[ScramCredentialUpsertion] = [] if upsertions is None else upsertions
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        length = len(self.deletions) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for deletions_item in self.deletions:
            deletions_item.write(out, version)
        length = len(self.upsertions) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for upsertions_item in self.upsertions:
            upsertions_item.write(out, version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[AlterUserScramCredentialsRequest, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_alter_user_scram_credentials_request(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("AlterUserScramCredentialsRequest", error)
        if position > len(buffer):
            refuse_truncated("AlterUserScramCredentialsRequest")
        return message, position


def _read_scram_credential_deletion(buffer: Buffer, position: int, version: int) -> tuple[ScramCredentialDeletion, int]:
    self = new(ScramCredentialDeletion)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.name = str(buffer[position:end], "utf-8", "as-java")
    position = end
    self.mechanism, count = _unpack_bB(buffer, position)
    position += 2
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_scram_credential_upsertion(
    buffer: Buffer, position: int, version: int
) -> tuple[ScramCredentialUpsertion, int]:
    self = new(ScramCredentialUpsertion)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.name = str(buffer[position:end], "utf-8", "as-java")
    position = end
    self.mechanism, self.iterations, length = _unpack_biB(buffer, position)
    position += 6
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    end = position + length - 1
    self.salt = bytes(buffer[position:end])
    position = end
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    end = position + length - 1
    self.salted_password = bytes(buffer[position:end])
    position = end
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_alter_user_scram_credentials_request(
    buffer: Buffer, position: int, version: int
) -> tuple[AlterUserScramCredentialsRequest, int]:
    self = new(AlterUserScramCredentialsRequest)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 3 * (length - 1) > len(buffer) - position:
        refuse_count()
    deletions_ = self.deletions = []
    for _ in range(length - 1):
        deletions_item, position = _read_scram_credential_deletion(buffer, position, version)
        deletions_.append(deletions_item)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 9 * (length - 1) > len(buffer) - position:
        refuse_count()
    upsertions_ = self.upsertions = []
    for _ in range(length - 1):
        upsertions_item, position = _read_scram_credential_upsertion(buffer, position, version)
        upsertions_.append(upsertions_item)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position
