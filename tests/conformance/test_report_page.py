"""A run as a page for a browser."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from kafkalite.conformance.comparison import Difference
from kafkalite.conformance.conversation import Conversation
from kafkalite.conformance.intended import parse_intended
from kafkalite.conformance.report_page import html
from kafkalite.conformance.runner import Report, Verdict

[ROW] = parse_intended('[[difference]]\napi = "Fetch"\npath = "*"\nreason = "whole <batches>"\n')
LIMITS = Conversation(name="limits & ends", api="Fetch", steps=())
BAD = Difference("1. a <step>", "ErrorCode", "NONE", {"Records": "x" * 5000})
JUDGE = "Apache Kafka 4.4.0"


@pytest.fixture
def page() -> str:
    verdicts = [
        Verdict(conversation=LIMITS, version=4, judge=JUDGE, differences=[BAD]),
        Verdict(conversation=LIMITS, version=5, judge=JUDGE, differences=[BAD]),
        Verdict(conversation=LIMITS, version=6, judge=JUDGE, intended=[(BAD, ROW), (BAD, ROW)]),
        Verdict(conversation=LIMITS, version=7, judge="", skipped="not served"),
        Verdict(conversation=Conversation(name="x", api="Heartbeat", steps=()), version=0, judge=JUDGE),
    ]
    return html(Report("here:9092", "the answers", verdicts))


def rows(page: str) -> list[list[str]]:
    """Return the texts of all cells, row by row."""
    found: list[list[str]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: object) -> None:
            if tag == "tr":
                found.append([])
            elif tag in ("td", "th"):
                found[-1].append("")

        def handle_endtag(self, tag: str) -> None:
            if tag == "table":
                found.append([""])

        def handle_data(self, data: str) -> None:
            if found:
                found[-1][-1] += data

    Reader().feed(page)
    return found


def test_sums(page: str) -> None:
    assert re.findall(r"<b class='(\w*)'>(\d+)</b>([\w ]+)", page) == [
        ("", "4", "conversations compared"),
        ("bad", "2", "differ"),
        ("meant", "1", "differ as intended"),
        ("", "1", "not compared"),
    ]


def test_a_line_for_each_api(page: str) -> None:
    assert ["Fetch", "v4-7", "4", "2", "1", "1"] in rows(page)
    assert ["Heartbeat", "v0", "1", "✓", "", ""] in rows(page)


def test_versions_that_differ_alike_are_shown_once_and_side_by_side(page: str) -> None:
    assert page.count("Fetch v4, v5: limits &amp; ends") == 1
    (difference,) = (row for row in rows(page) if row[0] == "1. a <step>")
    assert difference[1:3] == ["ErrorCode", '"NONE"']
    assert difference[3].startswith('{"Records": "xxx') and difference[3].endswith("..") and len(difference[3]) < 700
    assert "<a href='#Fetch'>" in page and page.count("id='Fetch'") == 1


def test_reasons(page: str) -> None:
    assert ["Fetch", "v6", "limits & ends", "whole <batches>"] in rows(page)
    assert ["Fetch", "v7", "limits & ends", "not served"] in rows(page)


def test_the_page_needs_nothing_else(page: str) -> None:
    assert "<script" not in page and "http" not in page and "1. a <step>" not in page
