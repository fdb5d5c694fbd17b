"""`python -m kafkalite.testing.simulation`: simulate many lives of a broker, or repeat a failed one."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from concurrent.futures import ProcessPoolExecutor

from kafkalite.system.clock import SystemClock
from kafkalite.testing.simulation.campaign import NOTHING, Report, run_seeds
from kafkalite.testing.simulation.simulation import Simulation

CHUNK_COUNT = 50
"""Number of seeds in one job of a process, and in one line of progress."""


def main(arguments: list[str] | None = None) -> int:
    """Run the simulations; return 1 if a seed failed, otherwise 0."""
    parser = argparse.ArgumentParser(prog="python -m kafkalite.testing.simulation", description=__doc__)
    parser.add_argument("--first", type=int, default=0, metavar="SEED", help="the first seed (default: %(default)s)")
    parser.add_argument("--count", type=int, default=5000, help="number of seeds (default: %(default)s)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes (default: one per processor)")
    parser.add_argument("--seed", type=int, help="play this one seed, and show the actions of clients, disk and broker")
    options = parser.parse_args(arguments)
    if options.seed is not None:
        return play(options.seed)
    clock = SystemClock()
    start_ms = clock.monotonic_ms()
    report = run_all(options.first, options.count, options.jobs)
    duration_ms = max(1, clock.monotonic_ms() - start_ms)
    per_minute = report.seed_count * 60_000 // duration_ms
    print(
        f"{report.seed_count} seeds in {duration_ms / 1000:.1f} s ({per_minute} a minute): "
        f"{report.event_count} events, {report.record_count} records, {report.crash_count} crashes, "
        f"{len(report.failures)} failures"
    )
    return 1 if report.failures else 0


def play(seed: int) -> int:
    """Play one seed with its full log."""
    simulation = Simulation(seed)
    log = logging.getLogger("kafkalite")
    shown = logging.StreamHandler(sys.stdout)
    log.addHandler(shown)
    log.setLevel(logging.DEBUG)
    try:
        report = run_seeds([seed], lambda _: simulation)
    finally:
        log.setLevel(logging.NOTSET)
        log.removeHandler(shown)
    for _, problem in report.failures:
        print(problem)
    print(f"crashes: {', '.join(simulation.crashes) or 'none'}")
    return 1 if report.failures else 0


def run_all(first: int, count: int, jobs: int) -> Report:
    """Run seeds in several processes, and print failures as they occur."""
    chunks = [
        range(start, min(start + CHUNK_COUNT, first + count)) for start in range(first, first + count, CHUNK_COUNT)
    ]
    report = NOTHING
    with ProcessPoolExecutor(max(1, jobs), initializer=_quieten) as pool:
        for part in pool.map(run_seeds, chunks):
            for _, problem in part.failures:
                print(f"FAILED {problem}", flush=True)
            report = report.plus(part)
    return report


def _quieten() -> None:
    logging.disable(logging.CRITICAL)  # the broker logs the injected faults


if __name__ == "__main__":
    sys.exit(main())
