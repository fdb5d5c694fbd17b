"""Many seeds, and the command that plays them."""

from __future__ import annotations

import pytest

from kafkalite.testing.simulation.__main__ import main
from kafkalite.testing.simulation.campaign import run_seeds
from kafkalite.testing.simulation.history import History
from kafkalite.testing.simulation.simulation import Simulation, SimulationFailed


class Failing(Simulation):
    """A simulation that fails with odd seeds."""

    def run(self) -> History:
        if self.seed % 2:
            raise SimulationFailed(self.seed, "odd")
        return super().run()


def test_failures_are_counted_and_named() -> None:
    report = run_seeds(range(4), Failing)
    assert (report.seed_count, report.failures) == (4, [(1, "seed 1: odd"), (3, "seed 3: odd")])
    assert report.event_count > 0 and report.record_count > 0


def test_the_command_plays_many_seeds(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--count", "4", "--jobs", "2"]) == 0
    assert capsys.readouterr().out.startswith("4 seeds in ")


def test_the_command_shows_one_seed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--seed", "3"]) == 0
    shown = capsys.readouterr().out
    assert "CreateTopicsRequest" in shown and "crashes: " in shown
