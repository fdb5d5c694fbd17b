"""Do the files of an upstream suite agree: the stored results, `tests.allow` and FINDINGS.md?"""

from __future__ import annotations

import re
from pathlib import Path

from compat_tests.upstream.suite_results import SuiteResults, read_allowed


def find_contradictions(results: SuiteResults, allow_list: Path, findings: Path) -> list[str]:
    """Return what is wrong, in words; empty when all of it agrees.

    A test on the list must have passed against kafkalite when it was last run. A test that is not on the list must be
    explained in the findings: they name it in backticks, either whole or without its `[parameter]`.
    """
    run = results.runs.get("kafkalite")
    if run is None:
        return [f"{results.suite} never ran against kafkalite"]
    allowed = read_allowed(allow_list)
    problems = [] if allowed == sorted(set(allowed)) else [f"{allow_list.name} is not sorted, or names a test twice"]
    for test in allowed:
        if test not in run.outcomes:
            problems.append(f"{test} is in {allow_list.name}, but the suite has no such test")
        elif not run.outcomes[test].passed:
            problems.append(f"{test} is in {allow_list.name}, but {run.outcomes[test].outcome}")
    explained = set(re.findall(r"`([^`\n]+)`", findings.read_text()))
    unexplained = [
        test for test in sorted(set(run.outcomes) - set(allowed)) if not {test, test.partition("[")[0]} & explained
    ]
    return problems + [
        f"{test} is not in {allow_list.name}, and {findings.name} does not say why" for test in unexplained
    ]


def find_lost_tests(results: SuiteResults) -> list[str]:
    """Return the tests that Apache Kafka passed and kafkalite did not, sorted."""
    kafka, kafkalite = results.runs["kafka"].outcomes, results.runs["kafkalite"].outcomes
    return sorted(test for test in kafka if kafka[test].passed and not (test in kafkalite and kafkalite[test].passed))
