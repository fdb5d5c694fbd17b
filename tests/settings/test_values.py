"""Values as text: what Kafka's types accept."""

from __future__ import annotations

import pytest

from kafkalite.settings.values import check_type, parse_bool, parse_integer, parse_list


@pytest.mark.parametrize(("text", "value"), [("true", True), (" FALSE ", False), ("True", True)])
def test_booleans_in_any_case(text: str, value: bool) -> None:
    assert parse_bool(text) is value


@pytest.mark.parametrize("text", ["yes", "1", "", "truely"])
def test_other_booleans_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a boolean"):
        parse_bool(text)


@pytest.mark.parametrize(
    ("text", "type_name", "value"),
    [(" 7 ", "int", 7), ("-1", "short", -1), ("+3", "long", 3), (str(2**63 - 1), "long", 2**63 - 1)],
)
def test_integers(text: str, type_name: str, value: int) -> None:
    assert parse_integer(text, type_name) == value


@pytest.mark.parametrize(
    ("text", "type_name"),
    [
        ("abc", "int"),
        ("", "int"),
        ("1.0", "int"),
        ("1_000", "int"),
        (str(2**31), "int"),
        ("40000", "short"),
        ("٣", "int"),
    ],
)
def test_other_integers_are_refused(text: str, type_name: str) -> None:
    with pytest.raises(ValueError, match=f"is not an? {type_name}"):
        parse_integer(text, type_name)


def test_lists_drop_space_and_an_empty_text_has_no_items() -> None:
    assert parse_list(" a , b,c ") == ["a", "b", "c"]
    assert parse_list("  ") == []


def test_types_without_a_form_of_their_own_take_any_text() -> None:
    check_type("anything", "string")
    check_type("anything", "class")
    with pytest.raises(ValueError, match="is not a double"):
        check_type("anything", "double")
