"""The scoreboard as values: what is served, who judged it, and how every client and suite fared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from compat_tests.oracle.apache_kafka import DEFAULT_VERSION
from compat_tests.upstream.stored_promises import find_lost_tests
from compat_tests.upstream.suite_results import Outcome, SuiteResults

JUDGE_RELEASE = DEFAULT_VERSION
JUDGE_LINE = JUDGE_RELEASE.rpartition(".")[0]
FORMER_LINE = "4.3"
"""The line before the judge's, which `--as-version` still answers as."""

KAFKALITE = "kafkalite"
KAFKA = "kafka"
OLD_KAFKA = "kafka:3.9.2"
"""The kinds of broker in a results file; the old release replaces a judge that refuses a client's versions."""


@dataclass(frozen=True, kw_only=True)
class ServedVersion:
    """One version of an API and what proves it."""

    version: int
    releases: tuple[str, ...]
    """Releases of Apache Kafka whose recorded answers it is compared with."""
    conversations: tuple[str, ...]
    has_kafkas_bytes: bool
    """Whether request and response are compared with the bytes that Apache Kafka writes."""

    @property
    def is_hole(self) -> bool:
        """Return whether the version is served and nothing proves what it does."""
        return not self.conversations or not self.has_kafkas_bytes


@dataclass(frozen=True, kw_only=True)
class Api:
    """One served API."""

    name: str
    key: int
    versions: Sequence[ServedVersion]
    error_codes: Sequence[str]
    """Names of the errors in Apache Kafka's answers that kafkalite is compared with."""
    deviations: Sequence[tuple[str, str]]
    """(what, why) from `protocol_specs/api_support.toml`."""

    @property
    def is_refused(self) -> bool:
        """Return whether every request gets the same error; the deviation says "always", and which."""
        return any(what.startswith("always ") for what, _ in self.deviations)


@dataclass(frozen=True, kw_only=True)
class Told:
    """One conversation: where it is written, in which versions it is played, and how kafkalite fared."""

    api: str
    name: str
    source: str
    versions: Sequence[int]
    releases: Sequence[str]
    may_differ: bool
    """Whether an intended difference names it."""
    outcome: Outcome | None
    """None: it was not played since it was written."""

    @property
    def title(self) -> str:
        """Return the name under which its result is stored."""
        return f"{self.api}: {self.name}"


@dataclass(frozen=True, kw_only=True)
class ClientRow:
    """One client of the roster in one configuration and its outcome per scenario."""

    name: str
    version: str
    """The library and version that the client reports; empty if it reports none."""
    is_pinned: bool
    is_slow: bool
    scenarios: Sequence[str]
    """The scenarios whose features it has."""
    here: Mapping[str, Outcome]
    kafkas: Mapping[str, Outcome]
    """With Apache Kafka: the judge, or the old release where the judge refuses the client's versions."""
    judges: Sequence[str]
    """Releases of Apache Kafka in `kafkas`."""


@dataclass(frozen=True, kw_only=True)
class FileRow:
    """The tests of one file beside the matrix, by outcome with kafkalite and with Apache Kafka."""

    path: str
    about: str
    is_slow: bool
    here: Mapping[str, Outcome]
    kafkas: Mapping[str, Outcome]
    """Tests that Apache Kafka was asked too; fewer where a test is about kafkalite's own files or start."""


@dataclass(kw_only=True)
class Board:
    """Everything the page shows."""

    apis: Sequence[Api]
    advertised_by_kafka: int
    """APIs of the judge."""
    advertised_before: int
    """APIs of the line before it."""
    not_served: Sequence[str]
    """APIs that the judge advertises and kafkalite does not."""
    conversations: Sequence[Told]
    intended: Sequence[tuple[str, str, str]]
    """(API, conversation, reason)."""
    scenarios: Mapping[str, str]
    """Name -> what it checks, in one sentence."""
    families: Mapping[str, str]
    """Scenario -> the family it belongs to, for example "groups"."""
    clients: Sequence[ClientRow]
    files: Sequence[FileRow]
    suites: Sequence[SuiteResults]
    """Upstream suites, as stored."""
    findings: Mapping[str, str]
    """Suite -> the file that explains what does not pass."""
    own_runs: Mapping[str, SuiteResults]
    """Our own stored results by suite: their dates and commands."""
    problems: list[str] = field(default_factory=list)
    """Holes: items of the tree without a result or a test."""


def passed(outcomes: Mapping[str, Outcome]) -> list[str]:
    """Return the ids of the tests that passed."""
    return [name for name, outcome in outcomes.items() if outcome.passed]


def not_as_kafka(suite: SuiteResults) -> dict[str, Outcome]:
    """Return the tests of a suite that Apache Kafka passes and kafkalite does not, as they ended with kafkalite."""
    if not {KAFKA, KAFKALITE} <= suite.runs.keys():
        return {}
    here, missing = suite.runs[KAFKALITE].outcomes, Outcome("skipped", "not run")
    return {test: here.get(test, missing) for test in find_lost_tests(suite)}
