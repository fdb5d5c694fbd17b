"""EndTxn in every state, from clients of both generations, and the abort that nobody asked for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kafkalite.coordinators.transaction import states
from kafkalite.coordinators.transaction.end import (
    ALREADY_DONE,
    IN_PROGRESS,
    INVALID,
    PREPARE,
    TABLE_TV1,
    TABLE_TV2,
    abort_by_fencing,
    complete_transaction,
)
from kafkalite.coordinators.transaction.metadata import MAX_EPOCH
from kafkalite.coordinators.transaction.partitions import Producer
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
from tests.coordinators.transaction.conversation import (
    ALL_RESTING,
    EVERY_STATE_AND_CHOICE,
    ID,
    OFFSETS,
    P0,
    Conversation,
)

REFUSALS = {INVALID: errors.INVALID_TXN_STATE, IN_PROGRESS: errors.CONCURRENT_TRANSACTIONS}

KAFKA_TV2_CELLS = {
    # (state, is commit, is a repetition) -> what Kafka's own table in TransactionCoordinator says; None: epoch bump
    (EMPTY, False, True): errors.PRODUCER_FENCED,
    (EMPTY, False, False): None,
    (EMPTY, True, True): errors.PRODUCER_FENCED,
    (EMPTY, True, False): errors.INVALID_TXN_STATE,
    (COMPLETE_ABORT, False, True): errors.NONE,
    (COMPLETE_ABORT, False, False): None,
    (COMPLETE_ABORT, True, True): errors.INVALID_TXN_STATE,
    (COMPLETE_ABORT, True, False): errors.INVALID_TXN_STATE,
    (COMPLETE_COMMIT, False, True): errors.INVALID_TXN_STATE,
    (COMPLETE_COMMIT, False, False): None,
    (COMPLETE_COMMIT, True, True): errors.NONE,
    (COMPLETE_COMMIT, True, False): errors.INVALID_TXN_STATE,
    (ONGOING, True, False): None,
    (ONGOING, False, False): None,
    (ONGOING, True, True): errors.PRODUCER_FENCED,
    (ONGOING, False, True): errors.PRODUCER_FENCED,
    **{
        (state, is_commit, is_retry): errors.CONCURRENT_TRANSACTIONS
        for state in (PREPARE_COMMIT, PREPARE_ABORT)
        for is_commit in (True, False)
        for is_retry in (True, False)
    },
}


def ask(coordinator: Conversation, producer: Producer, is_commit: bool, version: int) -> int:
    """EndTxn; returns the error code."""
    try:
        return coordinator.decide(producer, is_commit=is_commit, version=version).error_code
    except ApiError as error:
        return error.error_code


def test_tables_cover_every_state_that_can_be_in_the_log() -> None:
    assert set(TABLE_TV1) == set(EVERY_STATE_AND_CHOICE)
    assert {key[:2] for key in TABLE_TV2} == {key for key in EVERY_STATE_AND_CHOICE if key[0] not in states.PREPARED}


@pytest.mark.parametrize(("state", "is_commit"), EVERY_STATE_AND_CHOICE)
def test_a_client_with_one_epoch_meets_every_state(
    converse: Callable[..., Conversation], state: int, is_commit: bool
) -> None:
    coordinator = converse()
    producer = coordinator.given(state, version=0)
    before = coordinator.state()
    outcome = TABLE_TV1[state, is_commit]
    assert ask(coordinator, producer, is_commit, 0) == REFUSALS.get(outcome, errors.NONE)
    after = coordinator.state()
    if outcome != PREPARE:
        assert after == before
        return
    assert after.state == (PREPARE_COMMIT if is_commit else PREPARE_ABORT)
    assert (after.producer_id, after.producer_epoch) == (producer.producer_id, producer.producer_epoch)
    assert after.partitions == before.partitions
    assert after.start_ms == before.start_ms


@pytest.mark.parametrize(("state", "is_commit", "is_retry"), KAFKA_TV2_CELLS)
def test_a_client_with_an_epoch_for_each_transaction_meets_every_state(
    coordinator: Conversation, state: int, is_commit: bool, is_retry: bool
) -> None:
    coordinator.given(state, epoch=5)
    before = coordinator.state()
    asking = Producer(ID, before.producer_id, before.producer_epoch - is_retry)
    expected = KAFKA_TV2_CELLS[state, is_commit, is_retry]
    code = ask(coordinator, asking, is_commit, 2)
    assert code == (errors.NONE if expected is None else expected)
    after = coordinator.state()
    if expected is not None:
        assert after == before
        return
    assert after.state == (PREPARE_COMMIT if is_commit else PREPARE_ABORT)
    assert after.producer_epoch == before.producer_epoch + 1
    assert after.client_transaction_version == 2


def test_a_repetition_hears_the_identity_it_missed(coordinator: Conversation) -> None:
    producer = coordinator.given(ONGOING)
    first = coordinator.end(producer)
    assert coordinator.decide(producer) == first
    assert first == (producer.producer_id, producer.producer_epoch + 1, 0)
    assert (ALREADY_DONE, len(coordinator.logged())) == (TABLE_TV2[COMPLETE_COMMIT, True, True], 4)


@pytest.mark.parametrize("version", [0, 2])
@pytest.mark.parametrize("state", ALL_RESTING)
def test_strangers_are_refused_in_every_state(coordinator: Conversation, state: int, version: int) -> None:
    producer = coordinator.given(state, version=version, epoch=5)
    epoch = coordinator.state().producer_epoch
    # With epochs of their own, what is prepared is in progress for all: they may know the next identity already.
    is_in_progress = version == 2 and state in states.PREPARED
    other_id = ask(coordinator, producer._replace(producer_id=1), True, version)
    assert other_id == (errors.CONCURRENT_TRANSACTIONS if is_in_progress else errors.INVALID_PRODUCER_ID_MAPPING)
    for stale in (epoch - 3, epoch + 1):
        other_epoch = ask(coordinator, producer._replace(producer_epoch=stale), True, version)
        assert other_epoch == (errors.CONCURRENT_TRANSACTIONS if is_in_progress else errors.PRODUCER_FENCED)


@pytest.mark.parametrize("version", [0, 2])
def test_an_id_that_nobody_knows(coordinator: Conversation, version: int) -> None:
    assert ask(coordinator, Producer("nobody", 1, 0), True, version) == errors.INVALID_PRODUCER_ID_MAPPING
    assert ask(coordinator, Producer("", 1, 0), True, version) == errors.INVALID_REQUEST


@pytest.mark.parametrize(("version", "marker_epoch"), [(0, 0), (2, 1)])
@pytest.mark.parametrize("is_commit", [True, False])
def test_every_partition_gets_its_marker_then_the_transaction_is_complete(
    coordinator: Conversation, version: int, marker_epoch: int, is_commit: bool
) -> None:
    producer = coordinator.given(ONGOING, version=version)
    coordinator.end(producer, is_commit=is_commit, version=version)
    expected = (producer.producer_id, marker_epoch, 7, is_commit, version)
    assert coordinator.markers.written == [(OFFSETS, expected), (P0, expected)]
    assert [one.state for one in coordinator.logged() if one] == [
        EMPTY,
        ONGOING,
        PREPARE_COMMIT if is_commit else PREPARE_ABORT,
        COMPLETE_COMMIT if is_commit else COMPLETE_ABORT,
    ]
    assert coordinator.state().partitions == frozenset()


def test_an_abort_of_nothing_bumps_the_epoch_and_writes_no_marker(coordinator: Conversation) -> None:
    producer = coordinator.given(EMPTY)
    coordinator.clock.advance(500)
    identity = coordinator.end(producer, is_commit=False)
    assert identity == (producer.producer_id, producer.producer_epoch + 1, 0)
    assert coordinator.markers.written == []
    assert coordinator.state().start_ms == coordinator.clock.now_ms()


def test_the_last_epoch_hands_over_to_a_new_producer_id(coordinator: Conversation) -> None:
    producer = coordinator.given(ONGOING, epoch=MAX_EPOCH - 1)
    identity = coordinator.end(producer)
    assert identity == (producer.producer_id + 1, 0, 0)
    assert {marker.producer_epoch for _, marker in coordinator.markers.written} == {MAX_EPOCH}
    assert {marker.producer_id for _, marker in coordinator.markers.written} == {producer.producer_id}
    state = coordinator.state()
    assert (state.previous_producer_id, state.next_producer_id) == (producer.producer_id, -1)
    assert coordinator.decide(producer) == identity, "a repetition from before the new id"
    assert ask(coordinator, producer, False, 2) == errors.INVALID_TXN_STATE


def test_the_next_identity_may_be_used_before_the_end_is_complete(coordinator: Conversation) -> None:
    producer = coordinator.given(ONGOING, epoch=MAX_EPOCH - 1)
    identity = coordinator.decide(producer)
    early = Producer(ID, identity.producer_id, identity.producer_epoch)
    for attempt in (lambda: coordinator.add(early, P0), lambda: coordinator.decide(early)):
        with pytest.raises(ApiError) as refusal:
            attempt()
        assert refusal.value.error_code == errors.CONCURRENT_TRANSACTIONS
    coordinator.complete()
    coordinator.add(early, P0)
    assert coordinator.end(early).error_code == errors.NONE


def test_without_epochs_of_their_own_clients_stay_on_the_last_epoch(coordinator: Conversation) -> None:
    producer = coordinator.given(ONGOING, version=0, epoch=MAX_EPOCH - 1)
    coordinator.end(producer, version=0)
    assert coordinator.producer() == producer


# ---- fencing ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("server_version", [0, 1, 2])
def test_fencing_aborts_under_the_next_epoch(converse: Callable[..., Conversation], server_version: int) -> None:
    coordinator = converse(server_version)
    producer = coordinator.given(ONGOING, version=0)
    coordinator.runtime.run(
        lambda shard: abort_by_fencing(shard, coordinator.state(), now_ms=coordinator.clock.now_ms())
    )
    state = coordinator.state()
    assert (state.state, state.producer_epoch) == (PREPARE_ABORT, producer.producer_epoch + 1)
    coordinator.complete()
    marker = coordinator.markers.written[0][1]
    assert (marker.is_commit, marker.producer_epoch) == (False, producer.producer_epoch + 1)
    assert marker.transaction_version == (2 if server_version == 2 else 0)
    assert ask(coordinator, producer, True, 0) == errors.PRODUCER_FENCED


@pytest.mark.parametrize("epoch", [MAX_EPOCH - 1, MAX_EPOCH])
@pytest.mark.parametrize("server_version", [1, 2])
def test_fencing_at_the_last_epoch(converse: Callable[..., Conversation], server_version: int, epoch: int) -> None:
    coordinator = converse(server_version)
    producer = coordinator.given(ONGOING, version=0, epoch=epoch)
    coordinator.runtime.run(
        lambda shard: abort_by_fencing(shard, coordinator.state(), now_ms=coordinator.clock.now_ms())
    )
    coordinator.complete()
    assert coordinator.markers.written[0][1].producer_epoch == MAX_EPOCH
    state = coordinator.state()
    if server_version == 2:
        assert (state.producer_id, state.producer_epoch) == (producer.producer_id + 1, 0)
    else:
        assert (state.producer_id, state.producer_epoch) == (producer.producer_id, MAX_EPOCH)
    assert coordinator.init() == (producer.producer_id + 1, 1 if server_version == 2 else 0, 0)


def test_completing_what_is_not_prepared_does_nothing(coordinator: Conversation) -> None:
    coordinator.given(ONGOING)
    logged = len(coordinator.logged())
    for transactional_id in (ID, "nobody"):
        coordinator.runtime.run(lambda shard, one=transactional_id: complete_transaction(shard, one, now_ms=0))
    assert len(coordinator.logged()) == logged
    assert coordinator.state().state == states.ONGOING
