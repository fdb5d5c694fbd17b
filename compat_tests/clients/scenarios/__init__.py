"""The scenarios that every client must pass with a broker; each is one function over the common adapter.

A scenario names the features it needs; it runs for every client of the roster that has them. Apache Kafka passes all of
them (`pytest compat_tests/clients --broker=kafka`), so a failure is the broker's.
"""

from __future__ import annotations

from importlib import import_module

from compat_tests.clients.scenarios.kit import (
    NEGOTIATED,
    PAST_MS,
    SCENARIOS,
    Kit,
    Scenario,
    check_same,
    make_records,
    poll,
    select,
)

__all__ = [
    "NEGOTIATED",
    "PAST_MS",
    "SCENARIOS",
    "Kit",
    "Scenario",
    "check_same",
    "make_records",
    "poll",
    "select",
]

for _family in ("records", "offsets", "topics", "groups", "transactions"):  # each enters its scenarios, in this order
    import_module(f"{__name__}.{_family}")
