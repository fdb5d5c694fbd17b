"""Property values as text and as Python's types, parsed by the rules of Kafka's ConfigDef.

Source: org.apache.kafka.common.config.ConfigDef.parseType.
"""

from __future__ import annotations

INT_BOUNDS = {
    "short": (-(2**15), 2**15 - 1),
    "int": (-(2**31), 2**31 - 1),
    "long": (-(2**63), 2**63 - 1),
}
"""Kafka's integer types, smallest and largest value."""


class ConfigError(Exception):
    """The configuration cannot be used; the message has the property, the value, the rule and the source."""


def parse_bool(text: str) -> bool:
    """Return the value of "true" or "false" in any case.

    Raises:
        ValueError: the text is neither.
    """
    lowered = text.strip().lower()
    if lowered not in ("true", "false"):
        raise ValueError(f"{text!r} is not a boolean (true or false)")
    return lowered == "true"


def parse_integer(text: str, type_name: str) -> int:
    """Return a decimal integer of a Kafka type ("short", "int" or "long").

    Raises:
        ValueError: the text is no such number.
    """
    article = "an" if type_name == "int" else "a"
    stripped = text.strip()
    digits = stripped[1:] if stripped[:1] in ("-", "+") else stripped
    if not (digits.isascii() and digits.isdigit()):
        raise ValueError(f"{text!r} is not {article} {type_name}")
    smallest, largest = INT_BOUNDS[type_name]
    value = int(stripped)
    if not smallest <= value <= largest:
        raise ValueError(f"{text!r} is not {article} {type_name} ({smallest} to {largest})")
    return value


def parse_double(text: str) -> float:
    """Return a floating-point number.

    Raises:
        ValueError: the text is no such number.
    """
    try:
        return float(text)
    except ValueError:
        raise ValueError(f"{text!r} is not a double") from None


def parse_list(text: str) -> list[str]:
    """Return the comma-separated items of a list without the space around them; the empty text has none."""
    stripped = text.strip()
    return [item.strip() for item in stripped.split(",")] if stripped else []


def check_type(text: str, type_name: str) -> None:
    """Check that ``text`` is a value of Kafka's type (in lower case, as in the config tables).

    Raises:
        ValueError: it is not.
    """
    if type_name in INT_BOUNDS:
        parse_integer(text, type_name)
    elif type_name == "double":
        parse_double(text)
    elif type_name == "boolean":
        parse_bool(text)
