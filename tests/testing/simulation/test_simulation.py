"""Whole-broker simulation: a quick part of its seeds, that a seed decides everything, and that put-in faults are found."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import pytest

from kafkalite.broker.coordination.coordinator_log import PartitionCoordinatorLog
from kafkalite.coordinators.transaction import init_producer_id
from kafkalite.log.producer_state import ProducerStateManager
from kafkalite.testing.simulated_disk import FLUSH, Operation
from kafkalite.testing.simulated_files import SimulatedFiles
from kafkalite.testing.simulation import Simulation, SimulationFailed

QUICK_SEEDS = range(100)
BOUND = 400
"""A fault that is put in must be found within so many seeds."""


@pytest.mark.parametrize(
    "seeds", list(itertools.batched(QUICK_SEEDS, 25)) if hasattr(itertools, "batched") else [QUICK_SEEDS]
)
def test_nothing_breaks(seeds: Any) -> None:
    for seed in seeds:
        Simulation(seed).run()


def first_failure(make: Callable[[int], Simulation] = Simulation) -> SimulationFailed:
    """Return how the first of the seeds fails."""
    for seed in range(BOUND):
        try:
            make(seed).run()
        except SimulationFailed as failure:
            print("FOUND", failure)
            return failure
    pytest.fail(f"not found within {BOUND} seeds")


class ForgetfulFiles(SimulatedFiles):
    """A disk that says that records were flushed, and did not flush them."""

    def run(self, operation: Operation) -> int:
        if operation.kind == FLUSH and operation.path.endswith(".log") and "orders" in operation.path:
            return operation.inode
        return super().run(operation)


def test_a_dropped_flush_is_found() -> None:
    first_failure(lambda seed: Simulation(seed, files_class=ForgetfulFiles))


def test_two_swapped_commits_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    append = PartitionCoordinatorLog.append
    held: dict[int, bytearray] = {}

    def swap(log: PartitionCoordinatorLog, batch: bytearray, **fields: Any) -> int:
        if log._partition.topic != "__consumer_offsets" or fields.get("is_control"):
            return append(log, batch, **fields)
        earlier = held.pop(id(log), None)
        if earlier is None:
            held[id(log)] = batch
            return log.end_offset
        append(log, batch, **fields)
        return append(log, earlier)

    monkeypatch.setattr(PartitionCoordinatorLog, "append", swap)
    first_failure()


def test_a_forgotten_producer_epoch_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(init_producer_id, "_bumped", lambda epoch: max(epoch, 0))
    first_failure()


def test_producers_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ProducerStateManager, "replay", lambda self, header: None)
    first_failure()
