"""Whether the offsets that a request commits can be stored at all: they are one batch of `__consumer_offsets`.

What is larger than the topic's largest batch is refused, in Apache Kafka after its records were built. Here it is
recognised before, for building a hundred thousand records takes seconds.

Source: CoordinatorRuntime.CoordinatorContext.append (RecordTooLargeException), CoordinatorOperationExceptionHelper.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Protocol

    from kafkalite.broker.coordination.groups import GroupCoordinator
    from kafkalite.model.steps import Pace, Steps

    class Committed(Protocol):
        """A partition whose offset a request commits."""

        committed_metadata: str | None

    class CommittedTopic(Protocol):
        """A topic of a request that commits offsets."""

        name: str

        @property
        def partitions(self) -> Sequence[Committed]:
            """Its partitions."""


LEAST_RECORD_BYTES = (2 + 2 + 2 + 4) + (2 + 8 + 4 + 1 + 8 + 1) + 7
"""An offset's record without names and metadata: the key with its type, two lengths and the partition; the value with
its version, offset, leader epoch, length, timestamp and no topic id; and the record around them."""


def is_too_large(groups: GroupCoordinator, group_id: str, topics: Sequence[CommittedTopic], pace: Pace) -> Steps[bool]:
    """Return whether the offsets cannot be one batch, in steps; False where that is not certain yet.

    Metadata that is too long for its partition to be committed counts nothing.
    """
    limit_bytes = groups.max_offsets_batch_bytes(group_id)
    if limit_bytes is None:
        return False
    size_bytes = 0
    max_metadata_length = groups.config.offset_metadata_max_length
    for topic in topics:
        least_bytes = LEAST_RECORD_BYTES + len(group_id) + len(topic.name)
        for partition in topic.partitions:
            length = len(partition.committed_metadata or "")
            if length <= max_metadata_length:
                size_bytes += least_bytes + length
                if size_bytes > limit_bytes:
                    return True
            if pace.is_due():
                yield
    return False
