"""What Kafka 4.3 says about a broker property: its type and its default, from the generated config table."""

from __future__ import annotations

try:
    from kafkalite.cluster.config_tables import BROKER_CONFIGS
except ImportError:  # the table is generated
    BROKER_CONFIGS = {}

SASL_MECHANISMS = ("plain", "scram-sha-256", "scram-sha-512", "oauthbearer", "gssapi")
"""What may stand between the listener and the property, in lower case: listener.name.<listener>.<mechanism>.<name>."""


def is_known(name: str) -> bool:
    """Return whether Kafka 4.3 has a broker property of this name, one for a single listener included."""
    return name in BROKER_CONFIGS or listener_property_of(name) in BROKER_CONFIGS


def listener_property_of(name: str) -> str:
    """Return the property that ``listener.name.<listener>[.<mechanism>].<property>`` sets; "" for other names."""
    if not name.startswith("listener.name."):
        return ""
    parts = name.split(".")[3:]
    return ".".join(parts[1:] if parts and parts[0] in SASL_MECHANISMS else parts)


def type_of(name: str) -> str:
    """Return the type in lower case ("int", "long", "string", "list", ...); "string" for unknown names."""
    entry = BROKER_CONFIGS.get(name)
    return entry[0] if entry is not None else "string"


def default_of(name: str) -> str | None:
    """Return Kafka's default as text; None = null; raises KeyError for names that Kafka does not have."""
    default: str | None = BROKER_CONFIGS[name][1]
    return default
