"""Reading `protocol_specs/`: ranges, names, and what a misspelt name is answered with."""

from __future__ import annotations

import pytest

from kafkalite.dissector import specs
from kafkalite.dissector.specs import UnknownSchema, Versions, find_api, get_spec, parse_versions


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [("3", [3], [2, 4]), ("0-12", [0, 12], [13]), ("2+", [2, 99], [1]), ("none", [], [0, 1]), (None, [], [0])],
)
def test_versions(text: str | None, inside: list[int], outside: list[int]) -> None:
    versions = parse_versions(text)
    assert all(version in versions for version in inside)
    assert not any(version in versions for version in outside)


@pytest.mark.parametrize("text", ["3", "0-12", "2+"])
def test_versions_print_as_they_are_written(text: str) -> None:
    assert str(parse_versions(text)) == text


def test_every_schema_can_be_read() -> None:
    names = specs.spec_names()
    assert len(names) > 200
    assert all(list(get_spec(name).versions()) for name in names)


def test_requests_and_responses_come_in_pairs_with_the_same_versions() -> None:
    for request in specs.specs_of_kind("request"):
        response = get_spec(request.name.removesuffix("Request") + "Response")
        assert response.valid_versions == request.valid_versions, request.name
        assert response.api_key == request.api_key


def test_an_api_is_found_by_name_in_any_case_and_by_key() -> None:
    assert find_api("fetch") == find_api("1") == find_api("Fetch") == "Fetch"


def test_an_unknown_api_is_answered_with_similar_names() -> None:
    with pytest.raises(UnknownSchema, match="OffsetFetch"):
        find_api("fetc")
    with pytest.raises(UnknownSchema, match="key 4"):
        find_api("4")


def test_an_unknown_schema_is_answered_with_similar_names() -> None:
    with pytest.raises(UnknownSchema, match="OffsetCommitValue"):
        get_spec("CommitValue")


def test_an_unknown_version_is_refused_with_the_range() -> None:
    with pytest.raises(UnknownSchema, match="RequestHeader has versions 1-2, not 0"):
        get_spec("RequestHeader").check_version(0)


def test_common_structs_are_found() -> None:
    spec = get_spec("StreamsGroupHeartbeatRequest")
    tasks = next(field for field in spec.fields if field.name == "ActiveTasks")
    assert [field.name for field in spec.struct_fields(tasks)] == ["SubtopologyId", "Partitions"]
    assert tasks.is_array
    assert tasks.nullable_versions == Versions(0, None)


def test_error_codes_have_names() -> None:
    assert specs.error_names()[3] == "UNKNOWN_TOPIC_OR_PARTITION"
