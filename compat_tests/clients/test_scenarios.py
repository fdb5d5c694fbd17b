"""The matrix: every client of the roster through every scenario it has the features for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from compat_tests.clients.conftest import OpenClients, make_marks
from compat_tests.clients.roster import ROSTER, Entry
from compat_tests.clients.scenarios import NEGOTIATED, Kit, Scenario, select


def make_cases() -> Iterator[Any]:
    """Yield a case per client and scenario, client by client."""
    for entry in ROSTER:
        extra = frozenset() if entry.is_pinned else {NEGOTIATED}
        for name, scenario in select(entry.features | extra).items():
            yield pytest.param(entry, scenario, id=f"{entry.name}-{name}", marks=make_marks(entry))


@pytest.mark.parametrize(("entry", "scenario"), list(make_cases()))
def test_scenario(
    entry: Entry,
    scenario: Scenario,
    open_clients: OpenClients,
    make_kit: Callable[[frozenset[str]], Kit],
    record_property: Callable[[str, object], None],
) -> None:
    """Run one scenario with one client; `--junitxml` records the three properties that the scoreboard needs."""
    record_property("client", entry.name)
    record_property("scenario", scenario.__name__)
    client = open_clients.get(entry)
    record_property("client_version", open_clients.get_version(entry))
    scenario(client, make_kit(entry.features))
