"""Attacks a broker of this machine beside a quiet client, and reports the effect on that client.

    python scripts/dev.py attack                                # kafkalite, started for it
    python scripts/dev.py attack --broker kafka                 # Apache Kafka from its jars, started for it
    python scripts/dev.py attack --bootstrap-server 127.0.0.1:9092 --pid 4711
    python scripts/dev.py attack --write                        # both, side by side into docs/ROBUSTNESS.md

Exit code 0 = the broker kept answering beside every load that was played, and lost no record of the quiet client;
1 = it did not, or no load was played. With --write only kafkalite decides: Apache Kafka is shown beside it.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Sequence

from compat_tests.oracle.apache_kafka import OracleFailed, OracleUnavailable
from kafkalite.system.descriptors import descriptor_limit, raise_descriptor_limit
from scripts.devtools.attack.case import Case
from scripts.devtools.attack.cases import all_cases
from scripts.devtools.attack.descriptors import FEW_DESCRIPTORS, FEW_DESCRIPTORS_CASES
from scripts.devtools.attack.listeners import BROKERS, Listeners, started
from scripts.devtools.attack.page import ATTACK, console_head, console_line, side_by_side, write
from scripts.devtools.attack.suite import NOT_PLAYED, Row, attack, is_passed
from scripts.devtools.attack.target import Target, parse_loopback
from scripts.devtools.benchmark.wire import BrokerFailed

CANNOT_ATTACK = (OSError, BrokerFailed, OracleFailed, OracleUnavailable)
"""A broker that does not start, does not answer from the beginning, or does not make the topics of the suite."""


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
    if options.bootstrap_server and options.write:
        parser.error("--write starts both brokers itself: leave out --bootstrap-server")
    if (options.tls or options.sasl) and not options.bootstrap_server:
        parser.error("--tls and --sasl are listeners of --bootstrap-server: what is started has both")
    return options


def chosen(cases: Sequence[Case], words: Sequence[str] | None) -> list[Case]:
    """Return the cases whose names have one of the words; all of them without words."""
    return [case for case in cases if not words or any(word in case.name for word in words)]


def attack_listeners(listeners: Listeners, options: argparse.Namespace) -> list[Row]:
    """Attack the listeners of one broker and print its table."""
    target = listeners.plain
    cases = chosen(all_cases(listeners.tls, listeners.sasl), options.words)
    if not cases:
        return []
    print(f"{target.name} at {target.host}:{target.port}, seed {options.seed}", end="")
    print(f"; this process may have {descriptor_limit():,} files open\n{console_head()}", flush=True)
    return attack(target, cases, options.seed, tell)


def attack_with_few_descriptors(kind: str, options: argparse.Namespace) -> list[Row]:
    """Attack a broker that may have few files open, started for it."""
    cases = chosen(FEW_DESCRIPTORS_CASES, options.words)
    if not cases:
        return []
    place = f", {FEW_DESCRIPTORS} descriptors"
    try:
        with started(kind, descriptor_count=FEW_DESCRIPTORS) as listeners:
            print(listeners.plain.name + place, flush=True)
            return attack(listeners.plain, cases, options.seed, tell, crowd_count=0, place=place)
    except CANNOT_ATTACK as problem:  # what the first broker gave is not lost
        rows = [Row(case=case.name, outcome=f"{NOT_PLAYED}{problem}") for case in cases]
        for row in rows:
            tell(row)
        return rows


def tell(row: Row) -> None:
    """Print a row."""
    print(console_line(row), flush=True)


def attack_started(kind: str, options: argparse.Namespace) -> tuple[str, list[Row]]:
    """Start a broker, attack it, and return its name and rows; the loads for few descriptors get a separate broker."""
    with started(kind) as listeners:
        name = listeners.plain.name
        rows = attack_listeners(listeners, options)
    return name, [*rows, *attack_with_few_descriptors(kind, options)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit status."""
    options = parse(arguments)
    raise_descriptor_limit()
    try:
        return run(options)
    except CANNOT_ATTACK as problem:
        print(f"cannot attack: {problem}", file=sys.stderr)
        return 1


def run(options: argparse.Namespace) -> int:
    """Attack what the options say; return the exit status. Raises the errors of CANNOT_ATTACK."""
    if options.bootstrap_server:
        rows = attack_listeners(Listeners(options.bootstrap_server, options.tls, options.sasl), options)
        return end(rows)
    if not options.write:
        return end(attack_started(options.broker, options)[1])
    tables = dict(attack_started(kind, options) for kind in BROKERS)
    machine = f"Seed {options.seed}, Python {platform.python_version()}, {os.cpu_count()} cores.\n\n"
    write(ATTACK, machine + side_by_side(tables))
    return end(next(iter(tables.values())))


def end(rows: Sequence[Row]) -> int:
    """Return the exit status; says it where nothing was played."""
    if not any(row.is_played for row in rows):
        print("no load was played", file=sys.stderr)
    return 0 if is_passed(rows) else 1


if __name__ == "__main__":
    sys.exit(main())
