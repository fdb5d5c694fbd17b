"""The fairness table."""

from __future__ import annotations

import pytest

from scripts.devtools.attack import fairness
from scripts.devtools.attack.case import FLOOD, HUGE
from scripts.devtools.attack.fairness import FAIRNESS_CASES, longest, render
from scripts.devtools.attack.suite import GONE, WELL, Row
from scripts.devtools.attack.target import Target

FIRST, LAST = FAIRNESS_CASES[0].name, FAIRNESS_CASES[-1].name


def rows(first_ms: float, last_ms: float, outcome: str = WELL) -> list[Row]:
    """Return the rows of one round; those in between are quick."""
    waits = {FIRST: first_ms, LAST: last_ms}
    return [
        Row(case=case.name, longest_ms=waits.get(case.name, 1.0), outcome=outcome if case.name == LAST else WELL)
        for case in FAIRNESS_CASES
    ]


def test_the_worst_of_all_rounds_counts() -> None:
    table = longest({"ours": [rows(90, 400), rows(101, 3), rows(5, 2)], "Kafka": [rows(100, 501)]})
    assert [row.case for row in table] == [case.name for case in FAIRNESS_CASES]
    assert (table[0].kind, table[-1].kind) == (FLOOD, HUGE)
    assert table[0].waits_ms == {"ours": 101, "Kafka": 100}
    assert (table[0].is_missed("ours"), table[0].is_missed("Kafka")) == (True, False)
    assert table[-1].waits_ms == {"ours": 400, "Kafka": 501}
    assert (table[-1].is_missed("ours"), table[-1].is_missed("Kafka")) == (False, True)


def test_a_broker_that_is_gone_misses_what_it_did_not_play() -> None:
    table = longest({"ours": [rows(1, 1), rows(1, 1)], "other": [rows(1, 1), rows(1, 30_000, GONE)[:-1]]})
    assert table[-1].troubles == {"other": f"not played: {GONE}"}
    table = longest({"other": [rows(1, 30_000, GONE)]})
    assert table[-1].troubles == {"other": GONE} and table[-1].is_missed("other")


def test_misses_are_marked() -> None:
    lines = render(
        longest({"ours": [rows(101, 499, "lost")], "Kafka": [rows(99, 501)]}), ["ours", "Kafka"]
    ).splitlines()
    assert lines[0] == "| load beside the quiet client | kind | target | ours | Kafka |"
    assert lines[2] == f"| {FIRST} | flood of small requests | 100 ms | **101 ms (missed)** | 99 ms |"
    assert lines[-1] == f"| {LAST} | one huge request | 500 ms | **499 ms, lost (missed)** | **501 ms (missed)** |"


def test_each_row_is_told_as_it_comes(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def attack(target, cases, seed, on_row):  # type: ignore[no-untyped-def]
        on_row(Row(case=cases[0].name, outcome=WELL))
        return [cases]

    monkeypatch.setattr(fairness, "attack", attack)
    assert fairness.measure(Target("x", "127.0.0.1", 1)) == [FAIRNESS_CASES]
    assert FIRST in capsys.readouterr().err
