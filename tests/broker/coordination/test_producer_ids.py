"""Producer ids are never handed out twice, whatever happens to the broker."""

from __future__ import annotations

import pytest

from kafkalite.broker.coordination.producer_ids import ProducerIdAllocator
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from tests.broker.played_broker import PlayedBroker


def test_ids_come_from_blocks_and_a_new_block_is_asked_for_when_one_is_used_up() -> None:
    blocks = iter([(0, 3), (1000, 2)])
    allocator = ProducerIdAllocator(lambda: next(blocks))
    assert [allocator.next_id() for _ in range(5)] == [0, 1, 2, 1000, 1001]


def test_a_block_that_is_not_recorded_is_not_used() -> None:
    answers: list[tuple[int, int] | None] = [None, (5, 1)]

    def allocate() -> tuple[int, int]:
        block = answers.pop(0)
        if block is None:
            raise ApiError(errors.KAFKA_STORAGE_ERROR)
        return block

    allocator = ProducerIdAllocator(allocate)
    with pytest.raises(ApiError):
        allocator.next_id()
    assert allocator.next_id() == 5


@pytest.mark.parametrize("clean", [True, False])
def test_no_id_comes_back_after_a_restart(clean: bool) -> None:
    broker = PlayedBroker()
    before = [broker.broker.producer_ids.next_id() for _ in range(3)]
    restarted = broker.restart(clean=clean)
    after = [restarted.broker.producer_ids.next_id() for _ in range(3)]
    assert len({*before, *after}) == 6
