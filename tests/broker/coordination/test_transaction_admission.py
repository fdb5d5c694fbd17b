"""What a version of a request says of its client, and the coordinator's errors in the words of Produce."""

from __future__ import annotations

import pytest

from kafkalite.broker.coordination.transaction_admission import (
    ADDS_PARTITIONS,
    NEW_ERRORS,
    OLD_ERRORS,
    TransactionAdmission,
    TransactionRefused,
    in_words_of_produce,
    offset_commit_generation,
    produce_generation,
)
from kafkalite.coordinators.transaction.partitions import Producer
from kafkalite.model.identifiers import TopicPartition
from kafkalite.protocol import errors
from tests.broker.played_broker import PlayedBroker


def test_generations_of_produce() -> None:
    generations = [produce_generation(version) for version in range(14)]
    assert generations == [OLD_ERRORS] * 11 + [NEW_ERRORS] + [ADDS_PARTITIONS] * 2


def test_generations_of_offset_commits() -> None:
    generations = [offset_commit_generation(version) for version in range(6)]
    assert generations == [OLD_ERRORS] * 4 + [NEW_ERRORS, ADDS_PARTITIONS]


@pytest.mark.parametrize(
    "code",
    [
        errors.COORDINATOR_LOAD_IN_PROGRESS,
        errors.COORDINATOR_NOT_AVAILABLE,
        errors.NOT_COORDINATOR,
        errors.NETWORK_EXCEPTION,
    ],
)
@pytest.mark.parametrize("generation", [OLD_ERRORS, NEW_ERRORS, ADDS_PARTITIONS])
def test_a_coordinator_that_is_not_ready_is_worth_a_retry(code: int, generation: int) -> None:
    error = in_words_of_produce(code, generation)
    assert error.error_code == errors.NOT_ENOUGH_REPLICAS
    assert isinstance(error, TransactionRefused)  # what Produce tells in words
    assert errors.NAMES[code] in (error.error_message or "")


def test_only_clients_that_add_partitions_hear_of_concurrent_transactions() -> None:
    codes = [in_words_of_produce(errors.CONCURRENT_TRANSACTIONS, generation).error_code for generation in range(3)]
    assert codes == [errors.NOT_ENOUGH_REPLICAS, errors.NOT_ENOUGH_REPLICAS, errors.CONCURRENT_TRANSACTIONS]


def test_other_errors_stay() -> None:
    for code in (errors.INVALID_TXN_STATE, errors.TRANSACTION_ABORTABLE, errors.INVALID_PRODUCER_ID_MAPPING):
        assert in_words_of_produce(code, NEW_ERRORS).error_code == code


def test_a_partition_that_is_gone() -> None:
    admission = TransactionAdmission(PlayedBroker().broker)
    gone = TopicPartition("gone", 0)
    assert admission.admit(Producer("tx", 1, 0), [gone], ADDS_PARTITIONS) == {gone: errors.UNKNOWN_TOPIC_OR_PARTITION}
