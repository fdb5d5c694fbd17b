"""Facts about a broker property of Kafka 4.4: its type, default and valid values, from the generated config table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.cluster.configs.tables import BROKER_CONFIGS, ConfigDefinition
from kafkalite.settings.values import check_type, parse_list

if TYPE_CHECKING:
    from typing import Any

SASL_MECHANISMS = ("plain", "scram-sha-256", "scram-sha-512", "oauthbearer", "gssapi")
"""The mechanisms that may follow a listener in a name, in lower case: listener.name.<listener>.<mechanism>.<name>."""


OWN_PROPERTIES = {
    "kafkalite.auto.create.at.once": ConfigDefinition("boolean", "true", dynamic="read-only"),
    "kafkalite.on.storage.fault": ConfigDefinition(
        "string", "stop", valid=("values", ("stop", "offline")), dynamic="read-only"
    ),
    "kafkalite.validate.records": ConfigDefinition(
        "string", "full", valid=("values", ("full", "headers")), dynamic="read-only"
    ),
}
"""The properties that Kafka does not have; docs/CONFIGURATION.md and docs/DISKS.md describe them."""


def is_known(name: str) -> bool:
    """Return whether there is a broker property of this name: Kafka 4.4's, one for a single listener, or our own."""
    return name in OWN_PROPERTIES or name in BROKER_CONFIGS or listener_property_of(name) in BROKER_CONFIGS


def listener_property_of(name: str) -> str:
    """Return the property that ``listener.name.<listener>[.<mechanism>].<property>`` sets; "" for other names."""
    if not name.startswith("listener.name."):
        return ""
    parts = name.split(".")[3:]
    return ".".join(parts[1:] if parts and parts[0] in SASL_MECHANISMS else parts)


def default_of(name: str) -> str | None:
    """Return Kafka's default as text, or kafkalite's for a property that Kafka does not have; None = null.

    Raises:
        KeyError: the property is unknown.
    """
    return (OWN_PROPERTIES.get(name) or BROKER_CONFIGS[name]).default


def check(name: str, text: str) -> None:
    """Check that ``text`` is a valid value of ``name``; properties of neither Kafka nor kafkalite take any.

    Raises:
        ValueError: it is not; the message has the value and the rule.
    """
    definition = OWN_PROPERTIES.get(name) or BROKER_CONFIGS.get(name) or BROKER_CONFIGS.get(listener_property_of(name))
    if definition is None:
        return
    check_type(text, definition.type)
    if definition.valid is not None:
        check_valid(text, definition.type, definition.valid)


def check_valid(text: str, type_name: str, valid: tuple[Any, ...]) -> None:
    """Raise ValueError if ``text`` breaks a rule of the config table (see ConfigDefinition for their forms)."""
    stripped = text.strip()
    match valid:
        case ("range", smallest, largest):
            check_range(stripped, type_name, smallest, largest)
        case ("values", choices):
            check_choice(stripped, choices, choices)
        case ("values_ignore_case", choices):
            check_choice(stripped.upper(), [choice.upper() for choice in choices], choices)
        case ("list", allowed, allows_empty, _):
            items = parse_list(text)
            if not items and not allows_empty:
                raise ValueError("the list is empty")
            for item in items if allowed else ():
                check_choice(item, allowed, allowed)
        case ("non_empty",) if not stripped:
            raise ValueError("the value is empty")
        case ("all", rules):
            for rule in rules:
                check_valid(text, type_name, rule)


def check_range(text: str, type_name: str, smallest: float | None, largest: float | None) -> None:
    """Raise ValueError if a number is outside its range; None = no limit."""
    value = float(text) if type_name == "double" else int(text)
    if smallest is not None and value < smallest:
        raise ValueError(f"{text} is less than {smallest}")
    if largest is not None and value > largest:
        raise ValueError(f"{text} is more than {largest}")


def check_choice(text: str, choices: Any, shown: Any) -> None:
    """Raise ValueError if ``text`` is none of ``choices``; ``shown`` are their names for the message."""
    if text not in choices:
        raise ValueError(f"{text!r} is none of {', '.join(shown)}")
