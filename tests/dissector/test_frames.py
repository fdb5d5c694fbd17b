"""Whole frames: header versions, lengths, streams, and where a frame that does not fit is said to break."""

from __future__ import annotations

import random
from typing import Any

import pytest

from kafkalite.dissector import DissectionError, Field, UnknownSchema, build_message, dissect, is_framed, split_frames
from kafkalite.records.builder import build_batch


def framed(frame: bytes) -> bytes:
    return len(frame).to_bytes(4, "big") + frame


def request(key: int, version: int, header_version: int, name: str, values: dict[str, Any]) -> bytes:
    header = {"RequestApiKey": key, "RequestApiVersion": version, "CorrelationId": 7, "ClientId": "me"}
    return build_message("RequestHeader", header_version, header) + build_message(name, version, values)


METADATA = request(3, 12, 2, "MetadataRequest", {"Topics": [{"Name": "orders"}]})
HEARTBEAT = request(12, 0, 1, "HeartbeatRequest", {"GroupId": "g"})


def failure(frame: bytes, **arguments: Any) -> DissectionError:
    with pytest.raises(DissectionError) as caught:
        dissect(frame, **arguments)
    return caught.value


class TestRequest:
    def test_names_its_api_and_reads_the_body(self) -> None:
        tree = dissect(METADATA)
        assert tree.get("Header.RequestApiKey").note == "Metadata"
        assert tree.get("Body.Topics[0].Name").value == "orders"
        assert tree.get("Header").type == "RequestHeader v2"

    def test_an_inflexible_version_has_a_header_without_tagged_fields(self) -> None:
        tree = dissect(HEARTBEAT)
        assert tree.get("Header").type == "RequestHeader v1"
        assert tree.get("Body.GroupId").value == "g"

    def test_positions_count_from_the_base_with_the_length(self) -> None:
        tree = dissect(framed(METADATA), has_length=True, base=1000)
        assert (tree.start, tree.end) == (1000, 1004 + len(METADATA))
        assert tree.get("Header.ClientId").start == 1012

    def test_unknown_key_and_version(self) -> None:
        error = failure(b"\x03\xe7\x00\x00\x00\x00\x00\x01\xff\xff")
        assert (error.position, error.path) == (0, "Header.RequestApiKey")
        error = failure(b"\x00\x03\x00\x63\x00\x00\x00\x01\xff\xff")
        assert (error.position, error.path) == (2, "Header.RequestApiVersion")
        assert "0-13, not 99" in error.reason

    @pytest.mark.parametrize("size", range(len(METADATA)))
    def test_cut_off_anywhere(self, size: int) -> None:
        error = failure(METADATA[:size])
        assert 0 <= error.position <= size
        assert all(field.end <= size for field in error.partial.walk())

    def test_the_cut_off_field_is_named(self) -> None:
        error = failure(METADATA[:-6])
        assert error.path == "Body.Topics[0].Name"
        assert error.partial.get("Body.Topics[0].TopicId").value == bytes(16)

    def test_bytes_behind_the_body(self) -> None:
        error = failure(METADATA + b"\x00\x00")
        assert (error.position, error.reason) == (len(METADATA), "2 bytes follow that the schema does not know")

    def test_a_length_that_does_not_match(self) -> None:
        wrong = (len(METADATA) + 9).to_bytes(4, "big") + METADATA
        error = failure(wrong, has_length=True)
        assert (error.position, error.path) == (0, "Length")
        assert error.partial.get("Body.Topics[0].Name").value == "orders"

    def test_damage_raises_nothing_else(self) -> None:
        chance = random.Random(1)
        for _ in range(300):
            damaged = bytearray(framed(METADATA))
            damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
            try:
                dissect(damaged, has_length=True)
            except DissectionError:
                continue


class TestResponse:
    def test_header_version_follows_the_flexible_versions(self) -> None:
        body = build_message("HeartbeatResponse", 4, {"ErrorCode": 27})
        tree = dissect(b"\x00\x00\x00\x07\x00" + body, response_to=("Heartbeat", 4))
        assert tree.get("Header").type == "ResponseHeader v1"
        assert tree.get("Body.ErrorCode").note == "REBALANCE_IN_PROGRESS"

    def test_api_versions_always_has_header_version_zero(self) -> None:
        body = build_message("ApiVersionsResponse", 3, {"ApiKeys": [{"ApiKey": 1}]})
        tree = dissect(b"\x00\x00\x00\x07" + body, response_to=(18, 3))
        assert tree.get("Header").type == "ResponseHeader v0"
        assert tree.get("Body.ApiKeys[0].ApiKey").value == 1

    def test_an_unsupported_api_versions_request_is_answered_in_version_zero(self) -> None:
        body = build_message("ApiVersionsResponse", 0, {"ErrorCode": 35, "ApiKeys": [{"ApiKey": 18, "MaxVersion": 4}]})
        tree = dissect(b"\x00\x00\x00\x07" + body, response_to=("ApiVersions", 4))
        assert tree.get("Body").type == "ApiVersionsResponse v0"

    def test_unknown_api_or_version(self) -> None:
        with pytest.raises(UnknownSchema):
            dissect(b"", response_to=("Fetsch", 0))
        with pytest.raises(UnknownSchema):
            dissect(b"", response_to=("Fetch", 99))


class TestRecordSets:
    def fetch(self, records: bytes, topic: str = "orders") -> Field:
        partition = {"PartitionIndex": 0, "Records": records}
        values = {"Responses": [{"Topic": topic, "Partitions": [partition]}]}
        frame = b"\x00\x00\x00\x07\x00" + build_message("FetchResponse", 12, values)
        return dissect(frame, response_to=("Fetch", 12)).get("Body.Responses[0].Partitions[0].Records")

    def test_are_dissected_down_to_the_records(self) -> None:
        batch = bytes(build_batch([(b"k", b"v"), (b"k", b"w")], now_ms=5))
        field = self.fetch(batch * 2)
        assert field.get("batch 1.record 1.value").value == b"w"
        assert field.children[0].start == field.end - 2 * len(batch)

    def test_damage_becomes_a_note_and_not_an_error(self) -> None:
        damaged = bytearray(build_batch([(b"k", b"v")], now_ms=5))
        damaged[16] = 9
        assert "magic: is 9" in self.fetch(bytes(damaged)).note

    def test_the_topic_opens_the_records_of_internal_topics(self) -> None:
        key = b"\x00\x01" + build_message("OffsetCommitKey", 0, {"group": "g", "topic": "t"})
        value = b"\x00\x03" + build_message("OffsetCommitValue", 3, {"offset": 42})
        field = self.fetch(bytes(build_batch([(key, value)], now_ms=5)), topic="__consumer_offsets")
        assert field.get("batch 0.record 0.value.Body.offset").value == 42


class TestSplitFrames:
    def test_frames_with_their_positions(self) -> None:
        stream = framed(METADATA) + framed(HEARTBEAT)
        assert [(position, bytes(frame)) for position, frame in split_frames(stream)] == [
            (0, framed(METADATA)),
            (len(METADATA) + 4, framed(HEARTBEAT)),
        ]
        assert is_framed(stream)

    def test_the_last_frame_may_be_cut_off(self) -> None:
        stream = framed(METADATA) + framed(HEARTBEAT)[:-3]
        assert len(list(split_frames(stream))) == 2
        assert not is_framed(stream)

    @pytest.mark.parametrize(("tail", "reason"), [(b"\xff\xff\xff\xff", "is -1"), (b"\x00\x00", "is cut off")])
    def test_a_length_that_cannot_be(self, tail: bytes, reason: str) -> None:
        with pytest.raises(DissectionError) as caught:
            list(split_frames(framed(METADATA) + tail))
        assert (caught.value.position, caught.value.reason) == (len(METADATA) + 4, reason)

    def test_bare_frames_are_not_framed(self) -> None:
        assert not is_framed(METADATA)
        assert not is_framed(b"")
