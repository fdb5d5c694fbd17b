"""One run of librdkafka's `test-runner`: the tests of one number, in a separate process, and their outcomes.

`test-runner` writes a report (JSON) with a state for every test it knows, run or not, and says in its output why one
failed or was skipped. Tests are picked by number: `0045` stands for all tests whose name begins with it. Their
time limits are multiplied by TIMEOUT_MULTIPLIER, as in librdkafka's own runs.

The parts of 0081, one for each call of the Admin API, also run separately: it stops at its first failure, and a broker
without an authorizer fails it at CreateAcls. A job is a number, or a number and a part:
`0081/ListOffsets`.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from compat_tests.upstream.suite_results import Outcome

TIMEOUT_MULTIPLIER = 2
NUMBER_LIMIT_S = 1800
"""For all tests of one number together; the slowest (0113) takes nine minutes on an idle machine."""

PARTS = {
    "0081": (
        "AlterConfigs",
        "AlterConsumerGroupOffsets",
        "CreateAcls",
        "CreatePartitions",
        "CreateTopics",
        "DeleteAcls",
        "DeleteConsumerGroupOffsets",
        "DeleteGroups",
        "DeleteRecords",
        "DeleteTopics",
        "DescribeAcls",
        "DescribeCluster",
        "DescribeConfigs",
        "DescribeConfigs_groups",
        "DescribeConsumerGroups",
        "DescribeConsumerGroups_with_authorized_ops",
        "DescribeTopics",
        "IncrementalAlterConfigs",
        "ListConsumerGroupOffsets",
        "ListConsumerGroups",
        "ListOffsets",
        "UserScramCredentials",
    ),
}
"""The parts that are run by themselves, as `do_test_<part>` in the sources, by number."""
FIRST_MANUAL_NUMBER = "8000"

NO_BROKER = "needs no broker"
KNOWN_ISSUE = "librdkafka lists it as a known issue and skips it"
OTHER_SCENARIO = "belongs to another scenario"
NEEDS_KAFKA_TOOLS = "needs Apache Kafka's own tools, hence Java"

ESCAPES = re.compile(r"\x1b(\[[0-9;]*m|\(B)")
FAILURE = re.compile(r'### Test "(?P<name>\w+)(?: \((?P<part>.*)\))?" failed at .*: ###\n(?P<reason>.*)')
SKIPPED = re.compile(r"^\| (?P<name>\w+) +\| +SKIPPED \| +[\d.]+s \|(?P<reason>.*)$", re.MULTILINE)
OWN_TIMEOUT = "timed out (timeout set to"
TOOLS_MISSING = re.compile(r"KAFKA_PATH( and BROKERS)? must be set")


@dataclass(frozen=True)
class Program:
    """The built `test-runner` and everything its processes get from outside."""

    home: Path
    """The built sources."""
    bootstrap_servers: str
    broker_version: str
    """The Apache Kafka release whose behaviour the tests may expect, for example `4.3.1`."""
    group_protocol: str
    """`classic` or `consumer` (KIP-848)."""
    scenario: str
    """`default`, or `noautocreate` for the tests that want a broker which creates no topics by itself."""
    kafka_path: Path | None
    """A directory like that of a Kafka distribution, for the tests that call its tools; None where Java is missing."""
    work: Path
    """For configuration, reports and logs; exists."""
    _running: set[subprocess.Popen[bytes]] = field(default_factory=set, compare=False)

    def list_tests(self) -> list[str]:
        """Return the names of all tests that `test-runner` has and that are not to be run by hand, parts after them."""
        report = self.work / "list.json"
        self._run_process("none", "", report, self.work / "list.log", 60)
        names = [name for name in _read_states(report) if name < FIRST_MANUAL_NUMBER]
        return names + [f"{name}/{part}" for name in names for part in PARTS.get(job_of(name), ())]

    def run(self, job: str) -> dict[str, Outcome]:
        """Run one job; return the outcome of each of its tests, also of those that were skipped."""
        number, _, part = job.partition("/")
        log = self.work / f"{job.replace('/', '-')}.log"
        report = log.with_suffix(".json")
        report.unlink(missing_ok=True)
        code = self._run_process(number, f"do_test_{part}:" if part else "", report, log, NUMBER_LIMIT_S)
        output = ESCAPES.sub("", log.read_text(errors="replace"))
        outcomes = judge(number, code, _read_states(report), output)
        if part:
            outcomes = {f"{name}/{part}": judge_part(outcome, part, output) for name, outcome in outcomes.items()}
        return {name: Outcome(outcome.outcome, self._tidy(outcome.reason)) for name, outcome in outcomes.items()}

    def _tidy(self, reason: str) -> str:
        """Return a reason without what differs from run to run and machine to machine."""
        reason = reason.replace(str(self.kafka_path), "KAFKA_PATH").replace(self.bootstrap_servers, "BROKER")
        return re.sub(r"_rnd[0-9a-f]+", "", reason)

    def _run_process(self, tests: str, part: str, report: Path, log: Path, limit_s: float) -> int | None:
        """Return the exit status, None when the process had to be ended."""
        command = [str(self.home / "tests" / "test-runner"), "-p1", "-L", "-s", self.scenario]
        with log.open("wb") as output:
            process = subprocess.Popen(
                command,
                cwd=self.home / "tests",
                env=self._environment(tests, report) | ({"SUBTESTS": part} if part else {}),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Java, Kafka's tools: all of it ends with the test
            )
            self._running.add(process)
            try:
                return process.wait(limit_s)
            except subprocess.TimeoutExpired:
                return None
            finally:
                self._running.discard(process)
                _end_session(process)

    def end(self) -> None:
        """End the tests that run, from another thread: each counts as ended by force."""
        for process in list(self._running):
            _end_session(process)

    def _environment(self, tests: str, report: Path) -> dict[str, str]:
        configuration = self.work / "test.conf"
        if not configuration.exists():
            lines = [f"bootstrap.servers={self.bootstrap_servers}", "broker.address.family=v4"]
            configuration.write_text("\n".join([*lines, f"test.timeout.multiplier={TIMEOUT_MULTIPLIER}", ""]))
        ours = {
            "LD_LIBRARY_PATH": f"{self.home / 'src'}:{self.home / 'src-cpp'}",
            "RDKAFKA_TEST_CONF": str(configuration),
            "TESTS": tests,
            "TEST_KAFKA_VERSION": self.broker_version,
            "TEST_CONSUMER_GROUP_PROTOCOL": self.group_protocol,
            "TEST_REPORT": str(report),
            "BROKERS": self.bootstrap_servers,
        }
        if self.kafka_path is not None:
            ours["KAFKA_PATH"] = str(self.kafka_path)
        inherited = {name: value for name, value in os.environ.items() if name not in ("CI", "KAFKA_PATH", "SUBTESTS")}
        return inherited | ours


def _end_session(process: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait()


def _read_states(report: Path) -> dict[str, dict[str, Any]]:
    """Return the report's entries by test; empty when it was not written to its end."""
    try:
        tests: dict[str, dict[str, Any]] = json.loads(report.read_text())["tests"]
    except (FileNotFoundError, ValueError):
        return {}
    return {name: entry for name, entry in tests.items() if name != "<MAIN>"}


def judge(number: str, code: int | None, states: dict[str, dict[str, Any]], output: str) -> dict[str, Outcome]:
    """Return the outcome of every test of one number.

    `code` is the exit status of `test-runner` (None: we ended it), `states` its report (empty: it wrote none),
    `output` all it printed, without colours.
    """
    reasons = _find_reasons(output)
    ours = {name: entry for name, entry in states.items() if name.startswith(f"{number}_")}
    outcomes = {name: _judge_test(entry, reasons.get(name, "")) for name, entry in ours.items()}
    if TOOLS_MISSING.search(output):
        skipped = Outcome("skipped", NEEDS_KAFKA_TOOLS)
        return {name: outcome if outcome.passed else skipped for name, outcome in outcomes.items()}
    if not outcomes:
        word = "timeout" if code is None else "failed"
        reason = f"ended after {NUMBER_LIMIT_S} s" if code is None else f"test-runner ended with {code} and no report"
        running = dict.fromkeys(re.findall(r"Running test (\w+) =", output))
        return {name: Outcome(word, reasons.get(name, reason)) for name in running}
    if code != 0 and all(outcome.outcome in ("passed", "skipped") for outcome in outcomes.values()):
        return {name: _spoil(outcome, code) for name, outcome in outcomes.items()}
    return outcomes


def judge_part(outcome: Outcome, part: str, output: str) -> Outcome:
    """Return the outcome of one part from that of its test: only parts that say so have passed."""
    if not outcome.passed or f"[ do_test_{part}:" not in output:
        return outcome if not outcome.passed else Outcome("skipped", "not run with this group protocol")
    if re.search(rf"\[ do_test_{part}:\d+.*: PASS ", output):
        return outcome
    said = re.search(rf"\[ do_test_{part}:\d+.*: SKIP: (.*?) *\]", output)
    return Outcome("skipped", said[1] if said else "it did not say that it passed")


def job_of(name: str) -> str:
    """Return the job that runs a test or part: `0081/ListOffsets` for `0081_admin/ListOffsets`."""
    test, slash, part = name.partition("/")
    return test.partition("_")[0] + slash + part


def _find_reasons(output: str) -> dict[str, str]:
    """Return why a test failed (its first failure) or was skipped, by test."""
    reasons = {found["name"]: found["reason"].strip() for found in SKIPPED.finditer(output)}
    for found in reversed(list(FAILURE.finditer(output))):
        part = f"{found['part']}: " if found["part"] else ""
        reasons[found["name"]] = part + found["reason"].strip()
    return reasons


def _judge_test(entry: dict[str, Any], reason: str) -> Outcome:
    if entry["state"] == "PASSED":
        return Outcome("passed")
    if entry["state"] == "SKIPPED":
        return Outcome("skipped", _explain_skip(entry, reason))
    return Outcome("timeout" if OWN_TIMEOUT in reason else "failed", reason or f"left {entry['state'].lower()}")


def _explain_skip(entry: dict[str, Any], reason: str) -> str:
    if "negative test flags" in reason:
        return KNOWN_ISSUE if entry["known_issue"] else NO_BROKER
    return reason or OTHER_SCENARIO


def _spoil(outcome: Outcome, code: int | None) -> Outcome:
    """Return what a passed test is worth when the process then failed: it leaked threads or broke at its end."""
    return Outcome("failed", f"passed, but test-runner ended with {code}") if outcome.passed else outcome
