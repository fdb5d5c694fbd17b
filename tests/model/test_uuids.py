"""The text form of UUIDs is the one Kafka prints."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kafkalite.model import uuids


@pytest.mark.parametrize(
    ("uuid", "text"),
    [
        (uuids.ZERO_UUID, "AAAAAAAAAAAAAAAAAAAAAA"),
        (uuids.METADATA_TOPIC_ID, "AAAAAAAAAAAAAAAAAAAAAQ"),
        (b"\xff" * 16, "_____________________w"),
        (bytes([0xFB] * 16), "-_v7-_v7-_v7-_v7-_v7-w"),
    ],
)
def test_text_as_kafka_prints_it(uuid: bytes, text: str) -> None:
    assert uuids.uuid_to_text(uuid) == text
    assert uuids.uuid_from_text(text) == uuid


@settings(max_examples=50, deadline=None, database=None, derandomize=True)
@given(st.binary(min_size=16, max_size=16))
def test_every_uuid_survives(uuid: bytes) -> None:
    text = uuids.uuid_to_text(uuid)
    assert text == base64.urlsafe_b64encode(uuid).decode().rstrip("=")
    assert uuids.uuid_from_text(text) == uuid
    assert uuids.uuid_from_text(text + "==") == uuid


@pytest.mark.parametrize(
    "text", ["", "AAAA", "A" * 25, "AAAAAAAAAAAAAAAAAAAAA!", "é" * 22, "A" * 21, "AAAA AAAAAAAAAAAAAAAAA"]
)
def test_other_text_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError, match="UUID"):
        uuids.uuid_from_text(text)


def test_reserved_ids() -> None:
    assert {uuids.ZERO_UUID, uuids.METADATA_TOPIC_ID} <= uuids.RESERVED_UUIDS
