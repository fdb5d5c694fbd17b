"""Reads pytest's JUnit report: the outcome of each test, under the ids that the results files use.

A cell of the matrix and a conversation are identified by the parameters of their test, every other test by its file and
name. The library of a client comes from the property `client_version` that the tests of the matrix record.
"""

from __future__ import annotations

import pathlib
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from compat_tests.upstream.suite_results import Outcome

ROOT = pathlib.Path(__file__).resolve().parents[3]
SCENARIO = re.compile(r"test_scenario\[(.+)-(\w+)\]")
CONVERSATION = re.compile(r"test_answers_are_those_of_apache_kafka\[(.+)\]")
SEVERITY = ("passed", "skipped", "failed", "timeout")
"""Of a test that is reported twice (it failed, and its clean-up did too) the worst outcome counts."""


@dataclass(frozen=True, kw_only=True)
class TestCase:
    """One test of a report."""

    __test__ = False

    module: str
    """Dotted, for example `compat_tests.clients.test_groups`; a class of tests is part of the name."""
    name: str
    outcome: Outcome
    properties: Mapping[str, str] = field(default_factory=dict)

    @property
    def test_id(self) -> str:
        """Return `client/scenario`, a conversation's title, or `test_file.py::name`."""
        if scenario := SCENARIO.fullmatch(self.name):
            return f"{scenario[1]}/{scenario[2]}"
        if conversation := CONVERSATION.fullmatch(self.name):
            return conversation[1]
        return f"{self.module.rpartition('.')[2]}.py::{self.name}"


def read_report(text: str) -> list[TestCase]:
    """Return the tests of a report. Raises xml.etree.ElementTree.ParseError for a report that was cut off."""
    return [_read_case(case) for case in ET.fromstring(text).iter("testcase")]


def _read_case(case: ET.Element) -> TestCase:
    module, _, name = _split(case.get("classname", ""), case.get("name", ""))
    properties = {one.get("name", ""): one.get("value", "") for one in case.iter("property")}
    return TestCase(module=module, name=name, outcome=_outcome(case), properties=properties)


def _split(class_name: str, name: str) -> tuple[str, str, str]:
    """Part pytest's class name into the module and the classes of tests inside it."""
    parts = class_name.split(".")
    inside = next((number for number, part in enumerate(parts) if part[:1].isupper()), len(parts))
    return ".".join(parts[:inside]), "::", "::".join([*parts[inside:], name])


def _outcome(case: ET.Element) -> Outcome:
    for kind in ("failure", "error"):
        found = case.find(kind)
        if found is not None:
            message = told(found.get("message", ""))
            return Outcome("timeout" if "Timeout (>" in message else "failed", message)
    skipped = case.find("skipped")
    return Outcome("passed") if skipped is None else Outcome("skipped", told(skipped.get("message", "")))


def told(message: str) -> str:
    """Return the first line of a message without what belongs to this machine: directories, ports, addresses."""
    line = message.strip().split("\n", 1)[0].replace(f"{ROOT}/", "")
    line = re.sub(r"(/[\w.+-]+){2,}", "<path>", line)
    return re.sub(r"0x[0-9a-f]{4,}", "<address>", re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:<port>", line))


def outcomes(cases: Iterable[TestCase]) -> dict[str, Outcome]:
    """Return the outcomes by test id."""
    found: dict[str, Outcome] = {}
    for case in cases:
        before = found.get(case.test_id)
        if before is None or SEVERITY.index(before.outcome) < SEVERITY.index(case.outcome.outcome):
            found[case.test_id] = case.outcome
    return found


def client_versions(cases: Iterable[TestCase]) -> dict[str, str]:
    """Return client -> library and version, for the clients that told it."""
    return {
        case.properties["client"]: case.properties["client_version"]
        for case in cases
        if case.properties.get("client_version")
    }


def of_modules(cases: Iterable[TestCase], prefixes: tuple[str, ...]) -> Iterator[TestCase]:
    """Yield the tests of modules that start with one of the prefixes."""
    return (case for case in cases if case.module.startswith(prefixes))
