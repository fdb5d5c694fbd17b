"""The state table is whole, and says what Kafka's does."""

from __future__ import annotations

import pytest

from kafkalite.coordinators.group.classic import states
from kafkalite.coordinators.group.classic.group import ClassicGroup
from kafkalite.coordinators.group.classic.states import (
    COMPLETING_REBALANCE,
    EMPTY,
    PREPARING_REBALANCE,
    STABLE,
    STATES,
    VALID_PREVIOUS,
)

TRANSITIONS = {
    (EMPTY, PREPARING_REBALANCE),
    (STABLE, PREPARING_REBALANCE),
    (COMPLETING_REBALANCE, PREPARING_REBALANCE),
    (PREPARING_REBALANCE, COMPLETING_REBALANCE),
    (PREPARING_REBALANCE, EMPTY),
    (COMPLETING_REBALANCE, STABLE),
}


@pytest.mark.parametrize("before", STATES)
@pytest.mark.parametrize("after", STATES)
def test_every_pair_of_states(before: str, after: str) -> None:
    group = ClassicGroup("g", 0)
    group.state = before
    if (before, after) in TRANSITIONS:
        group.transition_to(after, 7)
        assert (group.state, group.previous_state, group.state_timestamp_ms) == (after, before, 7)
    else:
        with pytest.raises(AssertionError):
            group.transition_to(after, 7)


def test_every_table_has_a_cell_for_every_state() -> None:
    tables = [table for name, table in vars(states).items() if name.startswith("ON_")]
    assert len(tables) == 6
    assert all(set(table) == set(STATES) for table in (*tables, VALID_PREVIOUS))
