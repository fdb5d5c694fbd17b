"""What Produce answers for one partition."""

from __future__ import annotations

import pytest

from kafkalite.broker.coordination.transaction_admission import TransactionRefused
from kafkalite.broker.data.produce_answers import accept, refuse, refuse_append, respond
from kafkalite.log.results import AppendResult
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError, ProtocolViolation
from kafkalite.protocol.messages.produce_response import PartitionProduceResponse, TopicProduceResponse
from kafkalite.records.validation import RecordsRejected


def answer() -> PartitionProduceResponse:
    made = PartitionProduceResponse(index=3)
    accept(made, AppendResult(7, 9, 11, 2))
    return made


def test_where_records_went() -> None:
    made = answer()
    assert (made.error_code, made.base_offset, made.log_append_time_ms, made.log_start_offset) == (0, 7, 11, 2)


def test_a_refusal_leaves_nothing_of_an_answer_but_its_partition() -> None:
    made = refuse(answer(), ApiError(errors.UNKNOWN_TOPIC_OR_PARTITION, "words"))
    assert (made.index, made.error_code, made.error_message) == (3, errors.UNKNOWN_TOPIC_OR_PARTITION, None)
    assert (made.base_offset, made.log_append_time_ms, made.log_start_offset) == (-1, -1, -1)
    assert refuse(answer(), TransactionRefused(errors.INVALID_TXN_STATE, "words")).error_message == "words"


@pytest.mark.parametrize(
    ("code", "start_offset"),
    [
        (errors.INVALID_RECORD, 5),
        (errors.OUT_OF_ORDER_SEQUENCE_NUMBER, 5),
        (errors.MESSAGE_TOO_LARGE, -1),
        (errors.CORRUPT_MESSAGE, -1),
        (errors.KAFKA_STORAGE_ERROR, -1),
    ],
)
def test_which_refusals_of_the_log_tell_its_start(code: int, start_offset: int) -> None:
    made = refuse_append(answer(), ApiError(code, "words"), 5)
    assert (made.log_start_offset, made.error_message, made.record_errors) == (start_offset, None, [])


def test_refused_records_come_with_words() -> None:
    rejected = RecordsRejected(errors.INVALID_RECORD, "all", [(0, "first"), (4, "fifth")])
    made = refuse_append(answer(), rejected, 5)
    assert made.error_message == "all"
    assert [(one.batch_index, one.batch_index_error_message) for one in made.record_errors] == rejected.record_errors


def test_acks_0_says_nothing_or_closes() -> None:
    good = [TopicProduceResponse(name="orders", partition_responses=[answer()])]
    assert respond(0, good) is None
    response = respond(1, good)
    assert response is not None and response.responses is good
    bad = refuse(answer(), ApiError(errors.INVALID_RECORD))
    with pytest.raises(ProtocolViolation, match="INVALID_RECORD"):
        respond(0, [*good, TopicProduceResponse(name="orders", partition_responses=[bad])])
