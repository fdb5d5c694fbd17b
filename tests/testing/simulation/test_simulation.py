"""Simulation of whole brokers: its quick part, the determinism of seeds, and the detection of injected faults."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from kafkalite.broker.coordination.coordinator_log import PartitionCoordinatorLog
from kafkalite.broker.unstored_changes import UnstoredChanges
from kafkalite.coordinators.transaction import init_producer_id
from kafkalite.storage.append import DoneAppend
from kafkalite.testing.late_directory import LateStore
from kafkalite.testing.simulated_disk import FLUSH, Operation
from kafkalite.testing.simulated_files import SimulatedFiles
from kafkalite.testing.simulation import Simulation, SimulationFailed

QUICK_COUNT = 120
CHUNK_COUNT = 30
BOUND = 200
"""A fault that happens once in each life is found within so many lives."""


@pytest.mark.parametrize("first", range(0, QUICK_COUNT, CHUNK_COUNT))
def test_nothing_breaks(first: int) -> None:
    for seed in range(first, first + CHUNK_COUNT):
        Simulation(seed).run()


@pytest.mark.parametrize("first", range(0, QUICK_COUNT, CHUNK_COUNT))
def test_nothing_breaks_where_the_storage_is_done_later(first: int) -> None:
    for seed in range(first, first + CHUNK_COUNT):
        Simulation(seed, is_late=True).run()


def test_things_do_happen() -> None:
    """A simulation without any activity would not find anything either."""
    simulations = [Simulation(seed) for seed in range(20)]
    histories = [simulation.run() for simulation in simulations]
    assert sum(len(simulation.crashes) for simulation in simulations) > 20
    assert sum(simulation.network.cut_count for simulation in simulations) > 20
    assert len({crash for simulation in simulations for crash in simulation.crashes}) >= 4
    assert sum(len(history.written) for history in histories) > 200
    assert sum(len(stint.read) for history in histories for stint in history.stints) > 200
    assert sum(commit.completed_at is not None for history in histories for commit in history.commits) > 100
    assert len({transaction.state for history in histories for transaction in history.transactions}) >= 2
    assert {ownership.generation >= 0 for history in histories for ownership in history.ownerships} == {True, False}


SCRIPT = """
from kafkalite.testing.simulation import Simulation
for seed in range(12):
    simulation = Simulation(seed)
    print(simulation.run().fingerprint(), simulation.event_count, simulation.crashes)
"""


def test_a_seed_decides_everything_in_every_process() -> None:
    """Nothing depends on the order of sets, which differs between processes."""
    played = [
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            env=os.environ | {"PYTHONHASHSEED": hash_seed},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for hash_seed in ("1", "77")
    ]
    assert played[0] == played[1]
    assert len(set(played[0].splitlines())) == 12


# ---- faults that are put in ----------------------------------------------------------------------------------------


def find(make: Callable[[int], Simulation]) -> SimulationFailed:
    """Return the first failure within the bound."""
    for seed in range(BOUND):
        try:
            make(seed).run()
        except SimulationFailed as failure:
            assert f"seed {seed}:" in str(failure)
            with pytest.raises(SimulationFailed) as again:
                make(seed).run()
            assert str(again.value) == str(failure), "the seed does not replay it"
            return failure
    pytest.fail(f"not found within {BOUND} seeds")


def test_a_dropped_flush_is_found() -> None:
    def make(seed: int) -> Simulation:
        left_count = Random(seed).randrange(30)

        class ForgetfulFiles(SimulatedFiles):
            """A disk that once reports a flush without having flushed."""

            def run(self, operation: Operation) -> int:
                nonlocal left_count
                if operation.kind == FLUSH and operation.path.endswith(".log") and "/orders-" in operation.path:
                    left_count -= 1
                    if left_count == -1:
                        return operation.inode
                return super().run(operation)

        return Simulation(seed, files_class=ForgetfulFiles)

    find(make)


def test_two_swapped_commits_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    append = PartitionCoordinatorLog.append
    held: list[bytearray] = []
    left_count = 0

    def swap(log: PartitionCoordinatorLog, batch: bytearray, **fields: Any) -> Any:
        nonlocal left_count
        if log._partition.topic != "__consumer_offsets" or fields.get("is_control"):
            return append(log, batch, **fields)
        left_count -= 1
        if left_count == -1:
            held.append(batch)
            return None
        result = append(log, batch, **fields)
        while held:
            append(log, held.pop())
        return result

    def make(seed: int) -> Simulation:
        nonlocal left_count
        held.clear()
        left_count = Random(seed).randrange(10)
        return Simulation(seed)

    monkeypatch.setattr(PartitionCoordinatorLog, "append", swap)
    find(make)


def test_a_forgotten_producer_epoch_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    bumped = init_producer_id._bumped
    left_count = 0

    def forget(epoch: int) -> int:
        nonlocal left_count
        left_count -= 1
        return epoch if left_count == -1 and epoch >= 0 else bumped(epoch)

    def make(seed: int) -> Simulation:
        nonlocal left_count
        left_count = Random(seed).randrange(4)
        return Simulation(seed)

    monkeypatch.setattr(init_producer_id, "_bumped", forget)
    find(make)


def make_late(seed: int) -> Simulation:
    return Simulation(seed, is_late=True)


def test_an_answer_that_goes_out_before_its_change_is_stored_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(UnstoredChanges, "note", lambda self, change: None)
    find(make_late)


def test_an_append_that_is_done_before_it_is_committed_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    append = LateStore.append

    def append_hastily(store: LateStore, name: str, buffer: bytes, **how: bool) -> DoneAppend:
        return DoneAppend(append(store, name, buffer, **how).position)

    monkeypatch.setattr(LateStore, "append", append_hastily)
    find(make_late)
