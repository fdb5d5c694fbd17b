"""Merging the schemas of two Kafka lines into one."""

from __future__ import annotations

from typing import Any

import pytest

from scripts.devtools.spec_refresh import schemas


def _request(versions: str, fields: list[dict[str, Any]], flexible: str = "3+") -> dict[str, Any]:
    return {
        "apiKey": 1, "type": "request", "name": "XRequest", "validVersions": versions,
        "flexibleVersions": flexible, "fields": fields,
    }  # fmt: skip


def _field(name: str, versions: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "type": "int32", "versions": versions, "about": "prose", **more}


def test_fields_of_dropped_versions_come_back_at_their_place() -> None:
    older = _request("0-4", [_field("A", "0+"), _field("Old", "0"), _field("B", "0+"), _field("Last", "0-1")])
    newer = _request("2-5", [_field("A", "0+"), _field("B", "0+"), _field("New", "5+")])
    merged = schemas.merge_schemas(older, newer, False, False)
    assert merged["validVersions"] == "0-5"
    assert [field["name"] for field in merged["fields"]] == ["A", "Old", "B", "Last", "New"]
    assert "about" not in merged["fields"][0]


def test_an_unstable_version_is_cut_off_with_its_fields() -> None:
    newer = _request("0-6", [_field("A", "0+"), _field("Unstable", "6+")])
    merged = schemas.merge_schemas(None, newer, True, False)
    assert merged["validVersions"] == "0-5"
    assert [field["name"] for field in merged["fields"]] == ["A"]


def test_versions_that_were_unstable_in_the_older_line_say_nothing() -> None:
    older = _request("0", [_field("Early", "0+")])
    newer = _request("1", [_field("Final", "1+")])
    merged = schemas.merge_schemas(older, newer, False, True)
    assert merged["validVersions"] == "1"
    assert [field["name"] for field in merged["fields"]] == ["Final"]


def test_a_field_that_the_newer_line_renamed_has_its_new_name_in_every_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(schemas.RENAMED_FIELDS, ("XRequest", "Old"), "New")
    older = _request("0-3", [_field("A", "0+"), _field("Old", "1+")])
    merged = schemas.merge_schemas(older, _request("0-5", [_field("A", "0+"), _field("New", "1+")]), False, False)
    assert [(field["name"], field["versions"]) for field in merged["fields"]] == [("A", "0+"), ("New", "1+")]


def test_a_layout_that_contradicts_a_release_is_an_error() -> None:
    older = _request("0-3", [_field("A", "0+", type="int64")])
    newer = _request("2-5", [_field("A", "0+")])
    with pytest.raises(ValueError, match="layout differs"):
        schemas.merge_schemas(older, newer, False, False)


def test_defaults_become_values_of_their_type() -> None:
    fields = [
        _field("Hex", "0+", default="0x7fffffff"),
        _field("Zero", "0+", default="0"),
        _field("Yes", "0+", type="bool", default="true"),
        _field("Null", "0+", type="string", default="null", nullableVersions="0+"),
        {"name": "Tagged", "type": "int64", "taggedVersions": "3+", "tag": "1"},
    ]
    cleaned = schemas.merge_schemas(None, _request("0-5", fields), False, False)["fields"]
    assert [field.get("default") for field in cleaned] == [2147483647, None, True, "null", None]
    assert (cleaned[4]["versions"], cleaned[4]["tag"]) == ("3+", 1)
    assert schemas.to_text(_request("0", cleaned[:1])).count("\n") == 10
