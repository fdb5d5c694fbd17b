"""ListTransactions and DescribeTransactions."""

from __future__ import annotations

import pytest

from kafkalite.coordinators.transaction.listing import TransactionFilter, describe_transaction, list_transactions
from kafkalite.coordinators.transaction.states import NAMES, ONGOING
from kafkalite.model.steps import finish
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from tests.coordinators.transaction.conversation import ALL_RESTING, ID, TIMEOUT_MS, Conversation


def listed(coordinator: Conversation, transaction_filter: TransactionFilter) -> list[str]:
    """The ids that are listed."""
    now_ms = coordinator.clock.now_ms()
    return [
        one.transactional_id for one in finish(list_transactions(coordinator.shard, transaction_filter, now_ms=now_ms))
    ]


@pytest.mark.parametrize("state", ALL_RESTING)
def test_every_state_has_its_name(coordinator: Conversation, state: int) -> None:
    coordinator.given(state)
    (one,) = finish(list_transactions(coordinator.shard, TransactionFilter(), now_ms=0))
    assert (one.transactional_id, one.producer_id, one.transaction_state) == (ID, 1000, NAMES[state])
    assert describe_transaction(coordinator.shard, ID).transaction_state == NAMES[state]
    assert listed(coordinator, TransactionFilter(state_names=[NAMES[state]])) == [ID]


def test_filters(coordinator: Conversation) -> None:
    coordinator.given(ONGOING)
    coordinator.init("other")
    coordinator.clock.advance(100)
    assert listed(coordinator, TransactionFilter()) == [ID, "other"]
    assert listed(coordinator, TransactionFilter(state_names=["Empty", "Nonsense"])) == ["other"]
    assert listed(coordinator, TransactionFilter(state_names=["Nonsense"])) == []
    assert TransactionFilter(state_names=["Nonsense", "Empty"]).unknown_state_names == ["Nonsense"]
    assert listed(coordinator, TransactionFilter(producer_ids=[1001, 5])) == ["other"]
    assert listed(coordinator, TransactionFilter(id_pattern="o.*r")) == [ID, "other"]
    assert listed(coordinator, TransactionFilter(id_pattern="oth")) == []
    assert listed(coordinator, TransactionFilter(id_pattern="")) == [ID, "other"]


def test_the_duration_counts_from_the_first_partition_and_an_empty_id_has_no_start(coordinator: Conversation) -> None:
    coordinator.given(ONGOING)
    coordinator.init("other")
    coordinator.clock.advance(100)
    assert listed(coordinator, TransactionFilter(duration_ms=99)) == [ID, "other"]
    assert listed(coordinator, TransactionFilter(duration_ms=100)) == ["other"]


@pytest.mark.parametrize("pattern", ["(", "*", "a{99999999999}", "(a)\\1", "(?=a)"])
def test_a_pattern_that_is_none(pattern: str) -> None:
    with pytest.raises(ApiError) as refusal:
        TransactionFilter(id_pattern=pattern)
    assert refusal.value.error_code == errors.INVALID_REGULAR_EXPRESSION


def test_a_description(coordinator: Conversation) -> None:
    coordinator.given(ONGOING)
    one = describe_transaction(coordinator.shard, ID)
    assert (one.error_code, one.producer_id, one.producer_epoch) == (0, 1000, 0)
    assert one.transaction_timeout_ms == TIMEOUT_MS
    assert one.transaction_start_time_ms == coordinator.clock.now_ms()
    assert [(topic.topic, topic.partitions) for topic in one.topics] == [("__consumer_offsets", [3]), ("orders", [0])]


@pytest.mark.parametrize(
    ("transactional_id", "code"), [("", errors.INVALID_REQUEST), ("nobody", errors.TRANSACTIONAL_ID_NOT_FOUND)]
)
def test_what_cannot_be_described(coordinator: Conversation, transactional_id: str, code: int) -> None:
    with pytest.raises(ApiError) as refusal:
        describe_transaction(coordinator.shard, transactional_id)
    assert refusal.value.error_code == code


def test_no_pattern_is_slow(coordinator: Conversation) -> None:
    """Thirty letters take a matcher that goes back a thousand million steps."""
    for pattern in ("(a+)+$", "(a|a)*$", "(a*)*b"):
        coordinator.init("a" * 30 + "!")
        assert listed(coordinator, TransactionFilter(id_pattern=pattern)) == []


def test_a_pattern_is_matched_in_steps(coordinator: Conversation) -> None:
    coordinator.init("a" * 200)
    steps = list_transactions(coordinator.shard, TransactionFilter(id_pattern="(?:(.?){1000}){5}x"), now_ms=0)
    assert sum(1 for _ in steps) >= 100
