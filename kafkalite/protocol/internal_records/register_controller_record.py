# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's RegisterControllerRecord."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.uuids import ZERO_UUID
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

_pack_uh = Struct(">Hh").pack
_unpack_uhB = Struct(">HhB").unpack_from
_pack_hh = Struct(">hh").pack
_unpack_hhB = Struct(">hhB").unpack_from
_pack_i16st = Struct(">i16s?").pack
_unpack_i16stB = Struct(">i16s?B").unpack_from


class ControllerEndpoint(Message):
    """`ControllerEndpoint` of RegisterControllerRecord, versions 0."""

    __slots__ = (
        "name",
        "host",
        "port",
        "security_protocol",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        name: str = "",
        host: str = "",
        port: int = 0,
        security_protocol: int = 0,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.name = name
        self.host = host
        self.port = port
        self.security_protocol = security_protocol
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
        data = self.host.encode()
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
        out += _pack_uh(self.port, self.security_protocol)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class ControllerFeature(Message):
    """`ControllerFeature` of RegisterControllerRecord, versions 0."""

    __slots__ = (
        "name",
        "min_supported_version",
        "max_supported_version",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        name: str = "",
        min_supported_version: int = 0,
        max_supported_version: int = 0,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.name = name
        self.min_supported_version = min_supported_version
        self.max_supported_version = max_supported_version
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
        out += _pack_hh(self.min_supported_version, self.max_supported_version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class RegisterControllerRecord(Message):
    """Kafka's cluster metadata record 27 `RegisterControllerRecord`: versions 0, flexible from 0."""

    __slots__ = (
        "controller_id",
        "incarnation_id",
        "zk_migration_ready",
        "end_points",
        "features",
        "unknown_tagged_fields",
    )

    RECORD_TYPE = 27
    NAME = "RegisterControllerRecord"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 0
    FIRST_FLEXIBLE_VERSION = 0

    def __init__(
        self,
        *,
        controller_id: int = 0,
        incarnation_id: bytes = ZERO_UUID,
        zk_migration_ready: bool = False,
        end_points: list[ControllerEndpoint] | None = None,
        features: list[ControllerFeature] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.controller_id = controller_id
        self.incarnation_id = incarnation_id
        self.zk_migration_ready = zk_migration_ready
        self.end_points: list[ControllerEndpoint] = [] if end_points is None else end_points
        self.features: list[ControllerFeature] = [] if features is None else features
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        out += _pack_i16st(self.controller_id, self.incarnation_id, self.zk_migration_ready)
        length = len(self.end_points) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for end_points_item in self.end_points:
            end_points_item.write(out, version)
        length = len(self.features) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for features_item in self.features:
            features_item.write(out, version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[RegisterControllerRecord, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_register_controller_record(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("RegisterControllerRecord", error)
        if position > len(buffer):
            refuse_truncated("RegisterControllerRecord")
        return message, position


def _read_controller_endpoint(buffer: Buffer, position: int, version: int) -> tuple[ControllerEndpoint, int]:
    self = new(ControllerEndpoint)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.name = str(buffer[position:end], "utf-8", "as-java")
    position = end
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.host = str(buffer[position:end], "utf-8", "as-java")
    position = end
    self.port, self.security_protocol, count = _unpack_uhB(buffer, position)
    position += 5
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_controller_feature(buffer: Buffer, position: int, version: int) -> tuple[ControllerFeature, int]:
    self = new(ControllerFeature)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.name = str(buffer[position:end], "utf-8", "as-java")
    position = end
    self.min_supported_version, self.max_supported_version, count = _unpack_hhB(buffer, position)
    position += 5
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_register_controller_record(
    buffer: Buffer, position: int, version: int
) -> tuple[RegisterControllerRecord, int]:
    self = new(RegisterControllerRecord)
    self.controller_id, self.incarnation_id, self.zk_migration_ready, length = _unpack_i16stB(buffer, position)
    position += 22
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 7 * (length - 1) > len(buffer) - position:
        refuse_count()
    end_points_ = self.end_points = []
    for _ in range(length - 1):
        end_points_item, position = _read_controller_endpoint(buffer, position, version)
        end_points_.append(end_points_item)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 6 * (length - 1) > len(buffer) - position:
        refuse_count()
    features_ = self.features = []
    for _ in range(length - 1):
        features_item, position = _read_controller_feature(buffer, position, version)
        features_.append(features_item)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position
