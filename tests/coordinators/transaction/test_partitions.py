"""Partitions join a transaction, or are asked whether they did, in every state."""

from __future__ import annotations

import pytest

from kafkalite.coordinators.transaction.partitions import Producer, verify_partitions
from kafkalite.coordinators.transaction.states import (
    COMPLETE_ABORT,
    COMPLETE_COMMIT,
    EMPTY,
    ONGOING,
    PREPARE_ABORT,
    PREPARE_COMMIT,
    PREPARED,
)
from kafkalite.model.identifiers import TopicPartition
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from tests.coordinators.transaction.conversation import ALL_RESTING, OFFSETS, P0, P1, Conversation


def refused(coordinator: Conversation, producer: Producer, *partitions: TopicPartition) -> int:
    """AddPartitionsToTxn, which is to be refused; returns the error."""
    with pytest.raises(ApiError) as refusal:
        coordinator.add(producer, *partitions)
    return refusal.value.error_code


@pytest.mark.parametrize("version", [0, 2])
@pytest.mark.parametrize("state", [EMPTY, COMPLETE_COMMIT, COMPLETE_ABORT])
def test_the_first_partition_begins_a_transaction(coordinator: Conversation, state: int, version: int) -> None:
    coordinator.given(state)
    coordinator.clock.advance(10)
    coordinator.add(coordinator.producer(), P0, version=version)
    after = coordinator.state()
    assert (after.state, after.partitions, after.start_ms) == (ONGOING, {P0}, coordinator.clock.now_ms())
    assert after.client_transaction_version == version


def test_more_partitions_join_and_the_start_stays(coordinator: Conversation) -> None:
    producer = coordinator.given(ONGOING)
    start_ms = coordinator.state().start_ms
    coordinator.clock.advance(10)
    coordinator.add(producer, P1)
    after = coordinator.state()
    assert after.partitions == {P0, P1, OFFSETS}
    assert (after.start_ms, after.last_update_ms) == (start_ms, start_ms + 10)


def test_what_joined_before_costs_no_record(coordinator: Conversation) -> None:
    producer = coordinator.given(ONGOING)
    logged = len(coordinator.logged())
    coordinator.add(producer, P0, OFFSETS)
    assert len(coordinator.logged()) == logged


@pytest.mark.parametrize("state", [PREPARE_COMMIT, PREPARE_ABORT])
def test_what_is_decided_takes_no_partitions(coordinator: Conversation, state: int) -> None:
    coordinator.given(state)
    assert refused(coordinator, coordinator.producer(), P0) == errors.CONCURRENT_TRANSACTIONS
    with pytest.raises(ApiError) as refusal:
        verify_partitions(coordinator.shard, coordinator.producer(), [P0])
    assert refusal.value.error_code == errors.CONCURRENT_TRANSACTIONS


@pytest.mark.parametrize("state", ALL_RESTING)
def test_strangers_are_refused_in_every_state(coordinator: Conversation, state: int) -> None:
    coordinator.given(state, epoch=5)
    producer = coordinator.producer()
    is_prepared = state in PREPARED  # for all alike: they may know the next identity already
    code = refused(coordinator, producer._replace(producer_id=3), P0)
    assert code == (errors.CONCURRENT_TRANSACTIONS if is_prepared else errors.INVALID_PRODUCER_ID_MAPPING)
    for epoch in (producer.producer_epoch - 1, producer.producer_epoch + 1):
        code = refused(coordinator, producer._replace(producer_epoch=epoch), P0)
        assert code == (errors.CONCURRENT_TRANSACTIONS if is_prepared else errors.PRODUCER_FENCED)


@pytest.mark.parametrize("state", ALL_RESTING)
def test_strangers_verify_nothing_in_any_state(coordinator: Conversation, state: int) -> None:
    coordinator.given(state, epoch=5)
    producer = coordinator.producer()
    for stranger, code in (
        (producer._replace(producer_id=3), errors.INVALID_PRODUCER_ID_MAPPING),
        (producer._replace(producer_epoch=2), errors.PRODUCER_FENCED),
    ):
        with pytest.raises(ApiError) as refusal:
            verify_partitions(coordinator.shard, stranger, [P0])
        assert refusal.value.error_code == code


def test_an_id_that_nobody_knows(coordinator: Conversation) -> None:
    assert refused(coordinator, Producer("nobody", 1, 0), P0) == errors.INVALID_PRODUCER_ID_MAPPING
    assert refused(coordinator, Producer("", 1, 0), P0) == errors.INVALID_REQUEST


def test_verification_tells_each_partition_apart(coordinator: Conversation) -> None:
    producer = coordinator.given(ONGOING)
    logged = len(coordinator.logged())
    assert verify_partitions(coordinator.shard, producer, [P0, P1]) == {
        P0: errors.NONE,
        P1: errors.TRANSACTION_ABORTABLE,
    }
    assert len(coordinator.logged()) == logged


@pytest.mark.parametrize("state", [EMPTY, COMPLETE_COMMIT, COMPLETE_ABORT])
def test_without_a_transaction_nothing_is_verified(coordinator: Conversation, state: int) -> None:
    coordinator.given(state)
    assert verify_partitions(coordinator.shard, coordinator.producer(), [P0]) == {P0: errors.TRANSACTION_ABORTABLE}
