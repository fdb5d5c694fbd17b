# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's FetchRequest, read in slices."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.limits import COLLECTION_MAX_COUNT, STEP_MAX_BYTES
from kafkalite.model.uuids import ZERO_UUID
from kafkalite.protocol.messages.fetch_request import (
    FetchPartition,
    FetchRequest,
    FetchTopic,
    ForgottenTopic,
    _read_fetch_partition,
    _read_replica_state,
)
from kafkalite.protocol.primitives import (
    READ_ERRORS,
    ManyTaggedFields,
    check_large_tag_count,
    new,
    read_around_tags,
    read_compact_length,
    read_nullable_text_length,
    read_numbers_steps,
    read_tagged_fields_steps,
    read_text_length,
    read_uvarint,
    refuse_count,
    refuse_large_count,
    refuse_null,
    refuse_tag,
    refuse_truncated,
)

if TYPE_CHECKING:
    from collections.abc import Generator

    from kafkalite.protocol.primitives import Buffer

_unpack_16s = Struct(">16s").unpack_from
_unpack_16sB = Struct(">16sB").unpack_from
_unpack_b = Struct(">b").unpack_from
_unpack_h = Struct(">h").unpack_from
_unpack_i = Struct(">i").unpack_from
_unpack_ii = Struct(">ii").unpack_from
_unpack_iiibiiB = Struct(">iiibiiB").unpack_from
_unpack_iiibiii = Struct(">iiibiii").unpack_from
_unpack_iiiibiiB = Struct(">iiiibiiB").unpack_from
_unpack_iiq = Struct(">iiq").unpack_from
_unpack_iiqiqiB = Struct(">iiqiqiB").unpack_from
_unpack_q = Struct(">q").unpack_from
_unpack_qi = Struct(">qi").unpack_from


def _read_fetch_partition_steps(
    buffer: Buffer, position: int, version: int
) -> Generator[None, None, tuple[FetchPartition, int]]:
    self = new(FetchPartition)
    limit = position + STEP_MAX_BYTES
    if version >= 12:
        (
            self.partition,
            self.current_leader_epoch,
            self.fetch_offset,
            self.last_fetched_epoch,
            self.log_start_offset,
            self.partition_max_bytes,
            count,
        ) = _unpack_iiqiqiB(buffer, position)
        position += 33
        self.replica_directory_id = ZERO_UUID
        self.high_watermark = 9223372036854775807
        self.unknown_tagged_fields = None
        if count:
            if count > 127:
                count, position = read_uvarint(buffer, position - 1)
                check_large_tag_count(buffer, position, count)
            for _ in range(count):
                if position > limit:
                    yield
                    limit = position + STEP_MAX_BYTES
                tag, position = read_uvarint(buffer, position)
                size, position = read_uvarint(buffer, position)
                tag_end = position + size
                if tag_end > len(buffer):
                    refuse_count()
                if tag == 0:
                    if not (version >= 17):
                        refuse_tag(tag)
                    (self.replica_directory_id,) = _unpack_16s(buffer, position)
                    position += 16
                elif tag == 1:
                    if not (version >= 18):
                        refuse_tag(tag)
                    (self.high_watermark,) = _unpack_q(buffer, position)
                    position += 8
                else:
                    if self.unknown_tagged_fields is None:
                        self.unknown_tagged_fields = {}
                    self.unknown_tagged_fields[tag] = bytes(buffer[position:tag_end])
                    position = tag_end
                if position != tag_end:
                    refuse_tag(tag)
    elif version >= 9:
        self.partition, self.current_leader_epoch, self.fetch_offset = _unpack_iiq(buffer, position)
        position += 16
        self.last_fetched_epoch = -1
        self.log_start_offset, self.partition_max_bytes = _unpack_qi(buffer, position)
        position += 12
        self.replica_directory_id = ZERO_UUID
        self.high_watermark = 9223372036854775807
        self.unknown_tagged_fields = None
    else:
        (self.partition,) = _unpack_i(buffer, position)
        position += 4
        self.current_leader_epoch = -1
        (self.fetch_offset,) = _unpack_q(buffer, position)
        position += 8
        self.last_fetched_epoch = -1
        if version >= 5:
            (self.log_start_offset,) = _unpack_q(buffer, position)
            position += 8
        else:
            self.log_start_offset = -1
        (self.partition_max_bytes,) = _unpack_i(buffer, position)
        position += 4
        self.replica_directory_id = ZERO_UUID
        self.high_watermark = 9223372036854775807
        self.unknown_tagged_fields = None
    return self, position


def _read_fetch_topic_steps(
    buffer: Buffer, position: int, version: int
) -> Generator[None, None, tuple[FetchTopic, int]]:
    self = new(FetchTopic)
    limit = position + STEP_MAX_BYTES
    if version >= 13:
        self.topic = ""
        self.topic_id, length = _unpack_16sB(buffer, position)
        position += 17
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 33 * (length - 1) > len(buffer) - position:
            refuse_count()
        if length - 1 > COLLECTION_MAX_COUNT:
            refuse_large_count(length - 1)
        partitions_ = self.partitions = []
        for _ in range(length - 1):
            if position > limit:
                yield
                limit = position + STEP_MAX_BYTES
            try:
                partitions_item, position = _read_fetch_partition(buffer, position, version)
            except ManyTaggedFields:
                partitions_item, position = yield from _read_fetch_partition_steps(buffer, position, version)
            partitions_.append(partitions_item)
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = yield from read_tagged_fields_steps(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    elif version >= 12:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.topic = str(buffer[position:end], "utf-8", "as-java")
        position = end
        self.topic_id = ZERO_UUID
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 33 * (length - 1) > len(buffer) - position:
            refuse_count()
        if length - 1 > COLLECTION_MAX_COUNT:
            refuse_large_count(length - 1)
        partitions_ = self.partitions = []
        for _ in range(length - 1):
            if position > limit:
                yield
                limit = position + STEP_MAX_BYTES
            try:
                partitions_item, position = _read_fetch_partition(buffer, position, version)
            except ManyTaggedFields:
                partitions_item, position = yield from _read_fetch_partition_steps(buffer, position, version)
            partitions_.append(partitions_item)
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = yield from read_tagged_fields_steps(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        (length,) = _unpack_h(buffer, position)
        position += 2
        if length < 0:
            refuse_null()
        end = position + length
        self.topic = str(buffer[position:end], "utf-8", "as-java")
        position = end
        self.topic_id = ZERO_UUID
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 16 * length > len(buffer) - position:
            refuse_count()
        if length > COLLECTION_MAX_COUNT:
            refuse_large_count(length)
        partitions_ = self.partitions = []
        for _ in range(length):
            if position > limit:
                yield
                limit = position + STEP_MAX_BYTES
            partitions_item, position = _read_fetch_partition(buffer, position, version)
            partitions_.append(partitions_item)
        self.unknown_tagged_fields = None
    return self, position


def _read_forgotten_topic_steps(
    buffer: Buffer, position: int, version: int
) -> Generator[None, None, tuple[ForgottenTopic, int]]:
    self = new(ForgottenTopic)
    limit = position + STEP_MAX_BYTES
    if version >= 13:
        self.topic = ""
        self.topic_id, length = _unpack_16sB(buffer, position)
        position += 17
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        self.partitions, position = yield from read_numbers_steps(buffer, position, length - 1, "i", 4)
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = yield from read_tagged_fields_steps(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    elif version >= 12:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.topic = str(buffer[position:end], "utf-8", "as-java")
        position = end
        self.topic_id = ZERO_UUID
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        self.partitions, position = yield from read_numbers_steps(buffer, position, length - 1, "i", 4)
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = yield from read_tagged_fields_steps(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        (length,) = _unpack_h(buffer, position)
        position += 2
        if length < 0:
            refuse_null()
        end = position + length
        self.topic = str(buffer[position:end], "utf-8", "as-java")
        position = end
        self.topic_id = ZERO_UUID
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        self.partitions, position = yield from read_numbers_steps(buffer, position, length, "i", 4)
        self.unknown_tagged_fields = None
    return self, position


def _read_fetch_request_steps(
    buffer: Buffer, position: int, version: int
) -> Generator[None, None, tuple[FetchRequest, int]]:
    self = new(FetchRequest)
    limit = position + STEP_MAX_BYTES
    if version >= 15:
        self.replica_id = -1
        (
            self.max_wait_ms,
            self.min_bytes,
            self.max_bytes,
            self.isolation_level,
            self.session_id,
            self.session_epoch,
            length,
        ) = _unpack_iiibiiB(buffer, position)
        position += 22
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 18 * (length - 1) > len(buffer) - position:
            refuse_count()
        if length - 1 > COLLECTION_MAX_COUNT:
            refuse_large_count(length - 1)
        topics_ = self.topics = []
        for _ in range(length - 1):
            if position > limit:
                yield
                limit = position + STEP_MAX_BYTES
            topics_item, position = yield from _read_fetch_topic_steps(buffer, position, version)
            topics_.append(topics_item)
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 18 * (length - 1) > len(buffer) - position:
            refuse_count()
        if length - 1 > COLLECTION_MAX_COUNT:
            refuse_large_count(length - 1)
        forgotten_topics_data_ = self.forgotten_topics_data = []
        for _ in range(length - 1):
            if position > limit:
                yield
                limit = position + STEP_MAX_BYTES
            forgotten_topics_data_item, position = yield from _read_forgotten_topic_steps(buffer, position, version)
            forgotten_topics_data_.append(forgotten_topics_data_item)
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.rack_id = str(buffer[position:end], "utf-8", "as-java")
        position = end
        count = buffer[position]
        position += 1
        self.cluster_id = None
        self.replica_state = None
        self.unknown_tagged_fields = None
        if count:
            if count > 127:
                count, position = read_uvarint(buffer, position - 1)
                check_large_tag_count(buffer, position, count)
            for _ in range(count):
                if position > limit:
                    yield
                    limit = position + STEP_MAX_BYTES
                tag, position = read_uvarint(buffer, position)
                size, position = read_uvarint(buffer, position)
                tag_end = position + size
                if tag_end > len(buffer):
                    refuse_count()
                if tag == 0:
                    length = buffer[position]
                    position += 1
                    if length > 127:
                        length, position = read_nullable_text_length(buffer, position - 1)
                    if length == 0:
                        self.cluster_id = None
                    else:
                        end = position + length - 1
                        self.cluster_id = str(buffer[position:end], "utf-8", "as-java")
                        position = end
                elif tag == 1:
                    try:
                        self.replica_state, position = _read_replica_state(buffer, position, version)
                    except ManyTaggedFields as many:
                        self.replica_state, position = yield from read_around_tags(
                            _read_replica_state, many.position, buffer, position, version
                        )
                else:
                    if self.unknown_tagged_fields is None:
                        self.unknown_tagged_fields = {}
                    self.unknown_tagged_fields[tag] = bytes(buffer[position:tag_end])
                    position = tag_end
                if position != tag_end:
                    refuse_tag(tag)
    elif version >= 12:
        (
            self.replica_id,
            self.max_wait_ms,
            self.min_bytes,
            self.max_bytes,
            self.isolation_level,
            self.session_id,
            self.session_epoch,
            length,
        ) = _unpack_iiiibiiB(buffer, position)
        position += 26
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 2 * (length - 1) > len(buffer) - position:
            refuse_count()
        if length - 1 > COLLECTION_MAX_COUNT:
            refuse_large_count(length - 1)
        topics_ = self.topics = []
        for _ in range(length - 1):
            if position > limit:
                yield
                limit = position + STEP_MAX_BYTES
            topics_item, position = yield from _read_fetch_topic_steps(buffer, position, version)
            topics_.append(topics_item)
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 2 * (length - 1) > len(buffer) - position:
            refuse_count()
        if length - 1 > COLLECTION_MAX_COUNT:
            refuse_large_count(length - 1)
        forgotten_topics_data_ = self.forgotten_topics_data = []
        for _ in range(length - 1):
            if position > limit:
                yield
                limit = position + STEP_MAX_BYTES
            forgotten_topics_data_item, position = yield from _read_forgotten_topic_steps(buffer, position, version)
            forgotten_topics_data_.append(forgotten_topics_data_item)
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.rack_id = str(buffer[position:end], "utf-8", "as-java")
        position = end
        count = buffer[position]
        position += 1
        self.cluster_id = None
        self.replica_state = None
        self.unknown_tagged_fields = None
        if count:
            if count > 127:
                count, position = read_uvarint(buffer, position - 1)
                check_large_tag_count(buffer, position, count)
            for _ in range(count):
                if position > limit:
                    yield
                    limit = position + STEP_MAX_BYTES
                tag, position = read_uvarint(buffer, position)
                size, position = read_uvarint(buffer, position)
                tag_end = position + size
                if tag_end > len(buffer):
                    refuse_count()
                if tag == 0:
                    length = buffer[position]
                    position += 1
                    if length > 127:
                        length, position = read_nullable_text_length(buffer, position - 1)
                    if length == 0:
                        self.cluster_id = None
                    else:
                        end = position + length - 1
                        self.cluster_id = str(buffer[position:end], "utf-8", "as-java")
                        position = end
                else:
                    if self.unknown_tagged_fields is None:
                        self.unknown_tagged_fields = {}
                    self.unknown_tagged_fields[tag] = bytes(buffer[position:tag_end])
                    position = tag_end
                if position != tag_end:
                    refuse_tag(tag)
    elif version >= 11:
        self.cluster_id = None
        (self.replica_id,) = _unpack_i(buffer, position)
        position += 4
        self.replica_state = None
        (
            self.max_wait_ms,
            self.min_bytes,
            self.max_bytes,
            self.isolation_level,
            self.session_id,
            self.session_epoch,
            length,
        ) = _unpack_iiibiii(buffer, position)
        position += 25
        if length < 0:
            refuse_null()
        if 6 * length > len(buffer) - position:
            refuse_count()
        if length > COLLECTION_MAX_COUNT:
            refuse_large_count(length)
        topics_ = self.topics = []
        for _ in range(length):
            if position > limit:
                yield
                limit = position + STEP_MAX_BYTES
            topics_item, position = yield from _read_fetch_topic_steps(buffer, position, version)
            topics_.append(topics_item)
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 6 * length > len(buffer) - position:
            refuse_count()
        if length > COLLECTION_MAX_COUNT:
            refuse_large_count(length)
        forgotten_topics_data_ = self.forgotten_topics_data = []
        for _ in range(length):
            if position > limit:
                yield
                limit = position + STEP_MAX_BYTES
            forgotten_topics_data_item, position = yield from _read_forgotten_topic_steps(buffer, position, version)
            forgotten_topics_data_.append(forgotten_topics_data_item)
        (length,) = _unpack_h(buffer, position)
        position += 2
        if length < 0:
            refuse_null()
        end = position + length
        self.rack_id = str(buffer[position:end], "utf-8", "as-java")
        position = end
        self.unknown_tagged_fields = None
    else:
        self.cluster_id = None
        (self.replica_id,) = _unpack_i(buffer, position)
        position += 4
        self.replica_state = None
        self.max_wait_ms, self.min_bytes = _unpack_ii(buffer, position)
        position += 8
        if version >= 3:
            (self.max_bytes,) = _unpack_i(buffer, position)
            position += 4
        else:
            self.max_bytes = 2147483647
        if version >= 4:
            (self.isolation_level,) = _unpack_b(buffer, position)
            position += 1
        else:
            self.isolation_level = 0
        if version >= 7:
            self.session_id, self.session_epoch = _unpack_ii(buffer, position)
            position += 8
        else:
            self.session_id = 0
            self.session_epoch = -1
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 6 * length > len(buffer) - position:
            refuse_count()
        if length > COLLECTION_MAX_COUNT:
            refuse_large_count(length)
        topics_ = self.topics = []
        for _ in range(length):
            if position > limit:
                yield
                limit = position + STEP_MAX_BYTES
            topics_item, position = yield from _read_fetch_topic_steps(buffer, position, version)
            topics_.append(topics_item)
        if version >= 7:
            (length,) = _unpack_i(buffer, position)
            position += 4
            if length < 0:
                refuse_null()
            if 6 * length > len(buffer) - position:
                refuse_count()
            if length > COLLECTION_MAX_COUNT:
                refuse_large_count(length)
            forgotten_topics_data_ = self.forgotten_topics_data = []
            for _ in range(length):
                if position > limit:
                    yield
                    limit = position + STEP_MAX_BYTES
                forgotten_topics_data_item, position = yield from _read_forgotten_topic_steps(buffer, position, version)
                forgotten_topics_data_.append(forgotten_topics_data_item)
        else:
            self.forgotten_topics_data = []
        self.rack_id = ""
        self.unknown_tagged_fields = None
    return self, position


def read_steps(buffer: memoryview, position: int, version: int) -> Generator[None, None, tuple[FetchRequest, int]]:
    """Read as `read` of the class does, and yield on the way. Errors: ProtocolViolation."""
    try:
        message, position = yield from _read_fetch_request_steps(buffer, position, version)
    except READ_ERRORS as error:
        refuse_truncated("FetchRequest", error)
    if position > len(buffer):
        refuse_truncated("FetchRequest")
    return message, position
