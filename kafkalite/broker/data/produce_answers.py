"""The answer of Produce for one partition.

Source: KafkaApis.handleProduceRequest, PartitionResponse.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.broker.coordination.transaction_admission import TransactionRefused
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError, ProtocolViolation
from kafkalite.protocol.messages.produce_response import (
    BatchIndexAndErrorMessage,
    PartitionProduceResponse,
    ProduceResponse,
    TopicProduceResponse,
)
from kafkalite.records.validation import RecordsRejected

if TYPE_CHECKING:
    from kafkalite.log.results import AppendResult

_ERRORS_WITHOUT_START_OFFSET = frozenset(
    (errors.MESSAGE_TOO_LARGE, errors.RECORD_LIST_TOO_LARGE, errors.CORRUPT_MESSAGE, errors.KAFKA_STORAGE_ERROR)
)


def refuse(answer: PartitionProduceResponse, error: ApiError) -> PartitionProduceResponse:
    """Make `answer` a refusal before the log was asked; of these only a transaction's is put in words."""
    answer.error_code = error.error_code
    answer.base_offset = answer.log_append_time_ms = answer.log_start_offset = -1
    answer.error_message = error.error_message if isinstance(error, TransactionRefused) else None
    return answer


def refuse_append(answer: PartitionProduceResponse, error: ApiError, log_start_offset: int) -> PartitionProduceResponse:
    """Make `answer` a refusal of the log; of these only refused records come with words."""
    refuse(answer, error)
    if error.error_code not in _ERRORS_WITHOUT_START_OFFSET:
        answer.log_start_offset = log_start_offset
    if isinstance(error, RecordsRejected) and error.record_errors:
        answer.error_message = error.error_message
        answer.record_errors = [
            BatchIndexAndErrorMessage(batch_index=batch_index, batch_index_error_message=message)
            for batch_index, message in error.record_errors
        ]
    return answer


def accept(answer: PartitionProduceResponse, result: AppendResult) -> None:
    """Fill in the offsets of the records."""
    answer.base_offset = result.base_offset
    answer.log_append_time_ms = result.log_append_time_ms
    answer.log_start_offset = result.log_start_offset


def respond(acks: int, responses: list[TopicProduceResponse]) -> ProduceResponse | None:
    """Return the response once every partition is answered, None with acks=0.

    Raises:
        ProtocolViolation: acks=0 and a partition was refused: the connection is to be closed.
    """
    if acks != 0:
        return ProduceResponse(responses=responses)
    for topic in responses:
        for answer in topic.partition_responses:
            if answer.error_code != errors.NONE:
                raise ProtocolViolation(f"Produce with acks=0 failed with {errors.NAMES[answer.error_code]}")
    return None
