"""ListTransactions with its filters, version by version."""

from __future__ import annotations

import pytest

from kafkalite.protocol import errors
from kafkalite.protocol.messages.list_transactions_request import ListTransactionsRequest
from tests.broker.played_broker import PlayedBroker
from tests.broker.transactional_producer import TransactionalProducer


@pytest.fixture
def played() -> PlayedBroker:
    """A broker with an open transaction of "a" and an id "b" without any, in 50 partitions."""
    broker = PlayedBroker(properties={"transaction.state.log.num.partitions": "50"})
    broker.create_topic()
    for name in ("a", "b"):
        TransactionalProducer(broker, name).init()
    producer = TransactionalProducer(broker, "c")
    producer.init()
    producer.add(("orders", 0))
    broker.pass_time(100)
    return broker


def listed(played: PlayedBroker, version: int = 2, **fields: object) -> list[tuple[str, str]]:
    """(id, state) of what is listed."""
    response = played.ask(ListTransactionsRequest(**fields), version)  # type: ignore[arg-type]
    assert response.error_code == 0
    return sorted((one.transactional_id, one.transaction_state) for one in response.transaction_states)


@pytest.mark.parametrize("version", range(3))
def test_all(played: PlayedBroker, version: int) -> None:
    assert listed(played, version) == [("a", "Empty"), ("b", "Empty"), ("c", "Ongoing")]


@pytest.mark.parametrize("version", range(3))
def test_by_state(played: PlayedBroker, version: int) -> None:
    response = played.ask(ListTransactionsRequest(state_filters=["Ongoing", "Sleeping"]), version)
    assert [one.transactional_id for one in response.transaction_states] == ["c"]
    assert response.unknown_state_filters == ["Sleeping"]


def test_by_duration_and_pattern(played: PlayedBroker) -> None:
    assert listed(played, 1, duration_filter=100, state_filters=["Ongoing"]) == []
    assert listed(played, 1, duration_filter=99, state_filters=["Ongoing"]) == [("c", "Ongoing")]
    assert [name for name, _ in listed(played, transactional_id_pattern="[ab]")] == ["a", "b"]


def test_a_pattern_that_is_none(played: PlayedBroker) -> None:
    response = played.ask(ListTransactionsRequest(transactional_id_pattern="("), 2)
    assert response.error_code == errors.INVALID_REGULAR_EXPRESSION


def test_after_a_restart(played: PlayedBroker) -> None:
    assert len(listed(played.restart(properties={"transaction.state.log.num.partitions": "50"}))) == 3


def test_where_nobody_uses_transactions() -> None:
    assert listed(PlayedBroker()) == []
