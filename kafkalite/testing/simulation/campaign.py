"""Many simulations in sequence, and their outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kafkalite.testing.simulation.simulation import Simulation, SimulationFailed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


class Report(NamedTuple):
    """The outcome of simulations.

    Fields:
        failures: (seed, broken rule) of each failed simulation.
        event_count, record_count, crash_count: totals of all simulations.
    """

    seed_count: int
    failures: list[tuple[int, str]]
    event_count: int
    record_count: int
    crash_count: int

    def plus(self, other: Report) -> Report:
        """Return the sum of both reports."""
        return Report(
            self.seed_count + other.seed_count,
            self.failures + other.failures,
            self.event_count + other.event_count,
            self.record_count + other.record_count,
            self.crash_count + other.crash_count,
        )


NOTHING = Report(0, [], 0, 0, 0)


def run_seeds(seeds: Iterable[int], make: Callable[[int], Simulation] = Simulation) -> Report:
    """Run a simulation for each seed, continuing after failures."""
    report = NOTHING
    for seed in seeds:
        simulation = make(seed)
        failures = []
        try:
            simulation.run()
        except SimulationFailed as failure:
            failures.append((seed, str(failure)))
        crash_count, record_count = len(simulation.crashes), len(simulation.history.written)
        report = report.plus(Report(1, failures, simulation.event_count, record_count, crash_count))
    return report
