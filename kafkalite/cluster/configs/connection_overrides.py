"""The text of ``max.connections.per.ip.overrides``: limits of single hosts ("host:count, host:count").

Source: kafka.server.KafkaConfig (maxConnectionsPerIpOverrides, validateValues), Csv.parseCsvMap, Utils.
"""

from __future__ import annotations

from kafkalite.cluster.configs.values import InvalidConfigValue

OVERRIDES_PROPERTY = "max.connections.per.ip.overrides"

_HOST_PUNCTUATION = frozenset("-%._:")


def parse_connection_overrides(text: str) -> dict[str, int]:
    """Return host name or address -> limit.

    Raises:
        InvalidConfigValue: an entry is malformed.
    """
    overrides = {}
    for entry in text.split(","):
        if entry.strip():
            host, separator, count = (part.strip() for part in entry.rpartition(":"))
            if not separator:
                raise InvalidConfigValue(f"{OVERRIDES_PROPERTY}: {entry.strip()!r} is not of the form host:count")
            if not all(char.isascii() and (char.isalnum() or char in _HOST_PUNCTUATION) for char in host):
                raise InvalidConfigValue(f"{OVERRIDES_PROPERTY}: {host!r} is no host")
            try:
                overrides[host] = int(count)
            except ValueError:
                raise InvalidConfigValue(f"{OVERRIDES_PROPERTY}: {count!r} is no count of connections") from None
    return overrides
