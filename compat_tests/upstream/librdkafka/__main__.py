"""The command line: `python -m compat_tests.upstream.librdkafka [--broker ...] [--group-protocol ...] [TEST ...]`."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TextIO

from compat_tests.broker_process import BrokerChoice, BrokerFailed
from compat_tests.oracle.apache_kafka import OracleFailed, OracleUnavailable, find_cache_directory
from compat_tests.upstream.librdkafka.program import NEEDS_KAFKA_TOOLS
from compat_tests.upstream.librdkafka.sources import VERSION, SuiteUnavailable, install
from compat_tests.upstream.librdkafka.suite import BrokerDied, Suite
from compat_tests.upstream.suite_results import (
    Outcome,
    SuiteResults,
    SuiteRun,
    find_broken_promises,
    grow_allowed,
    read_allowed,
    today,
)
from kafkalite import __version__ as kafkalite_version

CANNOT_RUN = 2
"""The exit status where the suite or the broker cannot run here."""
HERE = Path(__file__).resolve().parent
ALLOW_LISTS = {"classic": HERE / "tests.allow", "consumer": HERE / "tests-consumer-protocol.allow"}
SUITES = {"classic": "librdkafka", "consumer": "librdkafka-consumer-protocol"}
UNSTABLE = {"classic": (), "consumer": ("0045_subscribe_many_updates",)}
"""Tests that pass or fail at random, against either broker: never put on the list (FINDINGS.md)."""
TITLES = {
    "classic": "librdkafka's own test suite",
    "consumer": "librdkafka's own test suite, with the consumer group protocol (KIP-848)",
}


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m compat_tests.upstream.librdkafka",
        description=f"Run the test suite of librdkafka {VERSION}; exit 1 when a test of the allow list does not pass.",
    )
    parser.add_argument("tests", nargs="*", metavar="TEST", help="beginning of names, for example 0045; default: all")
    parser.add_argument("--broker", type=BrokerChoice.parse, default="kafkalite", help="kafkalite, kafka, kafka:4.3.1")
    parser.add_argument("--group-protocol", choices=sorted(SUITES), default="classic", help="of all consumers")
    parser.add_argument("--parallel", type=int, default=2, metavar="N", help="tests side by side (default 2)")
    parser.add_argument("--chances", type=int, default=2, metavar="N", help="more tries, alone, of failed tests (2)")
    parser.add_argument("--no-record", action="store_true", help="leave compat_tests/results as it is")
    parser.add_argument("--grow", action="store_true", help="add what passed to the allow list; nothing is removed")
    return parser.parse_args(arguments)


def _find_expected(options: argparse.Namespace) -> frozenset[str] | None:
    """Return the tests that must pass; None (all) for Apache Kafka and when the list may grow."""
    if options.grow or options.broker.kind != "kafkalite":
        return None
    return frozenset(read_allowed(ALLOW_LISTS[options.group_protocol]))


def lock_directory(work: Path) -> TextIO:
    """Return a file that, while open, locks a directory of runs.

    Raises:
        SuiteUnavailable: another run holds the lock.
    """
    import fcntl  # not on Windows, where the fast tests run all the same

    lock = work.with_suffix(".lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        raise SuiteUnavailable(f"another run is under way in {work}") from None
    return lock


def _record(options: argparse.Namespace, outcomes: Mapping[str, Outcome]) -> None:
    protocol, choice = options.group_protocol, options.broker
    name = f"kafkalite {kafkalite_version}" if choice.kind == "kafkalite" else f"Apache Kafka {choice.kafka_version}"
    command = "python -m compat_tests.upstream.librdkafka"
    if protocol != "classic":
        command += f" --group-protocol {protocol}"
    results = SuiteResults(SUITES[protocol], TITLES[protocol], VERSION, command)
    print(f"stored in {results.record(choice.kind, SuiteRun(name, today(), outcomes))}")


def _count(outcomes: Mapping[str, Outcome]) -> str:
    words = [outcome.outcome for outcome in outcomes.values()]
    return ", ".join(f"{words.count(word)} {word}" for word in dict.fromkeys(sorted(words)))


def _judge(options: argparse.Namespace, outcomes: Mapping[str, Outcome]) -> int:
    """Return the exit status: 1 when kafkalite broke a promise of the allow list; without Java some are not judged."""
    allow_list = ALLOW_LISTS[options.group_protocol]
    if options.grow:
        unstable = UNSTABLE[options.group_protocol]
        passed = [name for name, outcome in outcomes.items() if outcome.passed and name not in unstable]
        print(f"new in {allow_list.name}: {' '.join(grow_allowed(allow_list, passed)) or 'nothing'}")
    if options.broker.kind != "kafkalite":
        return 0
    judged = {name: outcome for name, outcome in outcomes.items() if outcome.reason != NEEDS_KAFKA_TOOLS}
    broken = find_broken_promises(read_allowed(allow_list), judged)
    for name, outcome in broken.items():
        print(f"{name} must pass (it is in {allow_list.name}) but {outcome.outcome}: {outcome.reason}", file=sys.stderr)
    return 1 if broken else 0


def _make_suite(options: argparse.Namespace, work: Path) -> Suite:
    return Suite(
        home=install(),
        choice=options.broker,
        group_protocol=options.group_protocol,
        work=work,
        parallel=options.parallel,
        chances=options.chances,
        expected=_find_expected(options),
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit status (CANNOT_RUN where it cannot)."""
    options = _parse(arguments)
    work = find_cache_directory() / "librdkafka" / "runs" / f"{options.broker.kind}-{options.group_protocol}"
    work.parent.mkdir(parents=True, exist_ok=True)
    try:
        with lock_directory(work):
            outcomes = _make_suite(options, work).run(options.tests)
    except (SuiteUnavailable, OracleUnavailable, OracleFailed, BrokerFailed, BrokerDied) as error:
        print(error, file=sys.stderr)
        return CANNOT_RUN
    print(f"{_count(outcomes)}; the output of every test is in {work}")
    if not options.no_record:
        _record(options, outcomes)
    return _judge(options, outcomes)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a run that is ended leaves no test and no broker behind
    sys.exit(main())
