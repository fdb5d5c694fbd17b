"""Measure kafkalite beside a peer in the same run: start-up, memory, throughput, latency, processor time.

    python scripts/bench.py [--rounds 3] [--scale 1.0] [--only small_produce_100,...] [--alone] [--json FILE]

The peer is Apache Kafka where its jars are in the cache (`python scripts/kafka_oracle.py start` brings them), else
librdkafka's mock cluster. Rounds alternate between the brokers, since a machine's speed drifts, and the median of the
rounds is told. Trust the ratios and the processor time, not single absolute times.
"""

from __future__ import annotations

import argparse
import json
import platform
import statistics
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts.benchmark import brokers, groups, measures

MEASURES = (*measures.ALL[:-1], groups.first_group_message, measures.ALL[-1])

Key = tuple[str, str]


def run(options: argparse.Namespace) -> dict[Key, dict[str, float]]:
    """Measure every broker in every round; returns figure -> broker -> median."""
    scale = measures.Scale(factor=options.scale)
    wanted = [measure for measure in MEASURES if not options.only or measure.__name__ in options.only.split(",")]
    starters = brokers.available(options.kafka_version)[: 1 if options.alone else None]
    samples: dict[Key, dict[str, list[float]]] = {}
    for round_number in range(options.rounds):
        for name, starter in starters:
            print(f"round {round_number + 1} of {options.rounds}: {name}", file=sys.stderr)
            with starter() as broker:
                for measure in wanted:
                    for figure in measure(broker, scale):
                        by_broker = samples.setdefault((figure.name, figure.unit), {})
                        by_broker.setdefault(name, []).append(figure.value)
    return {
        key: {name: statistics.median(values) for name, values in by_broker.items()}
        for key, by_broker in samples.items()
    }


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


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark and print its table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--scale", type=float, default=1.0, help="fraction of the full request counts")
    parser.add_argument("--only", default="", help=", ".join(measure.__name__ for measure in MEASURES))
    parser.add_argument("--alone", action="store_true", help="measure kafkalite only")
    parser.add_argument("--kafka-version", default="4.3.1")
    parser.add_argument("--json", type=Path, help="write the medians here")
    options = parser.parse_args(arguments)
    medians = run(options)
    print(
        f"Python {platform.python_version()}, {platform.platform()}, "
        f"medians of {options.rounds} rounds; ratio = ours / peer"
    )
    print(render(medians))
    if options.json is not None:
        rows = [{"figure": key[0], "unit": key[1], **by_broker} for key, by_broker in medians.items()]
        options.json.write_text(json.dumps(rows, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
