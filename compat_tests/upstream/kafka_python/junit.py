"""Outcomes from the report that pytest writes (`--junit-xml`)."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

from compat_tests.upstream.suite_results import Outcome

PACKAGE = "test.integration."
PASSING = re.compile(r"(?<![:/\w])/[\w./-]*/(?=[\w.-])|(?<=:)\d{4,5}\b|0x[0-9a-f]{6,}")
"""The parts of a reason that differ between runs: folders, ports, addresses of objects."""
WORST_FIRST = ("timeout", "failed", "skipped", "passed")


def read_outcomes(report: Path) -> dict[str, Outcome]:
    """Return the outcome of every test by its id: `test_x.py::TestY::test_z[parameter]`, relative to the test folder.

    A test that is reported twice, because its fixture failed after it, keeps the worse outcome.
    """
    outcomes: dict[str, Outcome] = {}
    for case in ElementTree.parse(report).iter("testcase"):
        test, outcome = _test_id(case), _outcome(case)
        before = outcomes.get(test)
        if before is None or WORST_FIRST.index(outcome.outcome) < WORST_FIRST.index(before.outcome):
            outcomes[test] = outcome
    return outcomes


def _test_id(case: ElementTree.Element) -> str:
    module, *classes = case.get("classname", "").removeprefix(PACKAGE).split(".")
    return "::".join([f"{module}.py", *classes, case.get("name", "")])


def _outcome(case: ElementTree.Element) -> Outcome:
    for child in case:
        reason = PASSING.sub("", child.get("message", ""))
        if child.tag == "skipped":
            return Outcome("skipped", reason)
        if child.tag in ("failure", "error"):
            return Outcome("timeout" if "Timeout (>" in reason else "failed", reason)
    return Outcome("passed")
