"""Measure kafkalite beside a peer in the same run: start-up, memory, throughput, latency, processor time, fairness.

    python scripts/bench.py [--rounds 3] [--scale 1.0] [--only small_produce_100,...] [--alone] [--json FILE]
    python scripts/bench.py --only fairness --write     # stores the fairness table in docs/ROBUSTNESS.md

The peer is Apache Kafka where its jars are in the cache (`python scripts/kafka_oracle.py start` brings them), else
librdkafka's mock cluster. Rounds alternate between the brokers, since a machine's speed drifts, and the median of the
rounds is reported. Trust the ratios and the processor time, not single absolute times.

Fairness has a separate table: the longest wait of a quiet client in all rounds beside each hostile load, with its
target. The loads are those of `python scripts/dev.py attack`, at full size whatever the scale; librdkafka's mock
cluster cannot play them.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from kafkalite.system.descriptors import raise_descriptor_limit
from scripts.devtools.attack import fairness, page
from scripts.devtools.attack.suite import Row
from scripts.devtools.attack.target import Target
from scripts.devtools.benchmark import brokers, groups, measures

MEASURES = (*measures.ALL[:-1], groups.first_group_message, measures.ALL[-1])
FAIRNESS = "fairness"
NAMES = (*(measure.__name__ for measure in MEASURES), FAIRNESS)

Key = tuple[str, str]
Measure = Callable[[brokers.RunningBroker, measures.Scale], Iterator[measures.Figure]]


@dataclass
class Samples:
    """The results of all rounds: figure -> broker -> values, and broker -> the rows of the fairness table by round."""

    figures: dict[Key, dict[str, list[float]]] = field(default_factory=dict)
    rows: dict[str, list[list[Row]]] = field(default_factory=dict)

    def measure(self, name: str, broker: brokers.RunningBroker, wanted: Sequence[Measure], scale: float) -> None:
        """Take the figures of one broker in one round."""
        for measure in wanted:
            for figure in measure(broker, measures.Scale(factor=scale)):
                by_broker = self.figures.setdefault((figure.name, figure.unit), {})
                by_broker.setdefault(name, []).append(figure.value)

    def attack(self, name: str, broker: brokers.RunningBroker) -> None:
        """Play the loads of the fairness table with one broker in one round."""
        target = Target(broker.name, broker.host, broker.port, broker.pid)
        self.rows.setdefault(name, []).append(fairness.measure(target))

    def medians(self) -> dict[Key, dict[str, float]]:
        """Return figure -> broker -> median."""
        return {
            key: {name: statistics.median(values) for name, values in by_broker.items()}
            for key, by_broker in self.figures.items()
        }


def run(options: argparse.Namespace) -> Samples:
    """Measure every broker in every round."""
    only = options.only.split(",") if options.only else NAMES
    wanted = [measure for measure in MEASURES if measure.__name__ in only]
    starters = brokers.available(options.kafka_version)[: 1 if options.alone else None]
    samples = Samples()
    for round_number in range(options.rounds):
        for name, starter in starters:
            print(f"round {round_number + 1} of {options.rounds}: {name}", file=sys.stderr)
            with starter() as broker:
                samples.measure(name, broker, wanted, options.scale)
                if FAIRNESS in only and name != brokers.MOCK_NAME:  # last: it leaves much memory taken
                    samples.attack(name, broker)
    return samples


def render(medians: dict[Key, dict[str, float]]) -> str:
    """Return a Markdown table, with the peer's figure over ours as ratio where there is a peer."""
    names = list(dict.fromkeys(name for by_broker in medians.values() for name in by_broker))
    lines = [f"| figure | unit | {' | '.join(names)} | ratio |", "|---|---|" + "---:|" * (len(names) + 1)]
    for (figure, unit), by_broker in medians.items():
        cells = [f"{by_broker[name]:,.2f}" if name in by_broker else "-" for name in names]
        ratio = "-"
        if len(by_broker) > 1 and by_broker[names[1]]:
            ratio = f"{by_broker[names[0]] / by_broker[names[1]]:.2f}"
        lines.append(f"| {figure} | {unit} | {' | '.join(cells)} | {ratio} |")
    return "\n".join(lines)


def as_json(medians: dict[Key, dict[str, float]], waits: Sequence[fairness.Longest]) -> str:
    """Return all figures, the longest waits with their targets among them."""
    rows: list[dict[str, object]] = [
        {"figure": key[0], "unit": key[1], **by_broker} for key, by_broker in medians.items()
    ]
    for wait in waits:
        figure = f"longest wait, {wait.case}"
        rows.append({"figure": figure, "unit": "ms", "target": wait.kind.target_ms, **wait.waits_ms})
    return json.dumps(rows, indent=1) + "\n"


def report(samples: Samples, options: argparse.Namespace) -> None:
    """Print the tables, and store what the options ask for."""
    medians, waits = samples.medians(), fairness.longest(samples.rows) if samples.rows else []
    machine = f"Python {platform.python_version()}, {platform.platform()}"
    if medians:
        print(f"{machine}, medians of {options.rounds} rounds; ratio = ours / peer\n{render(medians)}")
    if waits:
        table = fairness.render(waits, list(samples.rows))
        print(f"{machine}, longest wait of a quiet client in {options.rounds} rounds\n{table}", end="")
        if options.write:
            facts = (
                f"The longest of {options.rounds} rounds, Python {platform.python_version()}, {os.cpu_count()} cores."
            )
            page.write(page.FAIRNESS, f"{facts}\n\n{table}")
    if options.json is not None:
        options.json.write_text(as_json(medians, waits))


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Return the options; exits with status 2 for wrong ones."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--scale", type=float, default=1.0, help="fraction of the full request counts")
    parser.add_argument("--only", default="", help=", ".join(NAMES))
    parser.add_argument("--alone", action="store_true", help="measure kafkalite only")
    parser.add_argument("--kafka-version", default="4.4.0")
    parser.add_argument("--json", type=Path, help="write the medians and the longest waits here")
    parser.add_argument("--write", action="store_true", help="store the fairness table in docs/ROBUSTNESS.md")
    options = parser.parse_args(arguments)
    unknown = sorted({name for name in options.only.split(",") if name} - set(NAMES))
    if unknown:
        parser.error(f"no measure is called {', '.join(unknown)}; there are {', '.join(NAMES)}")
    if options.write and options.only and FAIRNESS not in options.only.split(","):
        parser.error("--write stores the fairness table, which --only leaves out")
    return options


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark and print its tables."""
    options = parse(arguments)
    raise_descriptor_limit()
    report(run(options), options)
    return 0


if __name__ == "__main__":
    sys.exit(main())
