"""Run kafka-python's integration tests, store the results, and compare them with `tests.allow`.

    python -m compat_tests.upstream.kafka_python                              # kafkalite
    python -m compat_tests.upstream.kafka_python --broker kafka               # Apache Kafka 4.4: needs Java and Maven
    python -m compat_tests.upstream.kafka_python test_admin_integration.py::test_delete_records
    python -m compat_tests.upstream.kafka_python --grow                       # what passes is added to tests.allow

Every module of tests runs in a separate pytest. A test that fails is run once more alone, since these tests wait for
fixed times and a busy machine can be late. Exit status: 1 when a test on the list did not pass, 2 when the suite
could not run.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from compat_tests.broker_process import REPOSITORY, BrokerChoice
from compat_tests.oracle.apache_kafka import DEFAULT_VERSION
from compat_tests.upstream.kafka_python.distribution import write_distribution
from compat_tests.upstream.kafka_python.junit import read_outcomes
from compat_tests.upstream.kafka_python.service import DID_NOT_START
from compat_tests.upstream.kafka_python.sources import HERE, Suite, SuiteUnavailable, find_version, prepare_suite
from compat_tests.upstream.suite_results import (
    Outcome,
    SuiteResults,
    SuiteRun,
    find_broken_promises,
    grow_allowed,
    read_allowed,
    today,
)
from kafkalite import __version__

SUITE = "kafka-python"
COMMAND = "python -m compat_tests.upstream.kafka_python"
ALLOWED = HERE / "tests.allow"
TEST_FOLDER = "test/integration"
PARTS = {"test_sasl_integration.py": ("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512")}
"""Modules that run in parts, by words in the names of their tests: each test starts a broker that stays to the end."""
TEST_TIMEOUT_S = 120
MODULE_TIMEOUT_S = 1200
WHOLE_RUN = (0, 1)
"""Exit statuses of pytest after a whole run: all passed, some failed."""


@dataclass(kw_only=True)
class Runner:
    """Runs tests of the suite against one kind of broker; `work` is a directory for everything that is written."""

    suite: Suite
    choice: BrokerChoice
    work: Path
    is_verbose: bool = False
    _run_count: int = field(default=0, init=False)

    def run(self, tests: Sequence[str]) -> dict[str, Outcome]:
        """Run modules or single tests, one pytest per module; return the outcomes by test id."""
        outcomes: dict[str, Outcome] = {}
        modules = dict.fromkeys(test.partition("::")[0] for test in tests or self.find_modules())
        for module in modules:
            wanted = [test for test in tests if test.partition("::")[0] == module] or [module]
            for part in PARTS.get(module, ("",)) if wanted == [module] else ("",):
                outcomes |= self._run_pytest(wanted, part)
        return outcomes | self._run_again(outcomes)

    def find_modules(self) -> list[str]:
        """Return the names of the suite's test modules."""
        return sorted(path.name for path in (self.suite.sources / TEST_FOLDER).glob("test_*.py"))

    def _run_again(self, outcomes: dict[str, Outcome]) -> dict[str, Outcome]:
        failed = [test for test, outcome in outcomes.items() if _may_pass_alone(outcome)]
        again: dict[str, Outcome] = {}
        for test in failed:
            again |= self._run_pytest([test])
            word = "passed, at the second try" if again[test].passed else "failed twice"
            print(f"  {test}: {word}", flush=True)
        return again

    def _run_pytest(self, tests: Sequence[str], part: str = "") -> dict[str, Outcome]:
        self._run_count += 1
        report = self.work / f"report-{self._run_count}.xml"
        print(f"{self.choice.kind}: {', '.join(tests)} {part}".rstrip(), flush=True)
        command = [*self._command(report, tests), *(["-k", part] if part else [])]
        try:
            done = subprocess.run(
                command,
                cwd=self.suite.sources,
                env=self._environment(),
                stdout=None if self.is_verbose else subprocess.DEVNULL,
                timeout=MODULE_TIMEOUT_S,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return {test: Outcome("timeout", f"over {MODULE_TIMEOUT_S} s") for test in tests}
        if done.returncode not in WHOLE_RUN:
            raise SuiteUnavailable(f"pytest ended with {done.returncode}: {' '.join(command)}")
        return read_outcomes(report)

    def _command(self, report: Path, tests: Sequence[str]) -> list[str]:
        options = ["-p", "no:cacheprovider", f"--timeout={TEST_TIMEOUT_S}", "--timeout-method=signal"]
        options += ["-o", "addopts=", f"--junit-xml={report}", f"--basetemp={self.work / f'run-{self._run_count}'}"]
        return [str(self.suite.python), "-m", "pytest", *options, *(f"{TEST_FOLDER}/{test}" for test in tests)]

    def _environment(self) -> dict[str, str]:
        own = {
            "KAFKA_VERSION": self.choice.kafka_version,
            "PYTHONPATH": str(REPOSITORY),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        broker = self.choice.kind if self.choice.kind == "kafkalite" else f"kafka:{self.choice.kafka_version}"
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("KAFKA", "ZOOKEEPER"))}
        return inherited | own | write_distribution(self.work / "distribution", broker)


def _may_pass_alone(outcome: Outcome) -> bool:
    return outcome.outcome in ("failed", "timeout") and DID_NOT_START not in outcome.reason


def describe_broker(choice: BrokerChoice) -> str:
    """Return the broker's name and version for the results."""
    return f"kafkalite {__version__}" if choice.kind == "kafkalite" else f"Apache Kafka {choice.kafka_version}"


def store(choice: BrokerChoice, outcomes: dict[str, Outcome]) -> Path:
    """Merge outcomes into the committed results; return the file."""
    results = SuiteResults(
        suite=SUITE,
        title="kafka-python's integration tests",
        version=find_version(),
        command=COMMAND,
    )
    return results.record(choice.kind, SuiteRun(describe_broker(choice), today(), outcomes))


def report(outcomes: dict[str, Outcome]) -> None:
    """Print every test that did not pass, and the totals."""
    for test, outcome in sorted(outcomes.items()):
        if not outcome.passed:
            print(f"{outcome.outcome:>8}  {test}  {' '.join(outcome.reason.split())[:160]}")
    words = [outcome.outcome for outcome in outcomes.values()]
    print(", ".join(f"{words.count(word)} {word}" for word in dict.fromkeys(sorted(words))))


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog=COMMAND, description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("tests", nargs="*", help="module or test ids as in tests.allow; default: all")
    parser.add_argument("--broker", type=BrokerChoice.parse, default=BrokerChoice(), help="kafkalite or kafka")
    parser.add_argument("--grow", action="store_true", help="add the tests that passed to tests.allow")
    parser.add_argument("--no-record", action="store_true", help="leave the committed results as they are")
    parser.add_argument("-v", "--verbose", action="store_true", help="show pytest's output")
    options = parser.parse_args(arguments)
    if options.broker.kind == "kafka" and options.broker.kafka_version != DEFAULT_VERSION:
        options.no_record = True  # the results compare with one release
    return options


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit status."""
    options = parse(arguments)
    try:
        with tempfile.TemporaryDirectory(prefix="kafka-python-suite-") as work:
            runner = Runner(suite=prepare_suite(), choice=options.broker, work=Path(work), is_verbose=options.verbose)
            outcomes = runner.run(options.tests)
    except SuiteUnavailable as error:
        print(error, file=sys.stderr)
        return 2
    report(outcomes)
    if not options.no_record:
        store(options.broker, outcomes)
    return 1 if options.broker.kind == "kafkalite" and not keeps_promises(outcomes, grow=options.grow) else 0


def keeps_promises(outcomes: dict[str, Outcome], *, grow: bool) -> bool:
    """Print the tests of tests.allow that did not pass, grow the list if asked; return whether all of them passed."""
    broken = find_broken_promises(read_allowed(ALLOWED), outcomes)
    for test in broken:
        print(f"must pass, and did not: {test}")
    if grow:
        added = grow_allowed(ALLOWED, (test for test, outcome in outcomes.items() if outcome.passed))
        print(f"added to tests.allow: {', '.join(added) or 'nothing'}")
    return not broken
