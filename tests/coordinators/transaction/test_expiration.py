"""Time aborts what stays open, and forgets what is not used."""

from __future__ import annotations

import pytest

from kafkalite.coordinators.transaction.expiration import abort_timed_out, remove_expired
from kafkalite.coordinators.transaction.states import (
    COMPLETE_ABORT,
    COMPLETE_COMMIT,
    EMPTY,
    ONGOING,
    PREPARE_ABORT,
    PREPARE_COMMIT,
)
from tests.coordinators.transaction.conversation import ID, P0, P1, TIMEOUT_MS, Conversation

WEEK_MS = 7 * 24 * 3600 * 1000


def expire(coordinator: Conversation) -> int:
    """What happens at every interval; returns how many ids are gone."""
    count: int = coordinator.runtime.run(
        lambda shard: remove_expired(shard, now_ms=coordinator.clock.now_ms(), expiration_ms=WEEK_MS)
    )
    return count


def test_a_transaction_is_aborted_once_its_timeout_has_passed(coordinator: Conversation) -> None:
    producer = coordinator.given(ONGOING)
    coordinator.clock.advance(TIMEOUT_MS)
    assert coordinator.abort_timed_out() == []
    coordinator.clock.advance(1)
    assert coordinator.abort_timed_out() == [ID]
    assert coordinator.state().state == COMPLETE_ABORT
    assert coordinator.state().producer_epoch == producer.producer_epoch + 1
    assert not coordinator.markers.written[0][1].is_commit
    assert coordinator.abort_timed_out() == []


def test_adding_partitions_does_not_extend_the_time(coordinator: Conversation) -> None:
    coordinator.init()
    coordinator.add(coordinator.producer(), P0)
    coordinator.clock.advance(TIMEOUT_MS - 1)
    coordinator.add(coordinator.producer(), P1)
    coordinator.clock.advance(2)
    assert coordinator.abort_timed_out() == [ID]


@pytest.mark.parametrize("state", [EMPTY, PREPARE_COMMIT, PREPARE_ABORT, COMPLETE_COMMIT, COMPLETE_ABORT])
def test_only_open_transactions_time_out(coordinator: Conversation, state: int) -> None:
    coordinator.given(state)
    coordinator.clock.advance(TIMEOUT_MS * 10)
    before = coordinator.state()
    coordinator.runtime.run(lambda shard: abort_timed_out(shard, ID, now_ms=coordinator.clock.now_ms()))
    assert coordinator.state() == before


def test_the_time_counts_on_over_a_restart(coordinator: Conversation) -> None:
    coordinator.given(ONGOING)
    coordinator.restart()
    coordinator.clock.advance(TIMEOUT_MS + 1)
    assert coordinator.abort_timed_out() == [ID]


def test_two_phase_commit_waits_for_ever(coordinator: Conversation) -> None:
    coordinator.init(timeout_ms=2**31 - 1)
    coordinator.add(coordinator.producer(), P0)
    coordinator.clock.advance(WEEK_MS)
    assert coordinator.abort_timed_out() == []


def test_a_transaction_that_ended_meanwhile_is_left_alone(coordinator: Conversation) -> None:
    coordinator.given(COMPLETE_COMMIT)
    coordinator.runtime.run(lambda shard: abort_timed_out(shard, "nobody", now_ms=0))
    assert coordinator.state().state == COMPLETE_COMMIT


@pytest.mark.parametrize("state", [EMPTY, COMPLETE_COMMIT, COMPLETE_ABORT])
def test_an_id_is_forgotten_after_its_time(coordinator: Conversation, state: int) -> None:
    coordinator.given(state)
    coordinator.clock.advance(WEEK_MS - 1)
    assert expire(coordinator) == 0
    coordinator.clock.advance(1)
    assert expire(coordinator) == 1
    assert coordinator.shard.transactions == {}
    assert coordinator.logged()[-1] is None
    assert coordinator.init()[1] == 0, "it begins anew"


@pytest.mark.parametrize("state", [ONGOING, PREPARE_COMMIT, PREPARE_ABORT])
def test_an_id_with_a_transaction_is_kept(coordinator: Conversation, state: int) -> None:
    coordinator.given(state)
    coordinator.clock.advance(WEEK_MS * 2)
    assert expire(coordinator) == 0


def test_thousands_of_ids_are_forgotten_in_batches_that_fit(coordinator: Conversation) -> None:
    coordinator.log.max_batch_bytes = 4096
    for number in range(2000):
        coordinator.init(f"writer-{number}")
    coordinator.clock.advance(WEEK_MS)
    assert expire(coordinator) == 2000
    assert coordinator.shard.transactions == {}
