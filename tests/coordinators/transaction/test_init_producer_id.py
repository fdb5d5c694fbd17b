"""InitProducerId in every state: new producers, producers that come back, and those they fence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kafkalite.coordinators.transaction.init_producer_id import InitProducerId, check_request
from kafkalite.coordinators.transaction.metadata import MAX_EPOCH
from kafkalite.coordinators.transaction.states import (
    COMPLETE_ABORT,
    COMPLETE_COMMIT,
    EMPTY,
    ONGOING,
    PREPARE_ABORT,
    PREPARE_COMMIT,
)
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from tests.coordinators.transaction.conversation import ID, TIMEOUT_MS, Conversation

RESTING = (EMPTY, COMPLETE_COMMIT, COMPLETE_ABORT)


def ask(coordinator: Conversation, expected: tuple[int, int] | None = None) -> tuple[int, int, int]:
    """InitProducerId; returns producer id, epoch, error."""
    try:
        return coordinator.init(expected=expected)
    except ApiError as error:
        return (-1, -1, error.error_code)


def test_a_new_id_begins_at_epoch_0(coordinator: Conversation) -> None:
    assert coordinator.init() == (1000, 0, 0)
    state = coordinator.state()
    assert (state.state, state.timeout_ms, state.start_ms) == (EMPTY, TIMEOUT_MS, -1)
    assert state.last_update_ms == coordinator.clock.now_ms()
    assert state.previous_producer_id == 1000


def test_ids_are_apart(coordinator: Conversation) -> None:
    assert [coordinator.init(name)[:2] for name in ("a", "b", "a")] == [(1000, 0), (1001, 0), (1000, 1)]


@pytest.mark.parametrize("version", [0, 2])
@pytest.mark.parametrize("state", RESTING)
def test_the_next_producer_gets_the_next_epoch(coordinator: Conversation, state: int, version: int) -> None:
    coordinator.given(state, version=version)
    epoch = coordinator.state().producer_epoch
    coordinator.clock.advance(5)
    assert coordinator.init(timeout_ms=9) == (1000, epoch + 1, 0)
    after = coordinator.state()
    assert (after.state, after.timeout_ms, after.partitions, after.start_ms) == (EMPTY, 9, frozenset(), -1)


@pytest.mark.parametrize("state", [PREPARE_COMMIT, PREPARE_ABORT])
def test_what_is_decided_has_to_be_completed_first(coordinator: Conversation, state: int) -> None:
    coordinator.given(state)
    assert ask(coordinator) == (-1, -1, errors.CONCURRENT_TRANSACTIONS)
    coordinator.complete()
    assert ask(coordinator)[2] == errors.NONE


@pytest.mark.parametrize("server_version", [1, 2])
def test_an_open_transaction_is_aborted_first(converse: Callable[..., Conversation], server_version: int) -> None:
    coordinator = converse(server_version)
    coordinator.given(ONGOING, version=0)
    assert ask(coordinator) == (-1, -1, errors.CONCURRENT_TRANSACTIONS)
    assert coordinator.state().state == PREPARE_ABORT
    coordinator.complete()
    assert ask(coordinator) == (1000, 2, 0), "one epoch for the fence, one for the new producer"


def test_a_producer_comes_back_with_its_epoch(coordinator: Conversation) -> None:
    coordinator.init()
    assert ask(coordinator, (1000, 0)) == (1000, 1, 0)
    assert ask(coordinator, (1000, 0)) == (1000, 1, 0), "it did not hear the answer"
    assert ask(coordinator, (1000, 1)) == (1000, 2, 0)
    assert ask(coordinator, (1000, 0)) == (-1, -1, errors.PRODUCER_FENCED)


def test_a_new_producer_ends_the_patience_with_repetitions(coordinator: Conversation) -> None:
    coordinator.init()
    coordinator.init(expected=(1000, 0))
    coordinator.init()
    assert ask(coordinator, (1000, 0)) == (-1, -1, errors.PRODUCER_FENCED)
    assert ask(coordinator, (1000, 1)) == (-1, -1, errors.PRODUCER_FENCED)


def test_a_repetition_across_a_restart_is_fenced(coordinator: Conversation) -> None:
    coordinator.init()
    coordinator.init(expected=(1000, 0))
    coordinator.restart()
    assert ask(coordinator, (1000, 0)) == (-1, -1, errors.PRODUCER_FENCED)


def test_a_producer_that_was_forgotten_gets_what_is_new(coordinator: Conversation) -> None:
    assert ask(coordinator, (77, 12)) == (1000, 0, 0)


def test_another_producer_id_is_fenced(coordinator: Conversation) -> None:
    coordinator.init()
    assert ask(coordinator, (999, 0)) == (-1, -1, errors.PRODUCER_FENCED)


@pytest.mark.parametrize(
    ("state", "code"),
    [
        (ONGOING, errors.PRODUCER_FENCED),
        (PREPARE_ABORT, errors.CONCURRENT_TRANSACTIONS),
        (PREPARE_COMMIT, errors.CONCURRENT_TRANSACTIONS),
    ],
)
def test_a_stranger_aborts_nothing(coordinator: Conversation, state: int, code: int) -> None:
    coordinator.given(state)
    assert ask(coordinator, (999, 0)) == (-1, -1, code)
    assert coordinator.state().state == state


def test_after_an_end_the_epoch_before_it_is_a_repetition(coordinator: Conversation) -> None:
    producer = coordinator.given(ONGOING)
    coordinator.end(producer)
    assert ask(coordinator, (1000, 0)) == (1000, 1, 0)


def test_without_epochs_there_is_a_new_id(coordinator: Conversation) -> None:
    coordinator.given(EMPTY, epoch=MAX_EPOCH - 1)
    assert ask(coordinator) == (1001, 0, 0)
    assert coordinator.state().previous_producer_id == 1000


def test_who_used_up_its_epochs_may_repeat(coordinator: Conversation) -> None:
    coordinator.given(EMPTY, epoch=MAX_EPOCH - 1)
    assert ask(coordinator, (1000, MAX_EPOCH - 1)) == (1001, 0, 0)
    assert ask(coordinator, (1000, MAX_EPOCH - 1)) == (1001, 0, 0)
    assert ask(coordinator, (1000, MAX_EPOCH - 2)) == (-1, -1, errors.PRODUCER_FENCED)


def test_a_stale_epoch_gets_no_new_id(coordinator: Conversation) -> None:
    coordinator.given(EMPTY, epoch=MAX_EPOCH - 1)
    assert ask(coordinator, (1000, 3)) == (-1, -1, errors.PRODUCER_FENCED)
    assert coordinator.next_id == 1001


def test_nothing_changes_where_the_log_refuses(coordinator: Conversation) -> None:
    coordinator.init()
    before = coordinator.state()
    coordinator.log.fail_next_appends = 1
    assert ask(coordinator) == (-1, -1, errors.NOT_COORDINATOR)
    assert coordinator.state() == before
    assert ask(coordinator) == (1000, 1, 0)


def test_an_id_whose_first_record_failed_is_unknown(coordinator: Conversation) -> None:
    coordinator.log.fail_next_appends = 1
    coordinator.log.failure_code = errors.NOT_ENOUGH_REPLICAS
    assert ask(coordinator) == (-1, -1, errors.COORDINATOR_NOT_AVAILABLE)
    assert coordinator.shard.transactions == {}
    assert ask(coordinator)[1:] == (0, 0)


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        (InitProducerId("", 1), errors.INVALID_REQUEST),
        (InitProducerId(ID, 0), errors.INVALID_TRANSACTION_TIMEOUT),
        (InitProducerId(ID, -1), errors.INVALID_TRANSACTION_TIMEOUT),
        (InitProducerId(ID, 901), errors.INVALID_TRANSACTION_TIMEOUT),
        (InitProducerId(ID, 900), None),
    ],
)
def test_what_no_state_allows(request_: InitProducerId, code: int | None) -> None:
    if code is None:
        check_request(request_, max_timeout_ms=900)
        return
    with pytest.raises(ApiError) as refusal:
        check_request(request_, max_timeout_ms=900)
    assert refusal.value.error_code == code
