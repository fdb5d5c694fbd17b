# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's StreamsGroupHeartbeatResponse."""

from __future__ import annotations

from struct import Struct, pack
from typing import TYPE_CHECKING

from kafkalite.protocol.primitives import (
    READ_ERRORS,
    UNSET,
    Message,
    new,
    read_compact_length,
    read_nullable_text_length,
    read_numbers,
    read_tagged_fields,
    read_text_length,
    read_uvarint,
    refuse_count,
    refuse_field,
    refuse_truncated,
    write_tagged_fields,
    write_uvarint,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields

_pack_t = Struct(">?").pack
_pack_u = Struct(">H").pack
_unpack_uB = Struct(">HB").unpack_from
_pack_b = Struct(">b").pack
_unpack_bB = Struct(">bB").unpack_from
_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack
_unpack_iB = Struct(">iB").unpack_from
_pack_ih = Struct(">ih").pack
_unpack_ihB = Struct(">ihB").unpack_from
_unpack_ii = Struct(">ii").unpack_from
_pack_ii = Struct(">ii").pack
_unpack_q = Struct(">q").unpack_from
_pack_q = Struct(">q").pack


class Status(Message):
    """`Status` of StreamsGroupHeartbeatResponse, versions 0-1."""

    __slots__ = (
        "status_code",
        "status_detail",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        status_code: int = 0,
        status_detail: str = "",
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.status_code = status_code
        self.status_detail = status_detail
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        data = self.status_detail.encode()
        out += _pack_b(self.status_code)
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


class TopicPartition(Message):
    """`TopicPartition` of StreamsGroupHeartbeatResponse, versions 0-1."""

    __slots__ = (
        "topic",
        "partitions",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        topic: str = "",
        partitions: list[int] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.topic = topic
        self.partitions: list[int] = [] if partitions is None else partitions
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        data = self.topic.encode()
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
        length = len(self.partitions) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += pack(f">{len(self.partitions)}i", *self.partitions)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class TaskIds(Message):
    """`TaskIds` of StreamsGroupHeartbeatResponse, versions 0-1."""

    __slots__ = (
        "subtopology_id",
        "partitions",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        subtopology_id: str = "",
        partitions: list[int] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.subtopology_id = subtopology_id
        self.partitions: list[int] = [] if partitions is None else partitions
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        data = self.subtopology_id.encode()
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
        length = len(self.partitions) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += pack(f">{len(self.partitions)}i", *self.partitions)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class Endpoint(Message):
    """`Endpoint` of StreamsGroupHeartbeatResponse, versions 0-1."""

    __slots__ = (
        "host",
        "port",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        host: str = "",
        port: int = 0,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.host = host
        self.port = port
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        data = self.host.encode()
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
        out += _pack_u(self.port)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class EndpointToPartitions(Message):
    """`EndpointToPartitions` of StreamsGroupHeartbeatResponse, versions 0-1."""

    __slots__ = (
        "user_endpoint",
        "active_partitions",
        "standby_partitions",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        user_endpoint: Endpoint | None = None,
        active_partitions: list[TopicPartition] | None = None,
        standby_partitions: list[TopicPartition] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.user_endpoint: Endpoint = Endpoint() if user_endpoint is None else user_endpoint
        self.active_partitions: list[TopicPartition] = [] if active_partitions is None else active_partitions
        self.standby_partitions: list[TopicPartition] = [] if standby_partitions is None else standby_partitions
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        self.user_endpoint.write(out, version)
        length = len(self.active_partitions) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for active_partitions_item in self.active_partitions:
            active_partitions_item.write(out, version)
        length = len(self.standby_partitions) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for standby_partitions_item in self.standby_partitions:
            standby_partitions_item.write(out, version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class StreamsGroupHeartbeatResponse(Message):
    """Kafka's response 88 `StreamsGroupHeartbeatResponse`: versions 0-1, flexible from 0."""

    __slots__ = (
        "throttle_time_ms",
        "error_code",
        "error_message",
        "member_id",
        "member_epoch",
        "heartbeat_interval_ms",
        "acceptable_recovery_lag_legacy",
        "task_offset_interval_ms",
        "acceptable_recovery_lag",
        "status",
        "active_tasks",
        "standby_tasks",
        "warmup_tasks",
        "topology_description_required",
        "endpoint_information_epoch",
        "partitions_by_user_endpoint",
        "unknown_tagged_fields",
    )

    API_KEY = 88
    NAME = "StreamsGroupHeartbeatResponse"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 1
    FIRST_FLEXIBLE_VERSION = 0

    def __init__(
        self,
        *,
        throttle_time_ms: int = 0,
        error_code: int = 0,
        error_message: str | None = None,
        member_id: str = "",
        member_epoch: int = 0,
        heartbeat_interval_ms: int = 0,
        acceptable_recovery_lag_legacy: int = 0,
        task_offset_interval_ms: int = 0,
        acceptable_recovery_lag: int = -1,
        status: list[Status] | None = UNSET,
        active_tasks: list[TaskIds] | None = None,
        standby_tasks: list[TaskIds] | None = None,
        warmup_tasks: list[TaskIds] | None = None,
        topology_description_required: bool = False,
        endpoint_information_epoch: int = 0,
        partitions_by_user_endpoint: list[EndpointToPartitions] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.error_code = error_code
        self.error_message = error_message
        self.member_id = member_id
        self.member_epoch = member_epoch
        self.heartbeat_interval_ms = heartbeat_interval_ms
        self.acceptable_recovery_lag_legacy = acceptable_recovery_lag_legacy
        self.task_offset_interval_ms = task_offset_interval_ms
        self.acceptable_recovery_lag = acceptable_recovery_lag
        self.status: list[Status] | None = [] if status is UNSET else status
        self.active_tasks = active_tasks
        self.standby_tasks = standby_tasks
        self.warmup_tasks = warmup_tasks
        self.topology_description_required = topology_description_required
        self.endpoint_information_epoch = endpoint_information_epoch
        self.partitions_by_user_endpoint = partitions_by_user_endpoint
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        out += _pack_ih(self.throttle_time_ms, self.error_code)
        if self.error_message is None:
            out.append(0)
        else:
            data = self.error_message.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
        data = self.member_id.encode()
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
        out += _pack_ii(self.member_epoch, self.heartbeat_interval_ms)
        if version <= 0:
            out += _pack_i(self.acceptable_recovery_lag_legacy)
        else:
            if self.acceptable_recovery_lag_legacy:
                refuse_field("StreamsGroupHeartbeatResponse", "acceptable_recovery_lag_legacy", version)
        out += _pack_i(self.task_offset_interval_ms)
        if version >= 1:
            out += _pack_q(self.acceptable_recovery_lag)
        if self.status is None:
            out.append(0)
        else:
            length = len(self.status) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for status_item in self.status:
                status_item.write(out, version)
        if self.active_tasks is None:
            out.append(0)
        else:
            length = len(self.active_tasks) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for active_tasks_item in self.active_tasks:
                active_tasks_item.write(out, version)
        if self.standby_tasks is None:
            out.append(0)
        else:
            length = len(self.standby_tasks) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for standby_tasks_item in self.standby_tasks:
                standby_tasks_item.write(out, version)
        if self.warmup_tasks is None:
            out.append(0)
        else:
            length = len(self.warmup_tasks) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for warmup_tasks_item in self.warmup_tasks:
                warmup_tasks_item.write(out, version)
        if version >= 1:
            out += _pack_t(self.topology_description_required)
        else:
            if self.topology_description_required:
                refuse_field("StreamsGroupHeartbeatResponse", "topology_description_required", version)
        out += _pack_i(self.endpoint_information_epoch)
        if self.partitions_by_user_endpoint is None:
            out.append(0)
        else:
            length = len(self.partitions_by_user_endpoint) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for partitions_by_user_endpoint_item in self.partitions_by_user_endpoint:
                partitions_by_user_endpoint_item.write(out, version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[StreamsGroupHeartbeatResponse, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_streams_group_heartbeat_response(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("StreamsGroupHeartbeatResponse", error)
        if position > len(buffer):
            refuse_truncated("StreamsGroupHeartbeatResponse")
        return message, position


def _read_status(buffer: Buffer, position: int, version: int) -> tuple[Status, int]:
    self = new(Status)
    self.status_code, length = _unpack_bB(buffer, position)
    position += 2
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.status_detail = str(buffer[position:end], "utf-8", "as-java")
    position = end
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_topic_partition(buffer: Buffer, position: int, version: int) -> tuple[TopicPartition, int]:
    self = new(TopicPartition)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.topic = str(buffer[position:end], "utf-8", "as-java")
    position = end
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    self.partitions, position = read_numbers(buffer, position, length - 1, "i", 4)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_task_ids(buffer: Buffer, position: int, version: int) -> tuple[TaskIds, int]:
    self = new(TaskIds)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.subtopology_id = str(buffer[position:end], "utf-8", "as-java")
    position = end
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    self.partitions, position = read_numbers(buffer, position, length - 1, "i", 4)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_endpoint(buffer: Buffer, position: int, version: int) -> tuple[Endpoint, int]:
    self = new(Endpoint)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.host = str(buffer[position:end], "utf-8", "as-java")
    position = end
    self.port, count = _unpack_uB(buffer, position)
    position += 3
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_endpoint_to_partitions(buffer: Buffer, position: int, version: int) -> tuple[EndpointToPartitions, int]:
    self = new(EndpointToPartitions)
    self.user_endpoint, position = _read_endpoint(buffer, position, version)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 3 * (length - 1) > len(buffer) - position:
        refuse_count()
    active_partitions_ = self.active_partitions = []
    for _ in range(length - 1):
        active_partitions_item, position = _read_topic_partition(buffer, position, version)
        active_partitions_.append(active_partitions_item)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 3 * (length - 1) > len(buffer) - position:
        refuse_count()
    standby_partitions_ = self.standby_partitions = []
    for _ in range(length - 1):
        standby_partitions_item, position = _read_topic_partition(buffer, position, version)
        standby_partitions_.append(standby_partitions_item)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_streams_group_heartbeat_response(
    buffer: Buffer, position: int, version: int
) -> tuple[StreamsGroupHeartbeatResponse, int]:
    self = new(StreamsGroupHeartbeatResponse)
    self.throttle_time_ms, self.error_code, length = _unpack_ihB(buffer, position)
    position += 7
    if length > 127:
        length, position = read_nullable_text_length(buffer, position - 1)
    if length == 0:
        self.error_message = None
    else:
        end = position + length - 1
        self.error_message = str(buffer[position:end], "utf-8", "as-java")
        position = end
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.member_id = str(buffer[position:end], "utf-8", "as-java")
    position = end
    self.member_epoch, self.heartbeat_interval_ms = _unpack_ii(buffer, position)
    position += 8
    if version <= 0:
        (self.acceptable_recovery_lag_legacy,) = _unpack_i(buffer, position)
        position += 4
    else:
        self.acceptable_recovery_lag_legacy = 0
    (self.task_offset_interval_ms,) = _unpack_i(buffer, position)
    position += 4
    if version >= 1:
        (self.acceptable_recovery_lag,) = _unpack_q(buffer, position)
        position += 8
    else:
        self.acceptable_recovery_lag = -1
    length = buffer[position]
    position += 1
    if length > 127:
        length, position = read_uvarint(buffer, position - 1)
    if length == 0:
        self.status = None
    else:
        if 3 * (length - 1) > len(buffer) - position:
            refuse_count()
        status_ = self.status = []
        for _ in range(length - 1):
            status_item, position = _read_status(buffer, position, version)
            status_.append(status_item)
    length = buffer[position]
    position += 1
    if length > 127:
        length, position = read_uvarint(buffer, position - 1)
    if length == 0:
        self.active_tasks = None
    else:
        if 3 * (length - 1) > len(buffer) - position:
            refuse_count()
        active_tasks_ = self.active_tasks = []
        for _ in range(length - 1):
            active_tasks_item, position = _read_task_ids(buffer, position, version)
            active_tasks_.append(active_tasks_item)
    length = buffer[position]
    position += 1
    if length > 127:
        length, position = read_uvarint(buffer, position - 1)
    if length == 0:
        self.standby_tasks = None
    else:
        if 3 * (length - 1) > len(buffer) - position:
            refuse_count()
        standby_tasks_ = self.standby_tasks = []
        for _ in range(length - 1):
            standby_tasks_item, position = _read_task_ids(buffer, position, version)
            standby_tasks_.append(standby_tasks_item)
    length = buffer[position]
    position += 1
    if length > 127:
        length, position = read_uvarint(buffer, position - 1)
    if length == 0:
        self.warmup_tasks = None
    else:
        if 3 * (length - 1) > len(buffer) - position:
            refuse_count()
        warmup_tasks_ = self.warmup_tasks = []
        for _ in range(length - 1):
            warmup_tasks_item, position = _read_task_ids(buffer, position, version)
            warmup_tasks_.append(warmup_tasks_item)
    if version >= 1:
        self.topology_description_required = buffer[position] != 0
        position += 1
    else:
        self.topology_description_required = False
    self.endpoint_information_epoch, length = _unpack_iB(buffer, position)
    position += 5
    if length > 127:
        length, position = read_uvarint(buffer, position - 1)
    if length == 0:
        self.partitions_by_user_endpoint = None
    else:
        if 7 * (length - 1) > len(buffer) - position:
            refuse_count()
        partitions_by_user_endpoint_ = self.partitions_by_user_endpoint = []
        for _ in range(length - 1):
            partitions_by_user_endpoint_item, position = _read_endpoint_to_partitions(buffer, position, version)
            partitions_by_user_endpoint_.append(partitions_by_user_endpoint_item)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position
