"""Configuration values by the rules of Kafka's ConfigDef."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kafkalite.cluster.configs.tables import ConfigDefinition
from kafkalite.cluster.configs.values import InvalidConfigValue, format_value, normalize, parse_config, parse_value


@pytest.mark.parametrize(
    ("type_name", "text", "value"),
    [
        ("boolean", " True ", True),
        ("boolean", "FALSE", False),
        ("int", "+5", 5),
        ("int", " -2147483648 ", -(2**31)),
        ("short", "32767", 32767),
        ("long", "9223372036854775807", 2**63 - 1),
        ("double", "0.25", 0.25),
        ("double", "1e3", 1000.0),
        ("double", "2.5f", 2.5),
        ("list", "", []),
        ("list", "a, b ,c", ["a", "b", "c"]),
        ("list", "a,b,a", ["a", "b"]),
        ("list", "a,", ["a", ""]),
        ("string", "  x y ", "x y"),
        ("string", None, None),
    ],
)
def test_text_is_read_as_kafka_reads_it(type_name: str, text: str | None, value: object) -> None:
    assert parse_value("name", text, type_name) == value


@pytest.mark.parametrize(
    ("type_name", "text"),
    [
        ("boolean", "yes"),
        ("boolean", ""),
        ("int", "2147483648"),
        ("int", "1.0"),
        ("int", "1_000"),
        ("int", "٣"),
        ("short", "32768"),
        ("long", "-9223372036854775809"),
        ("long", ""),
        ("double", "x"),
        ("double", "1_0.5"),
    ],
)
def test_text_of_another_type_is_refused_by_name(type_name: str, text: str) -> None:
    with pytest.raises(InvalidConfigValue, match=r"the\.name"):
        parse_value("the.name", text, type_name)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "true"),
        (5, "5"),
        (["a", "b"], "a,b"),
        ([], ""),
        (0.5, "0.5"),
        (1.0, "1.0"),
        (1e7, "1.0E7"),
        (1.5e-4, "1.5E-4"),
        (123456789.5, "1.234567895E8"),
        (1.7976931348623157e308, "1.7976931348623157E308"),
        (0.0, "0.0"),
        (float("inf"), "Infinity"),
        (None, None),
    ],
)
def test_values_are_printed_as_java_prints_them(value: object, text: str | None) -> None:
    assert format_value(value) == text


@settings(max_examples=50)
@given(st.floats(allow_nan=False))
def test_a_printed_double_is_the_same_double(value: float) -> None:
    text = format_value(value)
    assert text is not None
    assert float(text.replace("Infinity", "inf")) == value


def definition(type_name: str, valid: tuple[object, ...] | None) -> ConfigDefinition:
    return ConfigDefinition(type_name, None, valid=valid)


@pytest.mark.parametrize(
    ("type_name", "valid", "good", "bad"),
    [
        ("int", ("range", 1, None), ["1", "5"], ["0", None]),
        ("int", ("range", None, 9), ["-100", "9"], ["10"]),
        ("double", ("range", 0, 1), ["0", "0.5", "1"], ["1.1", "-0.1"]),
        ("int", ("text", "[1,...,9] or -1"), ["-1", "1", "9"], ["0", "10", "-2"]),
        ("string", ("values", ("a", "b")), ["a", " b "], ["A", "", None]),
        ("string", ("values_ignore_case", ("A",)), ["a", "A"], ["b"]),
        ("string", ("non_empty",), ["a"], [""]),
        ("string", ("non_null",), ["", "a"], [None]),
        ("list", ("list", ("a", "b"), True, False), ["", "a", "a,b"], ["c", "a,,b", None]),
        ("list", ("list", (), False, True), ["x", None], [""]),
        (
            "list",
            ("class", "ThrottledReplicaListValidator"),
            ["", "*", "0:1", "0:1,12:3"],
            ["x", "1", "1:2:3", "*,1:2"],
        ),
        ("string", ("class", "Unknown"), ["anything"], []),
        ("long", None, ["-5", None], ["x"]),
    ],
)
def test_values_keep_the_rule_of_their_configuration(
    type_name: str, valid: tuple[object, ...] | None, good: list[str | None], bad: list[str | None]
) -> None:
    for text in good:
        parse_config("name", definition(type_name, valid), text)
    for text in bad:
        with pytest.raises(InvalidConfigValue, match="name"):
            parse_config("name", definition(type_name, valid), text)


def test_what_cannot_be_read_is_told_as_it_is() -> None:
    assert normalize("name", "soon", "int") == "soon"
    assert normalize("name", " 5", "int") == "5"
    assert normalize("name", None, "int") is None
