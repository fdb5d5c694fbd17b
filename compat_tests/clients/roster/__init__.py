"""Every client under every configuration that the scenarios run with: one module for each family of libraries."""

from __future__ import annotations

from compat_tests.clients.roster import go, java, librdkafka, node, pykafka, python, rust
from compat_tests.clients.roster.entry import Entry

__all__ = ["ROSTER", "Entry", "find_entry"]

ROSTER: tuple[Entry, ...] = (
    *python.ENTRIES,
    *librdkafka.ENTRIES,
    *java.ENTRIES,
    *node.ENTRIES,
    *pykafka.ENTRIES,
    *go.ENTRIES,
    *rust.ENTRIES,
)


def find_entry(name: str) -> Entry:
    """Return the entry of that name."""
    (entry,) = (one for one in ROSTER if one.name == name)
    return entry
