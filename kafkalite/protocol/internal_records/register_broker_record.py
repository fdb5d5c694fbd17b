# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's RegisterBrokerRecord."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.uuids import ZERO_UUID
from kafkalite.protocol.primitives import (
    READ_ERRORS,
    Message,
    check_tag_count,
    new,
    read_compact_length,
    read_nullable_text_length,
    read_tagged_fields,
    read_text_length,
    read_uuids,
    read_uvarint,
    refuse_count,
    refuse_field,
    refuse_tag,
    refuse_truncated,
    write_tagged_fields,
    write_uvarint,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields

_pack_16sq = Struct(">16sq").pack
_unpack_16sqB = Struct(">16sqB").unpack_from
_pack_t = Struct(">?").pack
_pack_uh = Struct(">Hh").pack
_unpack_uhB = Struct(">HhB").unpack_from
_pack_hh = Struct(">hh").pack
_unpack_hhB = Struct(">hhB").unpack_from
_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack


class BrokerEndpoint(Message):
    """`BrokerEndpoint` of RegisterBrokerRecord, versions 0-4."""

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


class BrokerFeature(Message):
    """`BrokerFeature` of RegisterBrokerRecord, versions 0-4."""

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


class RegisterBrokerRecord(Message):
    """Kafka's cluster metadata record 0 `RegisterBrokerRecord`: versions 0-4, flexible from 0."""

    __slots__ = (
        "broker_id",
        "is_migrating_zk_broker",
        "incarnation_id",
        "broker_epoch",
        "end_points",
        "features",
        "rack",
        "fenced",
        "in_controlled_shutdown",
        "log_dirs",
        "cordoned_log_dirs",
        "unknown_tagged_fields",
    )

    RECORD_TYPE = 0
    NAME = "RegisterBrokerRecord"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 4
    FIRST_FLEXIBLE_VERSION = 0

    def __init__(
        self,
        *,
        broker_id: int = 0,
        is_migrating_zk_broker: bool = False,
        incarnation_id: bytes = ZERO_UUID,
        broker_epoch: int = 0,
        end_points: list[BrokerEndpoint] | None = None,
        features: list[BrokerFeature] | None = None,
        rack: str | None = "",
        fenced: bool = True,
        in_controlled_shutdown: bool = False,
        log_dirs: list[bytes] | None = None,
        cordoned_log_dirs: list[bytes] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.broker_id = broker_id
        self.is_migrating_zk_broker = is_migrating_zk_broker
        self.incarnation_id = incarnation_id
        self.broker_epoch = broker_epoch
        self.end_points: list[BrokerEndpoint] = [] if end_points is None else end_points
        self.features: list[BrokerFeature] = [] if features is None else features
        self.rack = rack
        self.fenced = fenced
        self.in_controlled_shutdown = in_controlled_shutdown
        self.log_dirs: list[bytes] = [] if log_dirs is None else log_dirs
        self.cordoned_log_dirs = cordoned_log_dirs
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        out += _pack_i(self.broker_id)
        if version >= 2:
            out += _pack_t(self.is_migrating_zk_broker)
        else:
            if self.is_migrating_zk_broker:
                refuse_field("RegisterBrokerRecord", "is_migrating_zk_broker", version)
        out += _pack_16sq(self.incarnation_id, self.broker_epoch)
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
        if self.rack is None:
            out.append(0)
        else:
            data = self.rack.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
        out += _pack_t(self.fenced)
        if version >= 1:
            out += _pack_t(self.in_controlled_shutdown)
        else:
            if self.in_controlled_shutdown:
                refuse_field("RegisterBrokerRecord", "in_controlled_shutdown", version)
        known: TaggedFields | None = None
        if version >= 3:
            if self.log_dirs:
                body = bytearray()
                length = len(self.log_dirs) + 1
                if length < 128:
                    body.append(length)
                else:
                    write_uvarint(body, length)
                for log_dirs_item in self.log_dirs:
                    body += log_dirs_item
                if known is None:
                    known = {}
                known[0] = bytes(body)
        else:
            if self.log_dirs:
                refuse_field("RegisterBrokerRecord", "log_dirs", version)
        if version >= 4:
            if self.cordoned_log_dirs is not None:
                body = bytearray()
                length = len(self.cordoned_log_dirs) + 1
                if length < 128:
                    body.append(length)
                else:
                    write_uvarint(body, length)
                for cordoned_log_dirs_item in self.cordoned_log_dirs:
                    body += cordoned_log_dirs_item
                if known is None:
                    known = {}
                known[1] = bytes(body)
        else:
            if self.cordoned_log_dirs is not None:
                refuse_field("RegisterBrokerRecord", "cordoned_log_dirs", version)
        if known is None and self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, known, self.unknown_tagged_fields)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[RegisterBrokerRecord, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_register_broker_record(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("RegisterBrokerRecord", error)
        if position > len(buffer):
            refuse_truncated("RegisterBrokerRecord")
        return message, position


def _read_broker_endpoint(buffer: Buffer, position: int, version: int) -> tuple[BrokerEndpoint, int]:
    self = new(BrokerEndpoint)
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


def _read_broker_feature(buffer: Buffer, position: int, version: int) -> tuple[BrokerFeature, int]:
    self = new(BrokerFeature)
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


def _read_register_broker_record(buffer: Buffer, position: int, version: int) -> tuple[RegisterBrokerRecord, int]:
    self = new(RegisterBrokerRecord)
    (self.broker_id,) = _unpack_i(buffer, position)
    position += 4
    if version >= 2:
        self.is_migrating_zk_broker = buffer[position] != 0
        position += 1
    else:
        self.is_migrating_zk_broker = False
    self.incarnation_id, self.broker_epoch, length = _unpack_16sqB(buffer, position)
    position += 25
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 7 * (length - 1) > len(buffer) - position:
        refuse_count()
    end_points_ = self.end_points = []
    for _ in range(length - 1):
        end_points_item, position = _read_broker_endpoint(buffer, position, version)
        end_points_.append(end_points_item)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 6 * (length - 1) > len(buffer) - position:
        refuse_count()
    features_ = self.features = []
    for _ in range(length - 1):
        features_item, position = _read_broker_feature(buffer, position, version)
        features_.append(features_item)
    length = buffer[position]
    position += 1
    if length > 127:
        length, position = read_nullable_text_length(buffer, position - 1)
    if length == 0:
        self.rack = None
    else:
        end = position + length - 1
        self.rack = str(buffer[position:end], "utf-8", "as-java")
        position = end
    self.fenced = buffer[position] != 0
    position += 1
    if version >= 1:
        self.in_controlled_shutdown = buffer[position] != 0
        position += 1
    else:
        self.in_controlled_shutdown = False
    count = buffer[position]
    position += 1
    self.log_dirs = []
    self.cordoned_log_dirs = None
    self.unknown_tagged_fields = None
    if count:
        if count > 127:
            start = position - 1
            count, position = read_uvarint(buffer, start)
            check_tag_count(buffer, start, position, count)
        for _ in range(count):
            tag, position = read_uvarint(buffer, position)
            size, position = read_uvarint(buffer, position)
            tag_end = position + size
            if tag_end > len(buffer):
                refuse_count()
            if tag == 0:
                if not (version >= 3):
                    refuse_tag(tag)
                length = buffer[position]
                position += 1
                if not 0 < length < 128:
                    length, position = read_compact_length(buffer, position - 1)
                self.log_dirs, position = read_uuids(buffer, position, length - 1)
            elif tag == 1:
                if not (version >= 4):
                    refuse_tag(tag)
                length = buffer[position]
                position += 1
                if length > 127:
                    length, position = read_uvarint(buffer, position - 1)
                if length == 0:
                    self.cordoned_log_dirs = None
                else:
                    self.cordoned_log_dirs, position = read_uuids(buffer, position, length - 1)
            else:
                if self.unknown_tagged_fields is None:
                    self.unknown_tagged_fields = {}
                self.unknown_tagged_fields[tag] = bytes(buffer[position:tag_end])
                position = tag_end
            if position != tag_end:
                refuse_tag(tag)
    return self, position
