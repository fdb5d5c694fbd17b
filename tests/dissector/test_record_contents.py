"""Records that Kafka itself writes: control records, metadata, the coordinators' topics."""

from __future__ import annotations

import pytest

from kafkalite.dissector import Field, build_message, dissect_records
from kafkalite.records.builder import build_batch


def record_of(key: bytes | None, value: bytes | None, *, topic: str | None = None, is_control: bool = False) -> Field:
    batch = build_batch([(key, value)], now_ms=1, is_control=is_control)
    return dissect_records(batch, topic=topic).get("batch 0.record 0")


class TestControlRecords:
    def test_a_commit_marker(self) -> None:
        value = b"\x00\x00" + build_message("EndTxnMarker", 0, {"CoordinatorEpoch": 3})
        record = record_of(b"\x00\x00\x00\x01", value, is_control=True)
        assert record.get("key.type").note == "COMMIT"
        assert record.get("value.Body.CoordinatorEpoch").value == 3

    def test_a_leader_change_begins_with_its_own_version(self) -> None:
        value = build_message("LeaderChangeMessage", 1, {"Version": 1, "LeaderId": 9})
        record = record_of(b"\x00\x00\x00\x02", value, is_control=True)
        assert record.get("value.Body").type == "LeaderChangeMessage v1"
        assert record.get("value.Body.LeaderId").value == 9

    def test_an_unknown_type_stays_bytes(self) -> None:
        record = record_of(b"\x00\x00\x00\x63", b"?", is_control=True)
        assert record.get("key.type").value == 99
        assert record.get("value").children == []

    def test_a_key_that_is_too_short_is_noted(self) -> None:
        record = record_of(b"\x00", b"", is_control=True)
        assert record.get("value").note == "byte 66: key.version: needs 2 bytes, 1 left"


class TestMetadata:
    def test_a_topic_record(self) -> None:
        value = b"\x01\x02\x00" + build_message("TopicRecord", 0, {"Name": "orders"})
        record = record_of(None, value, topic="__cluster_metadata")
        assert record.get("value.apiKey").value == 2
        assert record.get("value.Body.Name").value == "orders"

    @pytest.mark.parametrize(
        ("value", "note"),
        [
            (b"\x01\xff\x01\x00", "no metadata record has frame 1, key 255"),
            (b"\x02\x02\x00", "no metadata record has frame 2, key 2"),
            (b"\x01\x02\x09", "TopicRecord has versions 0, not 9"),
            (b"\x01\x02\x00\x05or", "byte 70: TopicRecord.Name: claims 4 bytes, 2 left"),
        ],
    )
    def test_what_does_not_fit_is_noted(self, value: bytes, note: str) -> None:
        assert record_of(None, value, topic="__cluster_metadata").get("value").note == note

    def test_is_not_looked_for_in_other_topics(self) -> None:
        value = b"\x01\x02\x00" + build_message("TopicRecord", 0, {"Name": "orders"})
        assert record_of(None, value, topic="orders").get("value").children == []


class TestCoordinatorTopics:
    @pytest.mark.parametrize(
        ("topic", "key", "value"),
        [
            ("__consumer_offsets", "OffsetCommitKey", "OffsetCommitValue"),
            ("__consumer_offsets", "GroupMetadataKey", "GroupMetadataValue"),
            ("__transaction_state", "TransactionLogKey", "TransactionLogValue"),
            ("__share_group_state", "ShareSnapshotKey", "ShareSnapshotValue"),
        ],
    )
    def test_key_and_value(self, topic: str, key: str, value: str) -> None:
        types = {"OffsetCommitKey": 1, "GroupMetadataKey": 2}
        key_bytes = types.get(key, 0).to_bytes(2, "big") + build_message(key, 0, {})
        record = record_of(key_bytes, b"\x00\x00" + build_message(value, 0, {}), topic=topic)
        assert record.get("key.Body").type == f"{key} v0"
        assert record.get("value.Body").type == f"{value} v0"

    def test_a_tombstone(self) -> None:
        key = b"\x00\x01" + build_message("OffsetCommitKey", 0, {"group": "g"})
        record = record_of(key, None, topic="__consumer_offsets")
        assert (record.get("key.Body.group").value, record.get("value").note) == ("g", "tombstone")

    def test_an_unknown_type_is_noted(self) -> None:
        note = record_of(b"\x03\xe7", b"", topic="__transaction_state").get("value").note
        assert note == "__transaction_state has no record type 999"
