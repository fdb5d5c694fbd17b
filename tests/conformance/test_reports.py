"""A run told to people and programs."""

from __future__ import annotations

import json
import xml.etree.ElementTree

import pytest

from kafkalite.conformance.comparison import Difference
from kafkalite.conformance.conversation import Conversation
from kafkalite.conformance.intended import parse_intended
from kafkalite.conformance.reports import console_lines, next_step, render
from kafkalite.conformance.runner import Report, Verdict

[ROW] = parse_intended('[[difference]]\napi = "Fetch"\npath = "*"\nreason = "whole <batches>"\n')
LIMITS = Conversation(name="limits & ends", api="Fetch", steps=())
BAD = Difference("1. a <step>", "ErrorCode", "NONE", "UNKNOWN")


@pytest.fixture
def report() -> Report:
    verdicts = [
        Verdict(conversation=LIMITS, version=4, judge="Apache Kafka 4.4.0", differences=[BAD]),
        Verdict(conversation=LIMITS, version=5, judge="Apache Kafka 4.4.0", differences=[BAD]),
        Verdict(conversation=LIMITS, version=6, judge="Apache Kafka 4.4.0", intended=[(BAD, ROW)]),
        Verdict(conversation=LIMITS, version=7, judge="", skipped="not served"),
        Verdict(conversation=Conversation(name="x", api="Heartbeat", steps=()), version=0, judge="j"),
    ]
    return Report("here:9092", "the answers", verdicts)


def test_the_console_tells_versions_that_differ_alike_together(report: Report) -> None:
    lines = list(console_lines(report))
    assert lines[:2] == [
        "Fetch v4, v5: limits & ends",
        '     1. a <step>, ErrorCode: Apache Kafka 4.4.0 answers "NONE", here it is "UNKNOWN"',
    ]
    told = [" ".join(line.split()) for line in lines[3:5]]
    assert told == [
        "FAIL Fetch v4-7 4 conversations 2 differ, 1 with intended differences, 1 not compared",
        "ok Heartbeat v0 1 conversation as the judge",
    ]
    assert lines[5] == "Not compared, not served: Fetch v7: limits & ends"
    assert lines[6].startswith(
        "4 conversations with here:9092 compared with the answers: 2 differ, 1 differ as intended"
    )


def test_what_settings_left_out_is_told_with_what_it_needs() -> None:
    needs = ("group.max.size=2 (here 5)", "b=1 (here 2)", "c at its default (here 3)")
    verdicts = [
        Verdict(conversation=LIMITS, version=version, judge="", skipped="needs", unmet=needs) for version in (4, 7)
    ]
    lines = list(console_lines(Report("here:9092", "the answers", verdicts)))
    assert lines[2:4] == [
        "Left out, since their answers depend on properties of the broker:",
        "     Fetch v4, v7: limits & ends: needs group.max.size=2 (here 5); b=1 (here 2) and 1 more",
    ]


def test_an_early_end_and_no_answer_are_told() -> None:
    verdicts = [Verdict(conversation=LIMITS, version=4, judge="j", fault="CreateTopics v4: connection closed")]
    report = Report("here:9092", "the answers", verdicts, stopped="here:9092 is gone")
    lines = list(console_lines(report))
    assert lines[:2] == ["Fetch v4: limits & ends", "     CreateTopics v4: connection closed"]
    assert "Stopped early: here:9092 is gone" in lines
    assert 'message="CreateTopics v4: connection closed"' in render(report, "x.xml")
    data = json.loads(render(report, "x.json"))
    assert data["stopped"] == "here:9092 is gone"
    assert data["faults"] == [
        {"conversation": "Fetch v4: limits & ends", "fault": "CreateTopics v4: connection closed"}
    ]
    assert "Stopped early: here:9092 is gone" in render(report, "x.html")
    assert "CreateTopics v4: connection closed" in render(report, "x.html")


def test_the_last_line_says_what_to_do_next(report: Report) -> None:
    [bad, _, meant, _, good] = report.verdicts
    left_out = Verdict(conversation=LIMITS, version=4, judge="", skipped="needs", unmet=("a=1",))

    def words(*verdicts: Verdict, stopped: str = "") -> str:
        return next_step(Report("here", "j", list(verdicts), stopped=stopped), "kafkalite conformance -b here")

    assert words(bad, left_out, stopped="gone").startswith("Next: see the log of the broker")
    assert words(bad, left_out).startswith("Next: kafkalite conformance -b here --api Fetch --report differences.html")
    assert "kafkalite conformance --settings > judged.properties" in words(good, left_out, meant)
    assert words(good, meant).startswith("Next: kafkalite conformance -b here -v")
    assert words(good).startswith("Next: nothing")


def test_intended_differences_are_told_with_their_reason_when_asked(report: Report) -> None:
    assert any(line.endswith("; intended: whole <batches>") for line in console_lines(report, shows_intended=True))


def test_junit(report: Report) -> None:
    root = xml.etree.ElementTree.fromstring(render(report, "x.xml").encode())
    suite = root.find("testsuite[@name='Fetch']")
    assert suite is not None
    assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == ("4", "2", "1")
    failures = [case.get("name") for case in suite if case.find("failure") is not None]
    assert failures == ["limits & ends v4", "limits & ends v5"]


def test_data(report: Report) -> None:
    data = json.loads(render(report, "x.json"))
    assert [(api["api"], api["plays"], api["failed"]) for api in data["apis"]] == [("Fetch", 4, 2), ("Heartbeat", 1, 0)]
    assert data["differences"][0]["conversation"] == "Fetch v4: limits & ends"
    assert data["skipped"] == [{"conversation": "Fetch v7: limits & ends", "reason": "not served", "needs": []}]


def test_another_end_is_no_report(report: Report) -> None:
    with pytest.raises(ValueError, match=r"\.pdf"):
        render(report, "x.pdf")
