"""The reader, on a broker that is made up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from kafkalite.cli import reading
from kafkalite.cli.positions import Position
from kafkalite.cli.reading import Reader
from kafkalite.client.fetcher import FetchedRecord
from kafkalite.client.offsets import EARLIEST, LATEST, READ_COMMITTED, TopicPartition

A, B = TopicPartition("a", 0), TopicPartition("b", 0)
LOG = {A: (5, 10), B: (0, 2)}
"""First offset, and one past the last; the time of a record is its offset."""


def list_offsets(
    _client: Any, timestamps: Mapping[TopicPartition, int], *, isolation_level: int = 0
) -> dict[TopicPartition, int]:
    found = {}
    for partition, time in timestamps.items():
        start, end = LOG[partition]
        late = -1 if time >= end else time
        found[partition] = {EARLIEST: start, LATEST: end}.get(time, late)
    return found


class Fetcher:
    """Each poll gives two records of one partition; an offset before the first jumps."""

    def __init__(self, _client: Any, positions: Mapping[TopicPartition, int], *, isolation_level: int) -> None:
        self.positions = dict(positions)
        self.jumps: list[tuple[TopicPartition, int, int]] = []

    def poll(self, timeout_ms: int) -> list[FetchedRecord]:
        for partition, position in self.positions.items():
            end = min(position + 2, LOG[partition][1])
            if position < end:
                self.positions[partition] = end
                return [FetchedRecord(*partition, offset, -1, None, None, []) for offset in range(position, end)]
        return []


@pytest.fixture(autouse=True)
def _broker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "list_offsets", list_offsets)
    monkeypatch.setattr(reading, "Fetcher", Fetcher)


def make_reader(start: Position, stop: Position | None, told: list[str]) -> Reader:
    client: Any = None
    return Reader(client, [A, B], start, stop, isolation_level=READ_COMMITTED, notify=told.append)


def read(start: Position, stop: Position | None, polls: int = 20) -> tuple[list[str], bool]:
    reader = make_reader(start, stop, [])
    found = []
    for _ in range(polls):
        if reader.is_finished():
            break
        found += [f"{record.topic}{record.offset}" for record in reader.poll(0)]
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


def test_an_offset_that_is_gone_is_told() -> None:
    told: list[str] = []
    reader = make_reader(Position("start"), None, told)
    reader._fetcher.jumps.append((A, 5, 7))
    reader.poll(0)
    reader.poll(0)
    assert told == ["a-0: offset 5 no longer exists; reading continues at 7"]
