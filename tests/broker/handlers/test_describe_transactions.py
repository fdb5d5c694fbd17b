"""DescribeTransactions: each id is answered for itself."""

from __future__ import annotations

from kafkalite.protocol import errors
from kafkalite.protocol.messages.describe_transactions_request import DescribeTransactionsRequest
from tests.broker.played_broker import START_MS, PlayedBroker
from tests.broker.transactional_producer import TransactionalProducer


def test_a_description_and_two_refusals() -> None:
    played = PlayedBroker()
    played.create_topic(partitions=2)
    producer = TransactionalProducer(played, "tx")
    producer.init(timeout_ms=1234)
    producer.add(("orders", 1), ("orders", 0))
    request = DescribeTransactionsRequest(transactional_ids=["tx", "nobody", ""])
    known, unknown, empty = played.ask(request, 0).transaction_states
    assert (known.error_code, known.transactional_id, known.transaction_state) == (0, "tx", "Ongoing")
    assert (known.transaction_timeout_ms, known.transaction_start_time_ms) == (1234, START_MS)
    assert (known.producer_id, known.producer_epoch) == (producer.producer_id, 0)
    assert [(topic.topic, topic.partitions) for topic in known.topics] == [("orders", [0, 1])]
    assert (unknown.error_code, unknown.transactional_id) == (errors.TRANSACTIONAL_ID_NOT_FOUND, "nobody")
    assert (empty.error_code, empty.transactional_id) == (errors.INVALID_REQUEST, "")
