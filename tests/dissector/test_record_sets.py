"""Record sets that kafka-python and kafkalite's own builder wrote, read by the dissector."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kafka.record.memory_records import MemoryRecordsBuilder

from kafkalite.dissector import DissectionError, Field, dissect_records, iterate_record_sets
from kafkalite.records.builder import RecordData, build_batch

GZIP = 1
VALUE = b"v" * 60  # long enough that compressing it pays

#: A segment that Apache Kafka 4.3.1 wrote: five records in lz4 from a transaction of librdkafka, and its commit marker.
KAFKAS_SEGMENT = bytes.fromhex(
    "000000000000000000000076000000000211b87399001300000004000001a206f8dcc2000001a206f8dcc200000000000000000000000000"
    "000000000504224d1860408236000000f0031a000000026b04763002026802781a0000020e0014310e0010040e0014320e0010060e001433"
    "0e00b008026b04763402026802780000000000000000000000050000004200000000029ffecae6003000000000000001a206f8dd9b000001"
    "a206f8dd9b00000000000000000000ffffffff000000012000000008000000010c00000000000000"
)


def client_built(magic: int, compression: int = 0) -> bytes:
    builder = MemoryRecordsBuilder(magic=magic, compression_type=compression, batch_size=4096)
    builder.append(1000, b"k0", VALUE, [("h", b"x")] if magic == 2 else None)
    builder.append(2000, None, None)
    builder.close()
    return bytes(builder.buffer())


def contents(root: Field, type_name: str) -> list[tuple[bytes | None, bytes | None]]:
    return [(f.get("key").value, f.get("value").value) for f in root.walk() if f.type == type_name]


class TestBatches:
    @pytest.mark.parametrize("compression", [0, GZIP])
    def test_what_a_client_wrote(self, compression: int) -> None:
        data = client_built(2, compression)
        root = dissect_records(data, base=50)
        batch = root.get("batch 0")
        assert (batch.start, batch.end) == (50, 50 + len(data))
        assert batch.get("crc").note == "matches"
        assert contents(root, "Record") == [(b"k0", VALUE), (None, None)]
        records = [field for field in root.walk() if field.type == "Record"]
        assert [record.note for record in records] == ["offset 0, timestamp 1000", "offset 1, timestamp 2000"]
        assert records[0].get("headers[0].key").value == "h"

    def test_positions_inside_compressed_records_count_in_the_content(self) -> None:
        root = dissect_records(client_built(2, GZIP), base=50)
        packed = root.get("batch 0.compressed records")
        assert packed.content is not None
        assert (packed.children[0].start, packed.children[-1].end) == (0, len(packed.content))

    @given(
        records=st.lists(
            st.tuples(
                st.none() | st.binary(max_size=80),
                st.none() | st.binary(max_size=80),
                st.integers(0, 1 << 42),
                st.lists(st.tuples(st.text(max_size=3), st.none() | st.binary(max_size=3)), max_size=2),
            ),
            min_size=1,
            max_size=4,
        ),
        base_offset=st.integers(0, 1 << 60),
    )
    @settings(max_examples=25, derandomize=True, database=None, deadline=None)
    def test_what_the_server_wrote(
        self, records: list[tuple[bytes, bytes, int, list[tuple[str, bytes]]]], base_offset: int
    ) -> None:
        data = bytes(build_batch([RecordData(*record) for record in records], now_ms=1, base_offset=base_offset))
        found = [field for field in dissect_records(data).walk() if field.type == "Record"]
        assert [
            (
                field.value["key"],
                field.value["value"],
                field.note,
                [(header["key"], header["value"]) for header in field.value["headers"]],
            )
            for field in found
        ] == [
            (key, value, f"offset {base_offset + number}, timestamp {timestamp}", headers)
            for number, (key, value, timestamp, headers) in enumerate(records)
        ]

    def test_log_append_time_is_the_time_of_every_record(self) -> None:
        data = bytes(build_batch([RecordData(b"k", b"v", 5)], now_ms=77, log_append_time=True))
        assert dissect_records(data).get("batch 0.record 0").note == "offset 0, timestamp 77"

    def test_every_byte_lies_in_one_prefix_or_leaf(self) -> None:
        data = client_built(2) * 2
        covered = [at for field in dissect_records(data).walk() for at in range(field.start, field.prefix_end)]
        assert covered == list(range(len(data)))

    def test_a_wrong_crc_is_noted(self) -> None:
        data = bytearray(client_built(2))
        data[-1] ^= 1
        with pytest.raises(DissectionError):
            dissect_records(data)
        data = bytearray(client_built(2))
        data[-4] ^= 1
        assert "does not match" in dissect_records(data).get("batch 0.crc").note

    def test_bytes_that_cannot_be_decompressed_stay_bytes(self) -> None:
        data = bytearray(client_built(2, GZIP))
        data[61] ^= 0xFF
        packed = dissect_records(data).get("batch 0.compressed records")
        assert "cannot be decompressed" in packed.note
        assert packed.value == bytes(data[61:])

    def test_what_kafka_wrote(self) -> None:
        data, marker = dissect_records(KAFKAS_SEGMENT).children
        assert [data.get("crc").note, marker.get("crc").note] == ["matches", "matches"]
        assert data.get("attributes").note == "lz4, CreateTime, transactional"
        assert contents(data, "Record") == [(b"k", b"v%d" % number) for number in range(5)]
        assert marker.get("record 0.key.type").note == "COMMIT"
        assert marker.get("record 0.value.Body.CoordinatorEpoch").value == 0


class TestMessageSets:
    @pytest.mark.parametrize("magic", [0, 1])
    def test_what_a_client_wrote(self, magic: int) -> None:
        data = client_built(magic)
        root = dissect_records(data)
        assert contents(root, f"Message v{magic}") == [(b"k0", VALUE), (None, None)]
        assert [field.note for field in root.walk() if field.name == "crc"] == ["matches", "matches"]
        covered = [at for field in root.walk() for at in range(field.start, field.prefix_end)]
        assert covered == list(range(len(data)))

    @pytest.mark.parametrize("magic", [0, 1])
    def test_a_compressed_wrapper_is_opened(self, magic: int) -> None:
        wrapper = dissect_records(client_built(magic, GZIP)).get("message 0.value")
        assert contents(wrapper, f"Message v{magic}") == [(b"k0", VALUE), (None, None)]

    def test_a_size_that_does_not_match_is_refused(self) -> None:
        data = bytearray(client_built(0))
        data[11] += 1
        with pytest.raises(DissectionError, match=r"byte 8: .*messageSize: says 77 bytes, the message takes 76"):
            dissect_records(data)


class TestEnds:
    @pytest.mark.parametrize("magic", [0, 1, 2])
    def test_a_set_may_end_inside_a_batch(self, magic: int) -> None:
        whole = client_built(magic)
        for size in range(1, 12):
            last = dissect_records(whole + whole[:size]).children[-1]
            assert (last.name, last.start, last.end) == ("incomplete batch", len(whole), len(whole) + size)

    def test_space_that_was_allocated_ahead_is_named(self) -> None:
        data = client_built(2)
        last = dissect_records(data + bytes(5000)).children[-1]
        assert (last.name, last.start, last.end) == ("unwritten space", len(data), len(data) + 5000)

    def test_an_empty_set_has_no_batches(self) -> None:
        assert dissect_records(b"").children == []

    def test_batches_come_one_by_one(self) -> None:
        data = client_built(2)
        batches = iterate_record_sets(data + b"\x00" * 16 + b"\x07" * 90)
        assert next(batches).end == len(data)
        with pytest.raises(DissectionError) as caught:
            next(batches)
        assert (caught.value.position, caught.value.path) == (len(data) + 16, "records.batch 1.magic")

    def test_a_batch_that_claims_too_little(self) -> None:
        data = bytearray(client_built(2))
        data[8:12] = (48).to_bytes(4, "big")
        with pytest.raises(DissectionError, match=r"byte 8: .*batchLength: is 48"):
            dissect_records(data)

    def test_a_record_that_does_not_fill_its_length(self) -> None:
        data = bytearray(client_built(2))
        data[61] += 2
        with pytest.raises(DissectionError, match=r"byte 61: .*record 0.length: says"):
            dissect_records(data)

    def test_damage_raises_nothing_else(self) -> None:
        chance = random.Random(2)
        for whole in (client_built(0), client_built(1, GZIP), client_built(2), client_built(2, GZIP)):
            for _ in range(150):
                damaged = bytearray(whole)
                damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
                try:
                    dissect_records(damaged, topic="__consumer_offsets")
                except DissectionError as error:
                    assert 0 <= error.position <= len(whole)
