"""The table of states is Kafka's, and whole."""

from __future__ import annotations

import pytest

from kafkalite.coordinators.transaction import states
from kafkalite.coordinators.transaction.metadata import TransactionMetadata, completed, prepared, with_partitions
from kafkalite.coordinators.transaction.states import NAMES, VALID_PREVIOUS_STATES


def test_numbers_and_names_are_those_of_the_log_and_the_admin_client() -> None:
    assert NAMES == {
        0: "Empty",
        1: "Ongoing",
        2: "PrepareCommit",
        3: "PrepareAbort",
        4: "CompleteCommit",
        5: "CompleteAbort",
        6: "Dead",
        7: "PrepareEpochFence",
    }
    assert states.BY_NAME["CompleteAbort"] == 5


def test_every_state_can_be_reached() -> None:
    assert set(VALID_PREVIOUS_STATES) == set(NAMES)
    reached = {states.EMPTY}
    while more := {state for state, before in VALID_PREVIOUS_STATES.items() if before & reached} - reached:
        reached |= more
    assert reached == set(NAMES)


def test_a_decision_is_followed_by_its_own_completion_alone() -> None:
    followers = {
        state: {after for after, before in VALID_PREVIOUS_STATES.items() if state in before}
        for state in states.PREPARED
    }
    assert followers == {
        states.PREPARE_COMMIT: {states.COMPLETE_COMMIT},
        states.PREPARE_ABORT: {states.COMPLETE_ABORT},
    }


def test_only_ids_without_a_transaction_expire() -> None:
    assert frozenset(VALID_PREVIOUS_STATES[states.DEAD]) == states.EXPIRABLE


def test_flexible_values_come_with_version_1() -> None:
    assert [states.value_version(version) for version in (0, 1, 2)] == [0, 1, 1]


@pytest.mark.parametrize("state", [states.PREPARE_COMMIT, states.PREPARE_ABORT])
def test_a_transition_that_is_not_in_the_table_is_a_bug(state: int) -> None:
    metadata = TransactionMetadata("id", 1, 0, state=state)
    with pytest.raises(AssertionError, match="no way from Prepare"):
        with_partitions(metadata, (), transaction_version=2, now_ms=0)
    with pytest.raises(AssertionError, match="no way from Empty"):
        completed(metadata._replace(state=states.EMPTY), now_ms=0)
    with pytest.raises(AssertionError, match="to PrepareCommit"):
        prepared(metadata, states.PREPARE_COMMIT, transaction_version=2, now_ms=0)
