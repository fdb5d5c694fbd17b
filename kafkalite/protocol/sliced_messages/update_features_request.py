# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's UpdateFeaturesRequest, read in slices."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.limits import COLLECTION_MAX_COUNT, SHARED_ELEMENT_MAX_BYTES, STEP_MAX_BYTES
from kafkalite.protocol.messages.update_features_request import (
    FeatureUpdateKey,
    UpdateFeaturesRequest,
    _read_feature_update_key,
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

_unpack_iB = Struct(">iB").unpack_from


def _read_update_features_request_steps(
    buffer: Buffer, position: int, version: int
) -> Generator[None, None, tuple[UpdateFeaturesRequest, int]]:
    self = new(UpdateFeaturesRequest)
    limit = position + STEP_MAX_BYTES
    known_feature_updates_: dict[bytes, FeatureUpdateKey] = {}
    self.timeout_ms, length = _unpack_iB(buffer, position)
    position += 5
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 4 * (length - 1) > len(buffer) - position:
        refuse_count()
    if length - 1 > COLLECTION_MAX_COUNT:
        refuse_large_count(length - 1)
    feature_updates_ = self.feature_updates = []
    known_feature_updates_.clear()
    for _ in range(length - 1):
        if position > limit:
            yield
            limit = position + STEP_MAX_BYTES
        start = position
        try:
            feature_updates_item, position = _read_feature_update_key(buffer, position, version)
        except ManyTaggedFields as many:
            feature_updates_item, position = yield from read_around_tags(
                _read_feature_update_key, many.position, buffer, position, version
            )
        if position - start <= SHARED_ELEMENT_MAX_BYTES:
            feature_updates_item = known_feature_updates_.setdefault(
                bytes(buffer[start:position]), feature_updates_item
            )
        feature_updates_.append(feature_updates_item)
    if version >= 1:
        self.validate_only = buffer[position] != 0
        position += 1
    else:
        self.validate_only = False
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = yield from read_tagged_fields_steps(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def read_steps(
    buffer: memoryview, position: int, version: int
) -> Generator[None, None, tuple[UpdateFeaturesRequest, int]]:
    """Read as `read` of the class does, and yield on the way. Errors: ProtocolViolation."""
    try:
        message, position = yield from _read_update_features_request_steps(buffer, position, version)
    except READ_ERRORS as error:
        refuse_truncated("UpdateFeaturesRequest", error)
    if position > len(buffer):
        refuse_truncated("UpdateFeaturesRequest")
    return message, position
