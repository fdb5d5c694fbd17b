"""Attacks a broker of this machine beside a quiet client, and tells what that client noticed.

    python scripts/dev.py attack                                # kafkalite, started for it
    python scripts/dev.py attack --broker kafka                 # Apache Kafka from its jars, started for it
    python scripts/dev.py attack --bootstrap-server 127.0.0.1:9092 --pid 4711
    python scripts/dev.py attack --write                        # both, side by side into docs/ROBUSTNESS.md

Exit code 0 = every broker went on answering and lost no record of the quiet client, 1 = one did not.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import pathlib
import platform
import subprocess
import sys
from collections.abc import Iterator, Sequence

from scripts.attack.cases import CASES, handshake_cases
from scripts.attack.page import console_head, console_line, side_by_side, update
from scripts.attack.suite import Row, attack
from scripts.attack.target import Target, parse_loopback
from scripts.benchmark.brokers import apache_kafka, kafkalite

PAGE = pathlib.Path(__file__).resolve().parents[2] / "docs" / "ROBUSTNESS.md"
KAFKA_VERSION = "4.3.1"
BROKERS = ("kafkalite", "kafka")


@contextlib.contextmanager
def started(kind: str) -> Iterator[Target]:
    """Run a broker for as long as the block lasts."""
    with kafkalite(subprocess.DEVNULL) if kind == "kafkalite" else apache_kafka(KAFKA_VERSION) as broker:
        yield Target(broker.name, broker.host, broker.port, broker.pid)


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Return the options; exits with status 2 for wrong ones."""
    parser = argparse.ArgumentParser(
        prog="dev.py attack", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--broker", choices=BROKERS, default="kafkalite", help="start this one (default: kafkalite)")
    parser.add_argument("--bootstrap-server", metavar="HOST:PORT", help="a running broker, on loopback")
    parser.add_argument("--pid", type=int, help="its process, for the memory")
    parser.add_argument("--tls", metavar="HOST:PORT", help="its listener with TLS, for half handshakes")
    parser.add_argument("--sasl", metavar="HOST:PORT", help="its listener with SASL PLAIN, for half handshakes")
    parser.add_argument("--seed", type=int, default=1, help="of everything that is drawn (default: 1)")
    parser.add_argument("--case", dest="words", action="append", help="only cases with this text; may be repeated")
    parser.add_argument("--write", action="store_true", help="attack kafkalite and Kafka, and write docs/ROBUSTNESS.md")
    options = parser.parse_args(arguments)
    try:
        for name in ("bootstrap_server", "tls", "sasl"):
            text = getattr(options, name)
            setattr(options, name, Target(text, *parse_loopback(text), options.pid) if text else None)
    except (ValueError, OSError) as problem:
        parser.error(str(problem))
    return options


def attack_one(target: Target, options: argparse.Namespace) -> list[Row]:
    """Attack a broker and print its table."""
    cases = [*CASES, *handshake_cases(options.tls, options.sasl)]
    cases = [case for case in cases if not options.words or any(word in case.name for word in options.words)]
    print(f"{target.name} at {target.host}:{target.port}, seed {options.seed}\n{console_head()}", flush=True)
    return attack(target, cases, options.seed, lambda row: print(console_line(row), flush=True))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit status."""
    options = parse(arguments)
    tables: dict[str, list[Row]] = {}
    if options.bootstrap_server:
        tables[options.bootstrap_server.name] = attack_one(options.bootstrap_server, options)
    else:
        for kind in BROKERS if options.write else (options.broker,):
            with started(kind) as target:
                tables[target.name] = attack_one(target, options)
    if options.write:
        machine = f"Seed {options.seed}, Python {platform.python_version()}, {os.cpu_count()} cores.\n\n"
        PAGE.write_text(update(PAGE.read_text(encoding="utf-8"), machine + side_by_side(tables)), encoding="utf-8")
        print(f"wrote {PAGE}")
    return 0 if all(row.is_well for rows in tables.values() for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
