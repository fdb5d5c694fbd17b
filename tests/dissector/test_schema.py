"""From a schema to a format: which fields a version has, how they are encoded, what their defaults are."""

from __future__ import annotations

from typing import Any

import pytest

from kafkalite.dissector.schema import UNKNOWN_TAGGED_FIELDS, build_format, default_struct
from kafkalite.dissector.specs import MessageSpec, UnknownSchema, parse_spec


def schema(*fields: dict[str, Any], flexible: str = "2+") -> MessageSpec:
    return parse_spec(
        {"name": "Test", "type": "data", "validVersions": "0-3", "flexibleVersions": flexible, "fields": list(fields)}
    )


def build(spec: MessageSpec, version: int, values: dict[str, Any]) -> str:
    return build_format(spec, version).build(values).hex()


NAME = {"name": "Name", "type": "string", "versions": "0+", "nullableVersions": "1+"}
TAGGED = {"name": "Extra", "type": "int16", "versions": "0+", "tag": 1, "taggedVersions": "2+", "default": -1}
POINT = {
    "name": "Point",
    "type": "Point",
    "versions": "0+",
    "nullableVersions": "0+",
    "fields": [{"name": "X", "type": "int8", "versions": "0+"}],
}


def test_flexible_versions_use_compact_encodings() -> None:
    spec = schema(NAME)
    assert build(spec, 1, {"Name": "a"}) == "000161"
    assert build(spec, 2, {"Name": "a"}) == "0261" + "00"


def test_a_field_may_opt_out_of_the_compact_encoding() -> None:
    assert build(schema({**NAME, "flexibleVersions": "none"}), 2, {"Name": "a"}) == "000161" + "00"


def test_null_only_where_the_version_allows_it() -> None:
    assert build(schema(NAME), 1, {"Name": None}) == "ffff"
    with pytest.raises(Exception, match="null is not allowed"):
        build(schema(NAME), 0, {"Name": None})


def test_a_field_is_tagged_only_in_its_tagged_versions() -> None:
    spec = schema(TAGGED)
    assert build(spec, 1, {"Extra": 5}) == "0005"
    assert build(spec, 2, {"Extra": 5}) == "01" + "01" + "02" + "0005"
    assert build(spec, 2, {"Extra": -1}) == "00"


def test_tags_are_written_in_ascending_order() -> None:
    built = build(schema(TAGGED), 2, {"Extra": 5, UNKNOWN_TAGGED_FIELDS: {7: b"\xaa", 0: b""}})
    assert built == "03" + "0000" + "01020005" + "0701aa"


def test_unknown_tags_are_refused_where_there_are_none() -> None:
    with pytest.raises(ValueError, match="without tagged fields"):
        build(schema(TAGGED), 1, {UNKNOWN_TAGGED_FIELDS: {7: b""}})


def test_a_nullable_struct_has_a_marker() -> None:
    spec = schema(POINT, flexible="none")
    assert build(spec, 0, {"Point": None}) == "ff"
    assert build(spec, 0, {"Point": {"X": 7}}) == "0107"


def test_a_tagged_nullable_struct_has_a_varint_marker_and_is_written_when_null_is_not_its_default() -> None:
    tagged = {**POINT, "tag": 0, "taggedVersions": "2+"}
    assert build(schema(tagged), 2, {"Point": None}) == "01" + "0001" + "00"
    assert build(schema(tagged), 2, {"Point": {"X": 0}}) == "00"
    assert build(schema(tagged), 2, {"Point": {"X": 7}}) == "01" + "0003" + "01" + "0700"
    assert build(schema({**tagged, "default": "null"}), 2, {"Point": None}) == "00"


def test_defaults_are_complete_structs() -> None:
    spec = schema(
        NAME, TAGGED, {**POINT, "nullableVersions": "none"}, {"name": "R", "type": "records", "versions": "0+"}
    )
    assert default_struct(spec, spec.fields, 0) == {"Name": "", "Extra": -1, "Point": {"X": 0}, "R": None}


def test_a_version_outside_the_valid_ones_is_refused() -> None:
    with pytest.raises(UnknownSchema, match="0-3, not 4"):
        build_format(schema(NAME), 4)


def test_an_unknown_type_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown type 'int128'"):
        build_format(schema({"name": "A", "type": "int128", "versions": "0+"}), 0)
