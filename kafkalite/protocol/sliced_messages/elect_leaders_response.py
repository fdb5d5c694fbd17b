# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's ElectLeadersResponse, written in slices."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.limits import STEP_MAX_BYTES
from kafkalite.protocol.messages.elect_leaders_response import ElectLeadersResponse, ReplicaElectionResult
from kafkalite.protocol.primitives import refuse_field, write_tagged_fields, write_uvarint

if TYPE_CHECKING:
    from collections.abc import Generator


_pack_h = Struct(">h").pack
_pack_i = Struct(">i").pack
_pack_ih = Struct(">ih").pack


def _write_replica_election_result_steps(
    self: ReplicaElectionResult, out: bytearray, version: int
) -> Generator[None, None, None]:
    limit = len(out) + STEP_MAX_BYTES
    if version >= 2:
        data = self.topic.encode()
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
        length = len(self.partition_result) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for partition_result_item in self.partition_result:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            partition_result_item.write(out, version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)
    else:
        data = self.topic.encode()
        out += _pack_h(len(data))
        out += data
        out += _pack_i(len(self.partition_result))
        for partition_result_item in self.partition_result:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            partition_result_item.write(out, version)
        if self.unknown_tagged_fields:
            refuse_field("ReplicaElectionResult", "unknown_tagged_fields", version)


def _write_elect_leaders_response_steps(
    self: ElectLeadersResponse, out: bytearray, version: int
) -> Generator[None, None, None]:
    limit = len(out) + STEP_MAX_BYTES
    if version >= 2:
        out += _pack_ih(self.throttle_time_ms, self.error_code)
        length = len(self.replica_election_results) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for replica_election_results_item in self.replica_election_results:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            yield from _write_replica_election_result_steps(replica_election_results_item, out, version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)
    else:
        out += _pack_i(self.throttle_time_ms)
        if version >= 1:
            out += _pack_h(self.error_code)
        else:
            if self.error_code:
                refuse_field("ElectLeadersResponse", "error_code", version)
        out += _pack_i(len(self.replica_election_results))
        for replica_election_results_item in self.replica_election_results:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            yield from _write_replica_election_result_steps(replica_election_results_item, out, version)
        if self.unknown_tagged_fields:
            refuse_field("ElectLeadersResponse", "unknown_tagged_fields", version)


def write_steps(message: ElectLeadersResponse, out: bytearray, version: int) -> Generator[None, None, None]:
    """Append as `write` of the class does, and yield on the way. Errors: UnsupportedFieldError."""
    yield from _write_elect_leaders_response_steps(message, out, version)
