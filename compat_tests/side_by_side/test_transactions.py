"""Transactions, request by request: what Apache Kafka 4.4.0 answered in every state, every broker answers."""

from __future__ import annotations

import json

from compat_tests.broker_process import Broker
from compat_tests.side_by_side.transaction_matrix import RECORDED, RemoteBroker, answers, settle


def test_every_answer_is_kafkas(broker: Broker) -> None:
    remote = RemoteBroker(broker.port)
    settle(remote)
    expected = json.loads(RECORDED.read_text())
    given = json.loads(json.dumps(dict(answers(remote))))
    assert given.keys() == expected.keys()
    assert {name: (answer, expected[name]) for name, answer in given.items() if answer != expected[name]} == {}
