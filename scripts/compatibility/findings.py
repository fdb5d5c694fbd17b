"""The findings of upstream suites: every test that only Apache Kafka passes must be explained there."""

from __future__ import annotations

import pathlib

from compat_tests.upstream.suite_results import SuiteResults
from scripts.compatibility.model import Findings, not_as_kafka


def find_findings(suite: str, root: pathlib.Path) -> Findings | None:
    """Return the findings of a suite: those of the directory that its name starts with; None when there are none."""
    for path in sorted((root / "compat_tests" / "upstream").glob("*/FINDINGS.md")):
        if suite.replace("-", "_").startswith(path.parent.name):
            return Findings(path=path.relative_to(root).as_posix(), text=path.read_text(encoding="utf-8"))
    return None


def find_unexplained(suite: SuiteResults, findings: Findings | None) -> list[str]:
    """Return the tests that only Apache Kafka passes and that the findings do not name (parameters apart)."""
    text = findings.text if findings else ""
    return [test for test in sorted(not_as_kafka(suite)) if f"`{test.partition('[')[0]}" not in text]
