"""Producer ids, unique over the life of the data directory.

Ids are taken from blocks of 1,000 that the metadata log records, so that a restart never hands an id out twice.

Source: RPCProducerIdManager, ProducerIdControlManager.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class ProducerIdAllocator:
    """Hands out producer ids.

    Args:
        allocate_block: records a new block and returns (first id, size); a failure is an ApiError.
    """

    __slots__ = ("_allocate_block", "_block_end", "_next_id")

    def __init__(self, allocate_block: Callable[[], tuple[int, int]]) -> None:
        self._allocate_block = allocate_block
        self._next_id = 0
        self._block_end = 0

    def next_id(self) -> int:
        """Return an id never handed out before.

        Raises:
            ApiError: the metadata log took no new block.
        """
        if self._next_id == self._block_end:
            first_id, size = self._allocate_block()
            self._next_id, self._block_end = first_id, first_id + size
        producer_id = self._next_id
        self._next_id += 1
        return producer_id
