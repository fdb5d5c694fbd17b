"""A small part of the attack, with a broker of ours."""

from __future__ import annotations

import pathlib

import pytest

from scripts.devtools.attack import suite
from scripts.devtools.attack.case import Case, Field, Misbehaved, NotPlayed, prepared
from scripts.devtools.attack.cases import CASES
from scripts.devtools.attack.suite import GONE, READ_ATTACKED, READ_BACK, WELL, Row, attack, is_passed, judge
from scripts.devtools.attack.target import Target
from scripts.devtools.benchmark.wire import free_port
from tests.running_server import running_server

SMOKE = tuple(
    case
    for case in CASES
    if case.name.startswith(
        ("1,000 ApiVersions", "140 sizes", "200 times garbage", "300 mutated frames", "300 batches")
    )
)


def _no_play(field: Field) -> str:
    raise NotPlayed("for a reason")


def _misbehaves(field: Field) -> str:
    raise Misbehaved("did what it may not")


def _fails(field: Field) -> str:
    raise ConnectionResetError("reset by peer")


def test_small_loads_do_not_disturb_the_quiet_client(tmp_path: pathlib.Path) -> None:
    heard: list[Row] = []
    with running_server(tmp_path) as (process, port):
        target = Target("kafkalite", "127.0.0.1", port, process.pid)
        rows = attack(target, SMOKE, 7, heard.append, crowd_count=3)
    assert rows == heard
    names = [*(case.name for case in SMOKE), READ_BACK, READ_ATTACKED]
    assert [(row.case, row.outcome) for row in rows] == [(name, WELL) for name in names]
    assert all(row.longest_ms and row.peak_mb and row.load != "-" for row in rows[:-2])
    assert rows[0].load == "1,000 of 1,000 answered"
    assert int(rows[-2].load.split()[0]) >= len(SMOKE)
    assert is_passed(rows)


def test_what_is_not_played_says_why(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cases = [
        Case("not", prepared(_no_play)),
        Case("bad", prepared(_misbehaves)),
        Case("reset", prepared(_fails)),
        Case("crowd", prepared(_no_play), connection_count=10**9),
    ]
    with running_server(tmp_path) as (_, port):
        target = Target("kafkalite", "127.0.0.1", port)
        rows = attack(target, cases, 7, lambda row: None, crowd_count=0)
        monkeypatch.setattr(suite, "SUITE_MAX_S", -1.0)
        late = attack(target, cases[:1], 7, lambda row: None, crowd_count=0)
    assert [row.outcome for row in rows[:3]] == [
        "not played: for a reason",
        "did what it may not",
        "not played: reset by peer",
    ]
    assert rows[3].outcome.startswith("not played: needs 1000000000 connections, this process may have ")
    assert [row.outcome for row in late] == ["not played: no time"]
    assert not is_passed(rows) and not is_passed(late)


def test_a_run_passes_whatever_found_no_time() -> None:
    well, late = Row(case="a", outcome=WELL), Row(case="b", outcome="not played: no time")
    assert is_passed([well, late]) and is_passed([well])
    assert not is_passed([late]) and not is_passed([])
    assert not is_passed([well, Row(case="c", outcome=GONE)])


def test_a_broker_that_is_gone() -> None:
    assert judge(Target("x", "127.0.0.1", free_port()), []) == GONE
