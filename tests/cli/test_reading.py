"""The reader, on a consumer that is made up."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from kafkalite.cli.positions import Position
from kafkalite.cli.reading import Reader


class Consumer:
    """Partitions "a" and "b" hold offsets 5 to 9 and 0 to 1; each poll gives two records of one partition."""

    def __init__(self) -> None:
        self.log = {"a": (5, 10), "b": (0, 2)}
        self.positions: dict[str, int] = {}
        self.paused: set[str] = set()

    def assign(self, partitions: list[str]) -> None:
        self.positions = dict.fromkeys(partitions, -1)

    def beginning_offsets(self, partitions: list[str]) -> dict[str, int]:
        return {partition: self.log[partition][0] for partition in partitions}

    def end_offsets(self, partitions: list[str]) -> dict[str, int]:
        return {partition: self.log[partition][1] for partition in partitions}

    def offsets_for_times(self, times: dict[str, int]) -> dict[str, Any]:
        return {p: SimpleNamespace(offset=t) if t < self.log[p][1] else None for p, t in times.items()}

    def seek(self, partition: str, offset: int) -> None:
        self.positions[partition] = offset

    def position(self, partition: str) -> int:
        return self.positions[partition]

    def pause(self, partition: str) -> None:
        self.paused.add(partition)

    def poll(self, timeout_ms: int) -> dict[str, list[Any]]:
        for partition, position in self.positions.items():
            end = min(position + 2, self.log[partition][1])
            if partition not in self.paused and position < end:
                self.positions[partition] = end
                return {partition: [SimpleNamespace(name=partition, offset=n) for n in range(position, end)]}
        return {}


def read(start: Position, stop: Position | None, polls: int = 20) -> tuple[list[str], bool]:
    reader = Reader(Consumer(), ["a", "b"], start, stop)
    found = []
    for _ in range(polls):
        if reader.is_finished():
            break
        found += [f"{record.name}{record.offset}" for record in reader.poll(0)]
    return found, reader.is_finished()


ALL = ["a5", "a6", "a7", "a8", "a9", "b0", "b1"]


@pytest.mark.parametrize(
    ("start", "stop", "expected"),
    [
        (Position("start"), Position("end"), ALL),
        (Position("tail", 1), Position("end"), ["a9", "b1"]),
        (Position("offset", 7), Position("end"), ["a7", "a8", "a9"]),
        (Position("start"), Position("tail", 1), ["a5", "a6", "a7", "a8", "b0"]),
        (Position("start"), Position("time", 8), ["a5", "a6", "a7", "b0", "b1"]),
        (Position("end"), Position("end"), []),
    ],
)
def test_from_and_until(start: Position, stop: Position, expected: list[str]) -> None:
    assert read(start, stop) == (expected, True)


def test_without_a_stop_it_never_finishes() -> None:
    assert read(Position("start"), None) == (ALL, False)


def test_an_offset_ahead_is_waited_for() -> None:
    assert read(Position("start"), Position("offset", 20)) == (ALL, False)
