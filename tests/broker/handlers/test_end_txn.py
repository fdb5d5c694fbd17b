"""EndTxn: what the answer says, version by version; the states are the coordinator's tests."""

from __future__ import annotations

import pytest

from kafkalite.protocol import errors
from kafkalite.protocol.messages.end_txn_request import EndTxnRequest
from tests.broker.played_broker import PlayedBroker
from tests.broker.transactional_producer import TransactionalProducer


def ready(*, is_tv2: bool) -> TransactionalProducer:
    """A producer in a transaction."""
    played = PlayedBroker()
    played.create_topic()
    producer = TransactionalProducer(played, is_tv2=is_tv2)
    assert producer.init() == 0
    assert producer.add(("orders", 0)) == {("orders", 0): 0}
    return producer


@pytest.mark.parametrize("is_commit", [True, False])
@pytest.mark.parametrize("version", range(6))
def test_only_the_newest_version_tells_the_next_epoch(version: int, is_commit: bool) -> None:
    producer = ready(is_tv2=version == 5)
    request = EndTxnRequest(
        transactional_id=producer.transactional_id,
        producer_id=producer.producer_id,
        producer_epoch=0,
        committed=is_commit,
    )
    response = producer.played.ask(request, version)
    expected = (producer.producer_id, 1) if version == 5 else (-1, -1)
    assert (response.error_code, response.producer_id, response.producer_epoch) == (0, *expected)
    assert producer.state() == ("CompleteCommit" if is_commit else "CompleteAbort")


def test_a_refusal_tells_no_epoch() -> None:
    producer = ready(is_tv2=True)
    request = EndTxnRequest(transactional_id=producer.transactional_id, producer_id=77, producer_epoch=0)
    response = producer.played.ask(request, 5)
    assert (response.error_code, response.producer_id, response.producer_epoch) == (
        errors.INVALID_PRODUCER_ID_MAPPING,
        -1,
        -1,
    )


def test_an_empty_transactional_id() -> None:
    producer = ready(is_tv2=True)
    producer.transactional_id = ""
    assert producer.end() == errors.INVALID_REQUEST
