"""InitProducerId: with and without a transactional id."""

from __future__ import annotations

import pytest

from kafkalite.protocol import errors
from kafkalite.protocol.messages.init_producer_id_request import InitProducerIdRequest
from tests.broker.played_broker import PlayedBroker
from tests.broker.transactional_producer import TransactionalProducer

VERSIONS = range(6)


def ask(played: PlayedBroker, version: int = 5, **fields: object) -> tuple[int, int, int]:
    """(error, producer id, epoch)."""
    request = InitProducerIdRequest(**{"transaction_timeout_ms": 60_000, **fields})  # type: ignore[arg-type]
    response = played.ask(request, version)
    return response.error_code, response.producer_id, response.producer_epoch


@pytest.mark.parametrize("version", VERSIONS)
def test_an_idempotent_producer_gets_a_new_id_each_time(version: int) -> None:
    played = PlayedBroker()
    answers = [ask(played, version, transactional_id=None) for _ in range(3)]
    assert [(code, epoch) for code, _, epoch in answers] == [(0, 0)] * 3
    assert len({producer_id for _, producer_id, _ in answers}) == 3


def test_an_idempotent_producer_that_comes_back_gets_a_new_id_too() -> None:
    played = PlayedBroker()
    _, producer_id, _ = ask(played, transactional_id=None)
    code, other_id, epoch = ask(played, transactional_id=None, producer_id=producer_id, producer_epoch=0)
    assert (code, epoch) == (0, 0)
    assert other_id != producer_id


@pytest.mark.parametrize("version", VERSIONS)
def test_a_transactional_id_keeps_its_producer_id(version: int) -> None:
    played = PlayedBroker()
    first = ask(played, version, transactional_id="tx")
    assert first[0] == 0
    assert ask(played, version, transactional_id="tx") == (0, first[1], 1)


@pytest.mark.parametrize("fields", [{"producer_id": 4, "producer_epoch": -1}, {"producer_id": -1, "producer_epoch": 4}])
@pytest.mark.parametrize("transactional_id", ["tx", None])
def test_id_and_epoch_come_together(fields: dict[str, int], transactional_id: str | None) -> None:
    answer = ask(PlayedBroker(), transactional_id=transactional_id, **fields)
    assert answer == (errors.INVALID_REQUEST, -1, -1)


def test_an_empty_transactional_id() -> None:
    assert ask(PlayedBroker(), transactional_id="") == (errors.INVALID_REQUEST, -1, -1)


@pytest.mark.parametrize(("timeout_ms", "code"), [(0, 50), (-5, 50), (900_001, 50), (900_000, 0), (1, 0)])
def test_the_timeout_has_limits(timeout_ms: int, code: int) -> None:
    assert errors.NAMES[50] == "INVALID_TRANSACTION_TIMEOUT"
    assert ask(PlayedBroker(), transactional_id="tx", transaction_timeout_ms=timeout_ms)[0] == code


def test_the_largest_timeout_is_configured() -> None:
    played = PlayedBroker(properties={"transaction.max.timeout.ms": "1000"})
    assert ask(played, transactional_id="tx", transaction_timeout_ms=1001)[0] == errors.INVALID_TRANSACTION_TIMEOUT
    assert ask(played, transactional_id="tx", transaction_timeout_ms=1000)[0] == 0


def test_a_refusal_makes_no_topic() -> None:
    played = PlayedBroker()
    ask(played, transactional_id="tx", transaction_timeout_ms=0)
    assert "__transaction_state" not in played.broker.metadata.image.topics.by_name


@pytest.mark.parametrize(("version", "code"), [(3, errors.INVALID_PRODUCER_EPOCH), (4, errors.PRODUCER_FENCED)])
def test_who_comes_back_too_late_is_fenced(version: int, code: int) -> None:
    played = PlayedBroker()
    producer = TransactionalProducer(played, "tx")
    producer.init()
    ask(played, transactional_id="tx")
    identity = {"producer_id": producer.producer_id, "producer_epoch": 0}
    assert ask(played, version, transactional_id="tx", **identity) == (code, -1, -1)


def test_who_comes_back_in_time_goes_on() -> None:
    played = PlayedBroker()
    producer = TransactionalProducer(played, "tx")
    producer.init()
    assert producer.init(producer_id=producer.producer_id, producer_epoch=0) == 0
    assert producer.producer_epoch == 1
