"""Configuration values: conversion from and to text, and validation by the rules of Kafka's ConfigDef.

Source: org.apache.kafka.common.config.ConfigDef (parseType, convertToString, Range, ValidList, ValidString).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kafkalite.cluster.configs.tables import ConfigDefinition

    Value = bool | int | float | str | list[str] | None

BOOLEAN, STRING, INT, SHORT, LONG, DOUBLE, LIST, CLASS, PASSWORD = (
    "boolean",
    "string",
    "int",
    "short",
    "long",
    "double",
    "list",
    "class",
    "password",
)

TYPE_CODES = {BOOLEAN: 1, STRING: 2, INT: 3, SHORT: 4, LONG: 5, DOUBLE: 6, LIST: 7, CLASS: 8, PASSWORD: 9}
"""The types by their number in DescribeConfigs v3+; 0 is an unknown type."""

_INTEGER_BITS = {SHORT: 16, INT: 32, LONG: 64}


class InvalidConfigValue(ValueError):
    """A value breaks the rules of its configuration; the message names both."""


def parse_value(name: str, text: str | None, type_name: str) -> Value:
    """Return the value of `text`, None for None; repeated items of a list count once.

    Raises:
        InvalidConfigValue: the text is not a value of the type.
    """
    if text is None:
        return None
    stripped = text.strip()
    if type_name == BOOLEAN:
        return _parse_boolean(name, stripped)
    if type_name in _INTEGER_BITS:
        return _parse_integer(name, stripped, type_name)
    if type_name == DOUBLE:
        return _parse_double(name, stripped)
    if type_name == LIST:
        return list(dict.fromkeys(item.strip() for item in stripped.split(","))) if stripped else []
    return stripped


def format_value(value: Value) -> str | None:
    """Return the text of a parsed value as Java prints it; None stays None."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ",".join(value)
    return _format_double(value) if isinstance(value, float) else str(value)


def normalize(name: str, text: str | None, type_name: str) -> str | None:
    """Return a value's text after Kafka parsed and printed it; invalid text is returned unchanged."""
    try:
        return format_value(parse_value(name, text, type_name))
    except InvalidConfigValue:
        return text


def invalid(name: str, value: object, reason: str) -> InvalidConfigValue:
    """Return the error for an invalid value."""
    shown = format_value(value) if isinstance(value, (bool, int, float, str, list)) else value
    return InvalidConfigValue(f"Invalid value {shown} for configuration {name}: {reason}")


def parse_config(name: str, definition: ConfigDefinition, text: str | None) -> Value:
    """Return the parsed and checked value of one configuration's text.

    Raises:
        InvalidConfigValue: the text is not a valid value.
    """
    value = parse_value(name, text, definition.type)
    check_value(name, value, definition.valid)
    return value


def check_value(name: str, value: Value, valid: tuple[Any, ...] | None) -> None:
    """Check a parsed value against its validator in ConfigDefinition.

    A validator of which only the class name is known is not run here.

    Raises:
        InvalidConfigValue: the value is not valid.
    """
    if valid is None:
        return
    kind = valid[0]
    if value is None:
        if kind in ("range", "values", "non_null") or (kind == "list" and not valid[3]):
            raise invalid(name, value, "it must not be null")
    elif isinstance(value, list):
        _check_list(name, value, valid)
    elif isinstance(value, str):
        _check_string(name, value, valid)
    elif kind == "range":
        _check_range(name, value, valid[1], valid[2])
    elif valid == ("text", "[1,...,9] or -1") and value != -1:
        _check_range(name, value, 1, 9)


def _check_list(name: str, items: list[str], valid: tuple[Any, ...]) -> None:
    if valid == ("class", "ThrottledReplicaListValidator"):
        _check_throttled_replicas(name, items)
    elif valid[0] == "list":
        _, elements, allows_empty, _ = valid
        if not items and not allows_empty:
            raise InvalidConfigValue(f"Configuration '{name}' must not be empty.")
        for item in items:
            if not item:
                raise InvalidConfigValue(f"Configuration '{name}' has an empty item in its list.")
            if elements and item not in elements:
                raise invalid(name, item, f"it must be one of {', '.join(elements)}")


def _check_throttled_replicas(name: str, items: list[str]) -> None:
    """Check for `*` (all replicas) or a list of `partition:broker`; empty items pass.

    Source: ThrottledReplicaListValidator.
    """
    for item in items:
        numbers = item.split(":")
        if item and items != ["*"] and not (len(numbers) == 2 and all(n.isascii() and n.isdigit() for n in numbers)):
            raise invalid(name, items, "it must be '*' or a list of partition:broker")


def _check_string(name: str, value: str, valid: tuple[Any, ...]) -> None:
    kind = valid[0]
    if kind == "non_empty" and not value:
        raise invalid(name, value, "it must not be empty")
    choices = valid[1] if kind in ("values", "values_ignore_case") else ()
    if choices and (value.upper() if kind == "values_ignore_case" else value) not in choices:
        raise invalid(name, value, f"it must be one of {', '.join(choices)}")


def _check_range(name: str, value: float, low: float | None, high: float | None) -> None:
    if low is not None and value < low:
        raise invalid(name, value, f"it must be at least {low}")
    if high is not None and value > high:
        raise invalid(name, value, f"it must be no more than {high}")


def _parse_boolean(name: str, text: str) -> bool:
    lowered = text.lower()
    if lowered not in ("true", "false"):
        raise invalid(name, text, "it must be true or false")
    return lowered == "true"


def _parse_integer(name: str, text: str, type_name: str) -> int:
    digits = text[1:] if text[:1] in ("-", "+") else text
    if digits.isascii() and digits.isdigit():
        value = int(text)
        limit = 1 << (_INTEGER_BITS[type_name] - 1)
        if -limit <= value < limit:
            return value
    raise invalid(name, text, f"it is not a whole number of type {type_name.upper()}")


def _parse_double(name: str, text: str) -> float:
    try:
        if "_" not in text:
            return float(text.rstrip("dDfF") if text[:1] not in "iInN" else text)
    except ValueError:
        pass
    raise invalid(name, text, "it is not a number of type DOUBLE")


def _format_double(value: float) -> str:
    """Return a number as Java prints it: a plain decimal from 10^-3 up to 10^7, and `d.dEn` outside."""
    text = repr(value)
    if value == 0 or 1e-3 <= abs(value) < 1e7:
        return text
    if text in _NOT_FINITE:
        return _NOT_FINITE[text]
    mantissa, _, exponent = text.lstrip("-").partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + fraction).lstrip("0")
    power = int(exponent or 0) + len(whole) - 1 - (len(whole + fraction) - len(digits))
    digits = digits.rstrip("0")
    return f"{'-' if value < 0 else ''}{digits[0]}.{digits[1:] or '0'}E{power}"


_NOT_FINITE = {"inf": "Infinity", "-inf": "-Infinity", "nan": "NaN"}
