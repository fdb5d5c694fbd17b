"""What became of a run's conversations, API by API."""

from __future__ import annotations

from kafkalite.conformance.comparison import Difference
from kafkalite.conformance.conversation import Conversation
from kafkalite.conformance.runner import Verdict
from kafkalite.conformance.totals import totals, version_range

FETCH = Conversation(name="a", api="Fetch", steps=())
BAD = Difference("1. a", "ErrorCode", "NONE", "UNKNOWN")


def test_totals_by_api_in_the_order_of_the_run() -> None:
    verdicts = [
        Verdict(conversation=Conversation(name="x", api="Produce", steps=()), version=3, judge="j"),
        Verdict(conversation=FETCH, version=4, judge="j", differences=[BAD]),
        Verdict(conversation=FETCH, version=5, judge="j", skipped="not served"),
    ]
    produce, fetch = totals(verdicts)
    assert (produce.api, produce.plays, produce.verdict) == ("Produce", 1, "as the judge")
    assert (fetch.versions, fetch.failed, fetch.skipped) == ([4, 5], 1, 1)
    assert fetch.verdict == "1 differ, 1 not compared"


def test_ranges_in_words() -> None:
    assert [version_range([7]), version_range([3, 1, 2])] == ["v7", "v1-3"]
