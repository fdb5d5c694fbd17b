"""Reading partitions from a position to a position, without a group."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kafkalite.cli.positions import Position
from kafkalite.client.client import Client
from kafkalite.client.fetcher import FetchedRecord, Fetcher
from kafkalite.client.offsets import EARLIEST, LATEST, TopicPartition, list_offsets


class Reader:
    """Reads partitions to their stop; without one it follows them without end.

    A stop in the past ends the reading at once; "end" is the end at its start, so that a busy topic ends too.
    """

    def __init__(
        self,
        client: Client,
        partitions: Sequence[TopicPartition],
        start: Position,
        stop: Position | None,
        *,
        isolation_level: int,
        notify: Callable[[str], None],
    ) -> None:
        """Find the offsets of ``start`` and ``stop``.

        Args:
            isolation_level: of ``client.offsets``; with READ_COMMITTED the end is before the first open transaction.
            notify: takes a sentence for the user.
        """
        self._client = client
        self._notify = notify
        self._starts = list_offsets(client, dict.fromkeys(partitions, EARLIEST))
        self._ends = list_offsets(client, dict.fromkeys(partitions, LATEST), isolation_level=isolation_level)
        self._fetcher = Fetcher(client, self._offsets_of(start, partitions), isolation_level=isolation_level)
        stop_offsets: dict[TopicPartition, int] = {}
        if stop is not None and stop.kind == "offset":
            stop_offsets = dict.fromkeys(partitions, stop.value)  # may be in the future: the reader waits for it
        elif stop is not None:
            stop_offsets = self._offsets_of(stop, partitions)
        self._stops = stop_offsets
        self._close_reached()

    def _offsets_of(self, position: Position, partitions: Sequence[TopicPartition]) -> dict[TopicPartition, int]:
        """Return the offset of ``position`` in each partition, clamped to the range of the partition."""
        if position.kind == "time":
            found = list_offsets(self._client, dict.fromkeys(partitions, position.value))
            return {partition: self._ends[partition] if offset < 0 else offset for partition, offset in found.items()}
        wanted = {
            partition: {
                "start": self._starts[partition],
                "end": self._ends[partition],
                "offset": position.value,
                "tail": self._ends[partition] - position.value,
            }[position.kind]
            for partition in partitions
        }
        return {
            partition: min(max(offset, self._starts[partition]), self._ends[partition])
            for partition, offset in wanted.items()
        }

    def is_finished(self) -> bool:
        """Return whether every partition is at its stop; never without a stop."""
        return not self._fetcher.positions

    def poll(self, timeout_ms: int) -> list[FetchedRecord]:
        """Return the next records before the stops, in the order of each partition; empty if none came."""
        stops = self._stops
        found = self._fetcher.poll(timeout_ms)
        for partition, wanted, start in self._fetcher.jumps:
            self._notify(f"{partition}: offset {wanted} no longer exists; reading continues at {start}")
        self._fetcher.jumps.clear()
        self._close_reached()
        if not stops:
            return found
        return [record for record in found if record.offset < stops[TopicPartition(record.topic, record.partition)]]

    def _close_reached(self) -> None:
        """Stop reading partitions that are at their stop."""
        for partition, stop_offset in self._stops.items():
            if self._fetcher.positions.get(partition, -1) >= stop_offset:
                del self._fetcher.positions[partition]
