"""Reading partitions from a position to a position with a consumer that belongs to no group."""

from __future__ import annotations

from typing import Any

from kafkalite.cli.positions import Position


class Reader:
    """Reads partitions to their stop; without one it follows them for ever.

    A stop in the past ends at once; "end" is the end at the moment of starting, so that a busy topic ends too.
    """

    def __init__(self, consumer: Any, partitions: list[Any], start: Position, stop: Position | None) -> None:
        """Take a consumer of kafka-python's and assign ``partitions`` to it, at ``start``."""
        self._consumer = consumer
        consumer.assign(partitions)
        self._starts: dict[Any, int] = consumer.beginning_offsets(partitions)
        self._ends: dict[Any, int] = consumer.end_offsets(partitions)
        for partition, offset in self._offsets_of(start, partitions).items():
            consumer.seek(partition, offset)
        stop_offsets: dict[Any, int] = {}
        if stop is not None and stop.kind == "offset":
            stop_offsets = dict.fromkeys(partitions, stop.value)  # may lie ahead: then it is waited for
        elif stop is not None:
            stop_offsets = self._offsets_of(stop, partitions)
        self._open: dict[Any, int | None] = {partition: stop_offsets.get(partition) for partition in partitions}
        self._close_reached()

    def _offsets_of(self, position: Position, partitions: list[Any]) -> dict[Any, int]:
        """Return the offset of ``position`` in each partition, inside what the partition holds."""
        if position.kind == "time":
            found = self._consumer.offsets_for_times(dict.fromkeys(partitions, position.value))
            return {
                partition: self._ends[partition] if found.get(partition) is None else found[partition].offset
                for partition in partitions
            }
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
        return not self._open

    def poll(self, timeout_ms: int) -> list[Any]:
        """Return the next records before the stops, in the order of each partition; empty where none came."""
        records = []
        for partition, batch in self._consumer.poll(timeout_ms=timeout_ms).items():
            if partition in self._open:
                stop_offset = self._open[partition]
                records += [record for record in batch if stop_offset is None or record.offset < stop_offset]
        self._close_reached()
        return records

    def _close_reached(self) -> None:
        """Stop reading partitions that are at their stop."""
        for partition, stop_offset in list(self._open.items()):
            if stop_offset is not None and self._consumer.position(partition) >= stop_offset:
                del self._open[partition]
                self._consumer.pause(partition)
