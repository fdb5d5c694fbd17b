"""A run's verdicts for a person in a terminal or a browser, for a CI server (JUnit), and for a program (JSON)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from html import escape
from xml.sax.saxutils import quoteattr

from kafkalite.conformance.report_page import html
from kafkalite.conformance.runner import Report, Verdict
from kafkalite.conformance.totals import totals, version_range

FORMATS = (".html", ".xml", ".json")
"""The ends of a report's file name: a page, JUnit, data."""


def console_lines(report: Report, *, shows_intended: bool = False) -> Iterator[str]:
    """Yield the report for a terminal: every difference in plain words, then a line per API, then the sum."""
    yield from _difference_lines(report.verdicts, shows_intended)
    for total in totals(report.verdicts):
        mark = "FAIL" if total.failed else "ok  "
        plays = f"{total.plays} conversation{'' if total.plays == 1 else 's'}"
        yield f"{mark} {total.api:<26} {version_range(total.versions):<7} {plays:>18}  {total.verdict}"
    yield summary(report)


def summary(report: Report) -> str:
    """Return the run in one line."""
    compared = len(report.verdicts) - len(report.skipped)
    return (
        f"{compared} conversations with {report.subject} compared with {report.judge}: "
        f"{len(report.failed)} differ, {sum(bool(each.intended) for each in report.verdicts)} differ as intended, "
        f"{len(report.skipped)} not compared"
    )


def _difference_lines(verdicts: Iterable[Verdict], shows_intended: bool) -> Iterator[str]:
    """Yield the differences; versions of a conversation that differ in the same way are told together."""
    told: dict[tuple[str, str, tuple[str, ...]], list[int]] = {}
    for verdict in verdicts:
        lines = [difference.describe(verdict.judge) for difference in verdict.differences]
        if shows_intended:
            lines += [f"{each.describe(verdict.judge)}; intended: {row.reason}" for each, row in verdict.intended]
        if lines:
            conversation = verdict.conversation
            told.setdefault((conversation.api, conversation.name, tuple(lines)), []).append(verdict.version)
    for (api, name, same), versions in told.items():
        yield f"{api} {', '.join(f'v{version}' for version in versions)}: {name}"
        yield from (f"     {line}" for line in same)
        yield ""


def junit(report: Report) -> str:
    """Return the report as JUnit's XML: a suite per API, a test case per conversation and version."""
    suites = []
    for total in totals(report.verdicts):
        cases = "".join(_junit_case(each) for each in report.verdicts if each.conversation.api == total.api)
        suites.append(
            f'<testsuite name="{total.api}" tests="{total.plays}" failures="{total.failed}" '
            f'skipped="{total.skipped}">{cases}</testsuite>'
        )
    return '<?xml version="1.0" encoding="utf-8"?>\n<testsuites>' + "".join(suites) + "</testsuites>\n"


def _junit_case(verdict: Verdict) -> str:
    inside = ""
    if verdict.skipped:
        inside = f"<skipped message={quoteattr(verdict.skipped)}/>"
    elif verdict.differences:
        text = "\n".join(each.describe(verdict.judge) for each in verdict.differences)
        inside = f"<failure message={quoteattr(f'{len(verdict.differences)} differences')}>{escape(text)}</failure>"
    name = quoteattr(f"{verdict.conversation.name} v{verdict.version}")
    return f'<testcase classname="{verdict.conversation.api}" name={name}>{inside}</testcase>'


def data(report: Report) -> str:
    """Return the report as JSON."""
    return json.dumps(
        {
            "subject": report.subject,
            "judge": report.judge,
            "apis": [vars(total) for total in totals(report.verdicts)],
            "differences": [
                {"conversation": verdict.title, "judge": verdict.judge, **vars(each)}
                for verdict in report.failed
                for each in verdict.differences
            ],
            "intended": [
                {"conversation": verdict.title, "path": each.path, "reason": row.reason}
                for verdict in report.verdicts
                for each, row in verdict.intended
            ],
            "skipped": [{"conversation": each.title, "reason": each.skipped} for each in report.skipped],
        },
        indent=1,
        ensure_ascii=False,
    )


def render(report: Report, name: str) -> str:
    """Return the report in the format that the end of a file's name asks for; ValueError for another end."""
    formats = {".html": html, ".xml": junit, ".json": data}
    for end, make in formats.items():
        if name.endswith(end):
            return make(report)
    raise ValueError(f"a report ends in {', '.join(FORMATS)}, not {name!r}")
