"""A tree as text and as JSON."""

from __future__ import annotations

import json

import pytest

from kafkalite.dissector import DissectionError, Field, build_message, dissect_message, dissect_records
from kafkalite.dissector.rendering import describe, to_json, tree_lines
from kafkalite.records.builder import build_batch

BODY = build_message("MetadataRequest", 1, {"Topics": [{"Name": "orders"}]})


def test_lines_name_range_hex_and_field() -> None:
    tree = dissect_message(BODY, name="MetadataRequest", version=1, base=4)
    assert list(tree_lines(tree, BODY, base=4)) == [
        "4..16                                    MetadataRequest: MetadataRequest v1",
        "4..16          00 00 00 01                 Topics: nullable_array[MetadataRequestTopic] = 1 element",
        "8..16                                        [0]: MetadataRequestTopic",
        '8..16          00 06 6f 72 64 65 72 73         Name: string = "orders"',
    ]


def test_the_hex_column_has_a_width_and_can_be_left_out() -> None:
    tree = dissect_message(BODY, name="MetadataRequest", version=1)
    assert list(tree_lines(tree, BODY, hex_bytes=4))[-1] == '4..12          00 06 6f ..         Name: string = "orders"'
    assert list(tree_lines(tree, BODY, hex_bytes=0))[-1] == '4..12                Name: string = "orders"'


def test_decompressed_positions_are_marked_and_their_hex_is_that_of_the_content() -> None:
    batch = bytes(build_batch([(b"k", b"v" * 50)], now_ms=1, compression=1))
    lines = list(tree_lines(dissect_records(batch), batch))
    line = next(line for line in lines if " key:" in line)
    assert line.startswith("+4..6 ")
    assert " 02 6b " in line


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        (Field("A", "int16", 0, 2, 3, note="WHY"), "A: int16 = 3  (WHY)"),
        (Field("A", "nullable_string", 0, 2), "A: nullable_string = null"),
        (Field("A", "bool", 0, 1, True), "A: bool = true"),
        (Field("A", "string", 0, 1, 'q"\n'), 'A: string = "q\\"\\n"'),
        (Field("A", "string", 0, 1, "\udcff"), 'A: string = "\\udcff"'),
        (Field("A", "string", 0, 1, "x" * 500), 'A: string = "' + "x" * 159 + ".."),
        (Field("A", "bytes", 0, 1, b"\x00"), "A: bytes = 1 byte"),
        (Field("A", "bytes", 0, 1, b"text"), 'A: bytes = 4 bytes "text"'),
        (Field("A", "uuid", 0, 16, bytes(15) + b"\x01"), "A: uuid = AAAAAAAAAAAAAAAAAAAAAQ"),
        (Field("A", "array[int8]", 0, 4, []), "A: array[int8] = 0 elements"),
        (Field("A", "int8", 0, 0, problem="needs 1 bytes, 0 left"), "A: int8  <-- needs 1 bytes, 0 left"),
        (Field("records", "records", 0, 0), "records"),
    ],
)
def test_one_line(field: Field, expected: str) -> None:
    assert describe(field) == expected


def test_json_holds_everything() -> None:
    values = {"Topics": [{"Name": "t", "TopicId": bytes(16)}]}
    tree = dissect_message(build_message("MetadataRequest", 12, values), name="MetadataRequest", version=12)
    node = json.loads(json.dumps(to_json(tree)))
    assert node["children"][0]["name"] == "Topics"
    topic = node["children"][0]["children"][0]
    assert topic["children"][0] == {
        "name": "TopicId",
        "type": "uuid",
        "start": 1,
        "end": 17,
        "value": "AAAAAAAAAAAAAAAAAAAAAA",
    }
    assert "value" not in topic


def test_json_of_values_that_json_does_not_have() -> None:
    assert to_json(Field("A", "float64", 0, 8, float("nan")))["value"] == "nan"
    assert to_json(Field("A", "bytes", 0, 2, b"\xff\x00"))["value"] == "ff00"
    assert to_json(Field("A", "nullable_bytes", 0, 2))["value"] is None


def test_json_of_compressed_records_and_of_a_problem() -> None:
    batch = bytes(build_batch([(b"k", b"v" * 50)], now_ms=1, compression=1))
    packed = to_json(dissect_records(batch))["children"][0]["children"][-1]
    assert packed["decompressed_bytes"] > 50
    with pytest.raises(DissectionError) as caught:
        dissect_message(BODY[:-1], name="MetadataRequest", version=1)
    name = to_json(caught.value.partial)["children"][0]["children"][0]["children"][0]
    assert name["problem"] == "claims 6 bytes, 5 left"
