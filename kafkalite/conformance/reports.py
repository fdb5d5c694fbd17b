"""A run's verdicts for a person in a terminal or a browser, for a CI server (JUnit), and for a program (JSON)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from xml.sax.saxutils import quoteattr

from kafkalite.conformance.report_page import html
from kafkalite.conformance.runner import NOT_FINISHED, NOT_PLAYED, Report, Verdict
from kafkalite.conformance.totals import totals, version_range

_SHOWN_MAX_NEEDS = 2
_SHOWN_MAX_TITLES = 4

FORMATS = (".html", ".xml", ".json")
"""The suffixes of a report's file name: a page, JUnit, data."""


def console_lines(report: Report, *, shows_intended: bool = False) -> Iterator[str]:
    """Yield the report for a terminal: the differences, a line per API, the omitted conversations, the totals."""
    yield from _difference_lines(report.verdicts, shows_intended)
    for total in totals(report.verdicts):
        mark = "FAIL" if total.failed else "ok  "
        plays = f"{total.plays} conversation{'' if total.plays == 1 else 's'}"
        yield f"{mark} {total.api:<26} {version_range(total.versions):<7} {plays:>18}  {total.verdict}"
    yield from _left_out_lines(report.verdicts)
    if report.stopped:
        yield f"Stopped early: {report.stopped}"
    if report.leftovers:
        yield f"Not cleaned up: {report.leftovers}"
    yield summary(report)


def _left_out_lines(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """Yield the conversations that the broker's settings exclude, each with the properties that it needs."""
    told: dict[tuple[str, str, tuple[str, ...]], list[int]] = {}
    for verdict in verdicts:
        if verdict.unmet:
            key = verdict.conversation.api, verdict.conversation.name, tuple(verdict.unmet)
            told.setdefault(key, []).append(verdict.version)
    if told:
        yield ""
        yield "Left out, since their answers depend on properties of the broker:"
    for (api, name, lines), versions in told.items():
        more = f" and {len(lines) - _SHOWN_MAX_NEEDS} more" if len(lines) > _SHOWN_MAX_NEEDS else ""
        needs = "; ".join(lines[:_SHOWN_MAX_NEEDS])
        yield f"     {api} {', '.join(f'v{version}' for version in versions)}: {name}: needs {needs}{more}"
    if told:
        yield ""
    unplayed: dict[str, list[str]] = {}
    for verdict in verdicts:
        if verdict.skipped and not verdict.unmet:
            unplayed.setdefault(verdict.skipped, []).append(verdict.title)
    for reason, titles in unplayed.items():
        if reason.startswith((NOT_PLAYED, NOT_FINISHED)):
            yield f"{len(titles)} conversations were {reason.split(':')[0]}"
            continue
        more = f" and {len(titles) - _SHOWN_MAX_TITLES} more" if len(titles) > _SHOWN_MAX_TITLES else ""
        yield f"Not compared, {reason}: {'; '.join(titles[:_SHOWN_MAX_TITLES])}{more}"


def next_step(report: Report, command: str) -> str:
    """Return the advice on the next step, in one line; `command` is the command line of this run before its options."""
    if report.stopped:
        return f"Next: see the log of the broker, start it again, then: {command} --api NAME    (one API at a time)"
    if report.failed:
        api = report.failed[0].conversation.api
        return f"Next: {command} --api {api} --report differences.html    (every difference side by side)"
    if any(verdict.unmet for verdict in report.verdicts):
        return (
            "Next: to have the rest judged too, start the broker with the properties of --settings    (kafkalite "
            "conformance --settings > judged.properties; kafkalite --profile kafka --config judged.properties)"
        )
    if any(verdict.intended for verdict in report.verdicts):
        return f"Next: {command} -v    (the intended differences with their reasons; --strict counts them)"
    return f"Next: nothing; to keep the verdicts: {command} --report verdicts.html"


def summary(report: Report) -> str:
    """Return a summary of the run in one line."""
    compared = len(report.verdicts) - len(report.skipped)
    return (
        f"{compared} conversations with {report.subject} compared with {report.judge}: "
        f"{len(report.failed)} differ, {sum(bool(each.intended) for each in report.verdicts)} differ as intended, "
        f"{len(report.skipped)} not compared, in {report.duration_s:.0f} s"
    )


def _difference_lines(verdicts: Iterable[Verdict], shows_intended: bool) -> Iterator[str]:
    """Yield the differences; versions of a conversation with the same differences are reported together."""
    told: dict[tuple[str, str, tuple[str, ...]], list[int]] = {}
    for verdict in verdicts:
        lines = [difference.describe(verdict.judge) for difference in verdict.differences]
        lines += [verdict.fault] if verdict.fault else []
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
    elif verdict.is_failed:
        text = "\n".join(each.describe(verdict.judge) for each in verdict.differences)
        message = verdict.fault or f"{len(verdict.differences)} differences"
        inside = f"<failure message={quoteattr(message)}>{escape(text)}</failure>"
    name = quoteattr(f"{verdict.conversation.name} v{verdict.version}")
    return f'<testcase classname="{verdict.conversation.api}" name={name}>{inside}</testcase>'


def data(report: Report) -> str:
    """Return the report as JSON."""
    return json.dumps(
        {
            "subject": report.subject,
            "judge": report.judge,
            "stopped": report.stopped,
            "apis": [vars(total) for total in totals(report.verdicts)],
            "differences": [
                {"conversation": verdict.title, "judge": verdict.judge, **vars(each)}
                for verdict in report.failed
                for each in verdict.differences
            ],
            "faults": [{"conversation": each.title, "fault": each.fault} for each in report.failed if each.fault],
            "intended": [
                {"conversation": verdict.title, "path": each.path, "reason": row.reason}
                for verdict in report.verdicts
                for each, row in verdict.intended
            ],
            "skipped": [
                {"conversation": each.title, "reason": each.skipped, "needs": list(each.unmet)}
                for each in report.skipped
            ],
        },
        indent=1,
        ensure_ascii=False,
    )


def render(report: Report, name: str) -> str:
    """Return the report in the format of a file name's suffix.

    Raises:
        ValueError: the suffix is unknown.
    """
    formats = {".html": html, ".xml": junit, ".json": data}
    for end, make in formats.items():
        if name.endswith(end):
            return make(report)
    raise ValueError(f"a report ends in {', '.join(FORMATS)}, not {name!r}")
