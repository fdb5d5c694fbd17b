"""A run's verdicts as one page for a browser, without scripts and external resources."""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape
from typing import Any

from kafkalite.conformance.comparison import MISSING
from kafkalite.conformance.runner import Report, Verdict
from kafkalite.conformance.totals import ApiTotals, totals, version_range

_SHOWN_MAX_CHARACTERS = 600

_STYLE = """
:root{color-scheme:light dark;--line:#8884;--soft:#8881;--bad:#c5221f;--good:#188038;--meant:#b06000}
@media(prefers-color-scheme:dark){:root{--bad:#f28b82;--good:#81c995;--meant:#fdd663}}
body{font:15px/1.5 system-ui,sans-serif;max-width:76em;margin:2em auto;padding:0 1.2em}
h1{margin-bottom:.2em}h2{margin-top:2em}h3{margin:1.6em 0 .4em}
.sums{display:flex;flex-wrap:wrap;gap:.8em;margin:1.2em 0;padding:0;list-style:none}
.sums li{border:1px solid var(--line);border-radius:.5em;padding:.5em 1.1em;min-width:8em}
.sums b{display:block;font-size:1.7em;line-height:1.2}
table{border-collapse:collapse;width:100%}
td,th{padding:.28em .8em .28em 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}
tbody tr:hover{background:var(--soft)}
.n{text-align:right;white-space:nowrap}.v{white-space:nowrap}
.bad{color:var(--bad);font-weight:600}.good{color:var(--good)}.meant{color:var(--meant)}
code{font:13px/1.45 ui-monospace,monospace;overflow-wrap:anywhere;white-space:pre-wrap}
.differences{table-layout:fixed}.differences th:nth-child(1){width:18%}.differences th:nth-child(2){width:24%}
a{color:inherit}
"""


def html(report: Report) -> str:
    """Return the page: sums, a line per API, every difference side by side, the intended ones with their reasons."""
    parts = [
        _head(report),
        _api_table(totals(report.verdicts)),
        _differences(report.failed),
        _intended(report.verdicts),
        _skipped(report.skipped),
    ]
    return (
        "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>"
        f"<title>Kafka conformance of {escape(report.subject)}</title><style>{_STYLE}</style>"
        f"{''.join(parts)}</html>\n"
    )


def _head(report: Report) -> str:
    compared = len(report.verdicts) - len(report.skipped)
    meant = sum(bool(verdict.intended) for verdict in report.verdicts)
    failed = len(report.failed)
    sums = [
        (compared, "conversations compared", ""),
        (failed, "differ", "bad" if failed else "good"),
        (meant, "differ as intended", "meant" if meant else ""),
        (len(report.skipped), "not compared", ""),
    ]
    items = "".join(f"<li><b class='{color}'>{count}</b>{words}</li>" for count, words, color in sums)
    stopped = f"<p class=bad>Stopped early: {escape(report.stopped)}</p>" if report.stopped else ""
    return (
        f"<h1>Kafka conformance</h1><p><code>{escape(report.subject)}</code>, judged by "
        f"{escape(report.judge)}.</p>{stopped}<ul class=sums>{items}</ul>"
    )


def _api_table(rows: Sequence[ApiTotals]) -> str:
    return (
        "<table><thead><tr><th>API<th>versions<th class=n>conversations<th class=n>differ<th class=n>as intended"
        f"<th class=n>not compared</tr></thead><tbody>{''.join(map(_api_row, rows))}</tbody></table>"
    )


def _api_row(total: ApiTotals) -> str:
    name = f"<a href='#{total.api}'>{total.api}</a>" if total.failed else total.api
    return (
        f"<tr><td>{name}<td class=v>{version_range(total.versions)}<td class=n>{total.plays}"
        f"<td class='n {'bad' if total.failed else 'good'}'>{total.failed or '✓'}"
        f"<td class='n meant'>{total.intended or ''}<td class=n>{total.skipped or ''}</tr>"
    )


def _differences(verdicts: Sequence[Verdict]) -> str:
    """Return the differences; versions of a conversation with the same differences are shown together."""
    shown: dict[tuple[str, str, str], list[Verdict]] = {}
    for verdict in verdicts:
        rows = "".join(
            f"<tr><td>{escape(each.step)}<td><code>{escape(each.path)}</code><td><code>{_value(each.expected)}</code>"
            f"<td><code>{escape(each.detail) or _value(each.actual)}</code></tr>"
            for each in verdict.differences
        )
        rows += f"<tr><td><td><td><td>{escape(verdict.fault)}</tr>" if verdict.fault else ""
        shown.setdefault((verdict.conversation.api, verdict.conversation.name, rows), []).append(verdict)
    sections, anchored = [], set()
    for (api, name, rows), alike in shown.items():
        anchor = "" if api in anchored else f" id='{api}'"
        anchored.add(api)
        versions = ", ".join(f"v{verdict.version}" for verdict in alike)
        sections.append(
            f"<h3{anchor}>{api} {versions}: {escape(name)}</h3><table class=differences><thead><tr><th>step<th>field"
            f"<th>{escape(alike[0].judge)}<th>here</tr></thead><tbody>{rows}</tbody></table>"
        )
    return f"<h2>Differences</h2>{''.join(sections)}" if sections else ""


def _value(value: Any) -> str:
    text = MISSING if value == MISSING else json.dumps(value, ensure_ascii=False)
    return escape(text if len(text) <= _SHOWN_MAX_CHARACTERS else f"{text[:_SHOWN_MAX_CHARACTERS]}..")


def _intended(verdicts: Sequence[Verdict]) -> str:
    rows: dict[tuple[str, str, str], list[int]] = {}
    for verdict in verdicts:
        for reason in dict.fromkeys(row.reason for _, row in verdict.intended):
            rows.setdefault((verdict.conversation.api, verdict.conversation.name, reason), []).append(verdict.version)
    return _list(
        "Intended differences",
        ("API", "versions", "conversation", "why"),
        [
            (api, ", ".join(f"v{version}" for version in versions), name, reason)
            for (api, name, reason), versions in rows.items()
        ],
    )


def _skipped(verdicts: Sequence[Verdict]) -> str:
    rows = [(each.conversation.api, f"v{each.version}", each.conversation.name, each.skipped) for each in verdicts]
    return _list("Not compared", ("API", "version", "conversation", "why"), rows)


def _list(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}' for cell in row)}</tr>" for row in rows)
    head = "".join(f"<th>{each}" for each in heads)
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return f"<h2>{title}</h2>{table}" if rows else ""
