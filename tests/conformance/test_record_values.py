"""Record sets from their description, also broken ones."""

from __future__ import annotations

import pytest

from kafkalite.conformance.conversation import FIXED_TIME_MS, Batch, Records
from kafkalite.conformance.record_values import encode_batch, encode_records
from kafkalite.dissector import dissect_records
from kafkalite.records.batch import check_crc, iterate_records, read_batch_header, record_payload


def test_records_have_keys_values_and_a_time_that_never_changes() -> None:
    encoded = encode_batch(Batch(records=["a", ("k", None)]))
    header = read_batch_header(encoded)
    check_crc(encoded, header)
    records = [(record.key, record.value, record.timestamp) for record in iterate_records(encoded, header)]
    assert records == [(None, b"a", FIXED_TIME_MS), (b"k", None, FIXED_TIME_MS)]


def test_a_patched_header_has_a_crc_that_fits_unless_that_is_patched() -> None:
    patched = encode_batch(Batch(patch={"attributes": 7, "recordCount": 5}))
    header = read_batch_header(patched)
    check_crc(patched, header)
    assert (header.attributes, header.record_count) == (7, 5)
    assert read_batch_header(encode_batch(Batch(patch={"crc": 1}))).crc == 1


def test_batches_without_records_cut_off_and_longer_ones() -> None:
    empty = encode_batch(Batch(records=[]))
    assert len(empty) == 61
    assert read_batch_header(empty).record_count == 0
    whole = encode_batch(Batch())
    assert encode_batch(Batch(cut_bytes=3)) == whole[:-3]
    assert encode_batch(Batch(append=b"xy")) == whole + b"xy"


@pytest.mark.parametrize("codec", [0, 1, 4])
def test_an_inside_stands_in_place_of_the_records(codec: int) -> None:
    encoded = encode_batch(Batch(records=["a"] * 9, inside=b"rubbish", codec=codec))
    header = read_batch_header(encoded)
    check_crc(encoded, header)
    assert (header.record_count, header.last_offset_delta, header.size_bytes) == (9, 8, len(encoded))
    assert record_payload(encoded, header) == b"rubbish"


@pytest.mark.parametrize("magic", [0, 1])
def test_message_sets_of_old_formats(magic: int) -> None:
    [message] = dissect_records(encode_records(Records((Batch(),), magic=magic))).children
    assert message.get("magic").value == magic
