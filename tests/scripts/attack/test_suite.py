"""A small part of the attack, with a broker of ours."""

from __future__ import annotations

import pathlib

from scripts.attack.cases import CASES
from scripts.attack.suite import GONE, WELL, Row, attack, judge
from scripts.attack.target import Target
from tests.running_server import running_server

SMOKE = tuple(case for case in CASES if case.name.startswith(("140 sizes", "200 times garbage", "300 mutated frames")))


def test_small_loads_do_not_disturb_the_quiet_client(tmp_path: pathlib.Path) -> None:
    heard: list[Row] = []
    with running_server(tmp_path) as (process, port):
        target = Target("kafkalite", "127.0.0.1", port, process.pid)
        rows = attack(target, SMOKE, 7, heard.append, topic_count=3)
    assert rows == heard
    assert [(row.case, row.outcome) for row in rows] == [(case.name, WELL) for case in SMOKE]
    assert all(row.longest_ms > 0 for row in rows)


def test_a_broker_that_is_gone() -> None:
    assert judge(Target("x", "127.0.0.1", 1), []) == GONE
