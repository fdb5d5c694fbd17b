"""The whole suite against one broker: which tests in which scenario, side by side, and another chance alone.

A new broker per scenario, one node, with the settings of SETTINGS. Tests that fail are run again alone on a new
broker, and that run counts: librdkafka's tests measure times, and the machine is shared.
"""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from compat_tests.broker_process import Broker, BrokerChoice, BrokerFailed
from compat_tests.oracle.apache_kafka import OracleFailed, OracleUnavailable, answers_api_versions, find_java
from compat_tests.oracle.apache_kafka import install as install_kafka
from compat_tests.upstream.librdkafka.program import NO_BROKER, OTHER_SCENARIO, Program, job_of
from compat_tests.upstream.suite_results import Outcome

SETTINGS = {
    "num.partitions": "4",
    "default.replication.factor": "1",
    "offsets.topic.replication.factor": "1",
    "transaction.state.log.replication.factor": "1",
    "transaction.state.log.min.isr": "1",
    "group.initial.rebalance.delay.ms": "3000",
    "group.consumer.heartbeat.interval.ms": "5000",
}
"""As librdkafka's own test clusters have it, with one node instead of three.

The last two are Apache Kafka's defaults, where kafkalite's are quicker. 0102 and 0113 count rebalances, and expect that
two consumers which start together join together. The heartbeat interval is also how long librdkafka waits for the
answer to a heartbeat; an assignment in an answer that came later is lost to it (FINDINGS.md).
"""
START_ATTEMPTS = 3
SLOWEST = ("0113", "0098")
"""Minutes each: begun first, so that nothing waits for them at the end."""
SCENARIOS = {
    "default": {"auto.create.topics.enable": "true"},
    "noautocreate": {"auto.create.topics.enable": "false"},
}
TOOLS = ("kafka-topics", "kafka-acls")
"""The commands of a Kafka distribution's `bin` that the tests call."""
REPOSITORY = Path(__file__).resolve().parents[3]


class BrokerDied(Exception):
    """The broker does not answer any more; the message carries the end of its log."""


def _print_now(line: str) -> None:
    print(line, flush=True)


@dataclass
class Suite:
    """One run of the suite against one kind of broker."""

    home: Path
    """The built sources of librdkafka."""
    choice: BrokerChoice
    group_protocol: str
    work: Path
    """Made anew: the broker's data, and the output of every test as `<scenario>/<number>.log`."""
    parallel: int = 2
    """The number of jobs that run at the same time."""
    chances: int = 2
    """The number of times that a failed test is run again, alone."""
    expected: frozenset[str] | None = None
    """The tests that are worth it, because they should pass; None: all."""
    report: Callable[[str], None] = _print_now
    _kafka_path: Path | None = field(default=None, init=False)

    def run(self, wanted: Iterable[str] = ()) -> dict[str, Outcome]:
        """Run the tests whose name begins with one of `wanted` (none: all); return their outcomes.

        Tests that need no broker are left out: they say nothing about one.
        """
        shutil.rmtree(self.work, ignore_errors=True)
        self.work.mkdir(parents=True)
        self._kafka_path = make_kafka_path(self.work / "kafka", self.choice.kafka_version)
        prefixes = tuple(wanted) or ("",)
        outcomes: dict[str, Outcome] = {}
        for scenario in SCENARIOS:
            with self._program(scenario, scenario) as program:
                tests = [name for name in program.list_tests() if name.startswith(prefixes)]
                missing = [name for name in tests if outcomes.get(name, OTHER) == OTHER and not _is_mock(name)]
                found = self._run_jobs(program, {job_of(name) for name in missing}, self.parallel)
            found = self._run_again(scenario, found)
            outcomes |= {name: found[name] for name in missing if name in found}
        return {name: outcome for name, outcome in outcomes.items() if outcome.reason != NO_BROKER}

    def _run_again(self, scenario: str, outcomes: dict[str, Outcome]) -> dict[str, Outcome]:
        """Run failed tests again, alone, up to `chances` times; return the updated outcomes."""
        for chance in range(1, self.chances + 1):
            failed = {job_of(name) for name, outcome in outcomes.items() if self._is_worth_a_chance(name, outcome)}
            if not failed:
                break
            self.report(f"again, alone: {' '.join(sorted(failed))}")
            with self._program(scenario, f"{scenario}-again-{chance}") as program:
                again = self._run_jobs(program, failed, 1)
            outcomes |= {name: again[name] for name in again if not outcomes.get(name, OTHER).passed}
        return outcomes

    def _is_worth_a_chance(self, name: str, outcome: Outcome) -> bool:
        return outcome.outcome in ("failed", "timeout") and (self.expected is None or name in self.expected)

    def _run_jobs(self, program: Program, jobs: Iterable[str], parallel: int) -> dict[str, Outcome]:
        outcomes: dict[str, Outcome] = {}
        ordered = sorted(jobs, key=lambda job: (job not in SLOWEST, job))
        with ThreadPoolExecutor(parallel) as pool:
            try:
                for found in pool.map(lambda job: self._run_job(program, job), ordered):
                    outcomes |= found
            except BaseException:  # also an end from outside: nothing more is begun, and nothing is left behind
                pool.shutdown(wait=False, cancel_futures=True)
                program.end()
                raise
        return outcomes

    def _run_job(self, program: Program, job: str) -> dict[str, Outcome]:
        host, _, port = program.bootstrap_servers.rpartition(":")
        if not answers_api_versions(host, int(port)):
            raise BrokerDied(f"the broker does not answer before {job}")
        started = time.monotonic()
        outcomes = program.run(job)
        for name, outcome in outcomes.items():
            if outcome.reason not in (NO_BROKER, OTHER_SCENARIO):
                seconds = time.monotonic() - started
                self.report(f"{outcome.outcome:8} {name}  ({seconds:.0f} s) {outcome.reason}".rstrip())
        return outcomes

    @contextmanager
    def _program(self, scenario: str, directory: str) -> Iterator[Program]:
        """Run a new broker for the scenario; yield what runs tests against it, with its files in `directory`."""
        work = self.work / directory
        work.mkdir()
        broker = start_broker(self.choice, work, SETTINGS | SCENARIOS[scenario])
        try:
            yield self._make_program(broker, scenario, work)
            broker.stop()
        except BrokerDied as error:
            raise BrokerDied(f"{error}:\n{broker.read_log()[-4000:]}") from None
        finally:
            broker.kill()
            for attempt in work.glob("broker-*"):
                shutil.rmtree(attempt / "data", ignore_errors=True)
            remove_leftovers(self.home / "tests")

    def _make_program(self, broker: Broker, scenario: str, work: Path) -> Program:
        return Program(
            home=self.home,
            bootstrap_servers=broker.bootstrap_servers,
            broker_version=".".join(str(part) for part in broker.version),
            group_protocol=self.group_protocol,
            scenario=scenario,
            kafka_path=self._kafka_path,
            work=work,
        )


OTHER = Outcome("skipped", OTHER_SCENARIO)


def _is_mock(name: str) -> bool:
    """Return whether a test speaks to the mock broker inside librdkafka only; not all of them are flagged as local."""
    return name.endswith("_mock")


def start_broker(choice: BrokerChoice, work: Path, settings: Mapping[str, str]) -> Broker:
    """Return a running broker; a second try gets other ports, in case another process took the first ones."""
    for attempt in range(1, START_ATTEMPTS + 1):
        broker = choice.create(work / f"broker-{attempt}", settings)
        try:
            broker.start()
            return broker
        except (OracleFailed, BrokerFailed):
            broker.kill()
            if attempt == START_ATTEMPTS:
                raise
    raise AssertionError("there is at least one attempt")


def remove_leftovers(tests: Path) -> None:
    """Remove the statistics that tests leave in their working directory."""
    for pattern in ("stats_*.json", "*.offset"):
        for path in tests.glob(pattern):
            path.unlink(missing_ok=True)


def make_kafka_path(target: Path, version: str) -> Path | None:
    """Make a directory that looks like a Kafka distribution (`bin`, `libs`) to the tests; None without Java."""
    try:
        java, libraries = find_java(), install_kafka(version)
    except OracleUnavailable as error:
        print(f"some tests are skipped: {error}", file=sys.stderr)
        return None
    (target / "bin").mkdir(parents=True)
    (target / "libs").symlink_to(libraries)
    oracle = REPOSITORY / "scripts" / "kafka_oracle.py"
    for tool in TOOLS:
        _write_script(target, tool, f'exec "{sys.executable}" "{oracle}" tool --version {version} {tool} "$@"')
    _write_script(target, "kafka-run-class", f'exec "{java}" -Xmx256m -cp "$CLASSPATH:{libraries}/*" "$@"')
    return target


def _write_script(target: Path, name: str, line: str) -> None:
    path = target / "bin" / f"{name}.sh"
    path.write_text(f"#!/bin/sh\n{line}\n")
    path.chmod(0o755)
