# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's AlterReplicaLogDirsResponse, written in slices."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.limits import STEP_MAX_BYTES
from kafkalite.protocol.messages.alter_replica_log_dirs_response import (
    AlterReplicaLogDirsResponse,
    AlterReplicaLogDirTopicResult,
)
from kafkalite.protocol.primitives import refuse_field, write_tagged_fields, write_uvarint

if TYPE_CHECKING:
    from collections.abc import Generator


_pack_h = Struct(">h").pack
_pack_i = Struct(">i").pack
_pack_ii = Struct(">ii").pack


def _write_alter_replica_log_dir_topic_result_steps(
    self: AlterReplicaLogDirTopicResult, out: bytearray, version: int
) -> Generator[None, None, None]:
    limit = len(out) + STEP_MAX_BYTES
    if version >= 2:
        data = self.topic_name.encode()
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
        for partitions_item in self.partitions:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            partitions_item.write(out, version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)
    else:
        data = self.topic_name.encode()
        out += _pack_h(len(data))
        out += data
        out += _pack_i(len(self.partitions))
        for partitions_item in self.partitions:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            partitions_item.write(out, version)
        if self.unknown_tagged_fields:
            refuse_field("AlterReplicaLogDirTopicResult", "unknown_tagged_fields", version)


def _write_alter_replica_log_dirs_response_steps(
    self: AlterReplicaLogDirsResponse, out: bytearray, version: int
) -> Generator[None, None, None]:
    limit = len(out) + STEP_MAX_BYTES
    if version >= 2:
        out += _pack_i(self.throttle_time_ms)
        length = len(self.results) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for results_item in self.results:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            yield from _write_alter_replica_log_dir_topic_result_steps(results_item, out, version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)
    else:
        out += _pack_ii(self.throttle_time_ms, len(self.results))
        for results_item in self.results:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            yield from _write_alter_replica_log_dir_topic_result_steps(results_item, out, version)
        if self.unknown_tagged_fields:
            refuse_field("AlterReplicaLogDirsResponse", "unknown_tagged_fields", version)


def write_steps(message: AlterReplicaLogDirsResponse, out: bytearray, version: int) -> Generator[None, None, None]:
    """Append as `write` of the class does, and yield on the way. Errors: UnsupportedFieldError."""
    yield from _write_alter_replica_log_dirs_response_steps(message, out, version)
