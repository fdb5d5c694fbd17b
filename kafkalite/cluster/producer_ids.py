"""Allocation of producer ids in blocks: a crash loses at most one block, and no id is allocated twice.

Source: org.apache.kafka.controller.ProducerIdControlManager.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kafkalite.cluster.result import Result
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.internal_records.producer_ids_record import ProducerIdsRecord

if TYPE_CHECKING:
    from kafkalite.cluster.image import MetadataImage

BLOCK_SIZE_COUNT = 1000
_INT64_MAX = 2**63 - 1


class ProducerIdBlock(NamedTuple):
    """Producer ids from `first_producer_id` on, `size_count` of them."""

    first_producer_id: int
    size_count: int


def allocate_producer_ids(image: MetadataImage, broker_id: int) -> Result[ProducerIdBlock]:
    """Reserve a block of producer ids for one broker.

    Raises:
        ApiError: BROKER_ID_NOT_REGISTERED; UNKNOWN_SERVER_ERROR when all 2^63 ids are used.
    """
    broker = image.brokers.by_id.get(broker_id)
    if broker is None:
        raise ApiError(errors.BROKER_ID_NOT_REGISTERED)
    first = image.producer_ids.next_producer_id
    if first > _INT64_MAX - BLOCK_SIZE_COUNT:
        raise ApiError(errors.UNKNOWN_SERVER_ERROR, "All producer ids have been given out.")
    record = ProducerIdsRecord(
        broker_id=broker_id, broker_epoch=broker.broker_epoch, next_producer_id=first + BLOCK_SIZE_COUNT
    )
    return Result([record], ProducerIdBlock(first, BLOCK_SIZE_COUNT))
