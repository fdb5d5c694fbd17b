"""A run's verdicts for a person in a terminal or a browser, for a CI server (JUnit), and for a program (JSON)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from xml.sax.saxutils import quoteattr

from kafkalite.conformance.runner import Report, Verdict

FORMATS = (".html", ".xml", ".json")
"""The ends of a report's file name: a page, JUnit, data."""

_STYLE = (
    "body{font:15px/1.5 system-ui,sans-serif;max-width:70em;margin:2em auto;padding:0 1em}"
    "table{border-collapse:collapse}td,th{padding:.2em .8em;text-align:left;border-bottom:1px solid #ddd}"
    "td.n{text-align:right}.bad{color:#b00020;font-weight:600}code{background:#f4f4f4;padding:0 .2em}"
    "li{margin:.2em 0}"
)


@dataclass
class ApiTotals:
    """What became of the plays about one API."""

    api: str
    versions: list[int]
    plays: int = 0
    failed: int = 0
    skipped: int = 0
    intended: int = 0

    @property
    def verdict(self) -> str:
        """Return the totals in words."""
        words = [f"{self.failed} differ"] if self.failed else ["as the judge"]
        if self.intended:
            words.append(f"{self.intended} with intended differences")
        if self.skipped:
            words.append(f"{self.skipped} not compared")
        return ", ".join(words)


def totals(verdicts: Iterable[Verdict]) -> list[ApiTotals]:
    """Return the totals by API, in the order of the run."""
    found: dict[str, ApiTotals] = {}
    for verdict in verdicts:
        total = found.setdefault(verdict.conversation.api, ApiTotals(verdict.conversation.api, []))
        total.plays += 1
        total.versions += [] if verdict.version in total.versions else [verdict.version]
        total.failed += bool(verdict.differences)
        total.skipped += bool(verdict.skipped)
        total.intended += bool(verdict.intended)
    return list(found.values())


def version_range(versions: Iterable[int]) -> str:
    """Return "v4-18", or "v7" for a single version."""
    ordered = sorted(versions)
    return f"v{ordered[0]}" if ordered[0] == ordered[-1] else f"v{ordered[0]}-{ordered[-1]}"


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


def html(report: Report) -> str:
    """Return the report as one page without scripts."""
    rows = "".join(
        f"<tr><td>{total.api}</td><td>{version_range(total.versions)}</td><td class=n>{total.plays}</td>"
        f"<td{' class=bad' if total.failed else ''}>{escape(total.verdict)}</td></tr>"
        for total in totals(report.verdicts)
    )
    failed = "".join(_html_verdict(verdict) for verdict in report.failed)
    reasons = sorted({(row.api, row.reason) for verdict in report.verdicts for _, row in verdict.intended})
    intended = "".join(f"<li>{escape(api)}: {escape(reason)}</li>" for api, reason in reasons)
    skipped = "".join(f"<li>{escape(each.title)}: {escape(each.skipped)}</li>" for each in report.skipped)
    return (
        f"<!doctype html><html lang=en><meta charset=utf-8><title>Kafka conformance</title><style>{_STYLE}</style>"
        f"<h1>Kafka conformance</h1><p>{escape(summary(report))}.</p>"
        f"<table><tr><th>API<th>versions<th>conversations<th>verdict</tr>{rows}</table>"
        + (f"<h2>Differences</h2>{failed}" if failed else "")
        + (f"<h2>Intended differences</h2><ul>{intended}</ul>" if intended else "")
        + (f"<h2>Not compared</h2><ul>{skipped}</ul>" if skipped else "")
        + "</html>\n"
    )


def _html_verdict(verdict: Verdict) -> str:
    items = "".join(f"<li>{escape(each.describe(verdict.judge))}</li>" for each in verdict.differences)
    return f"<h3>{escape(verdict.title)}</h3><ul>{items}</ul>"


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
