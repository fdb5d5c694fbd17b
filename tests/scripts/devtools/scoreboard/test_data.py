"""The board as JSON."""

from __future__ import annotations

import json

from scripts.devtools.scoreboard import data
from tests.scripts.devtools.scoreboard.boards import FAILED, PASSED, board, client, suite


def test_a_program_finds_every_cell() -> None:
    made = json.loads(
        data.render(
            board(
                clients=[client(here={"headers": FAILED})],
                suites=[suite({"1": PASSED, "2": PASSED}, {"1": PASSED, "2": FAILED})],
            )
        )
    )
    assert made["format"] == 1
    assert made["apis"][0]["versions"]["0"] == {
        "judged_by": ["4.4.0"],
        "conversations": ["hello"],
        "bytes_of_kafka": True,
    }
    cells = made["clients"][0]["scenarios"]
    assert cells["headers"] == {"kafkalite": "failed", "apache_kafka": "passed"}
    assert cells["codecs"] == {"kafkalite": "not run", "apache_kafka": "passed"}
    assert made["suites"][0]["passed_by_kafka_only"] == {"2": {"outcome": "failed", "reason": "why"}}
    assert made["tests"][0]["kafkalite"] == {"passed": 1}
    assert made["totals"]["Answers"]["intended_differences"] == len(made["intended_differences"])


def test_one_fact_a_line() -> None:
    lines = data.render(board(problems=["one", "two"])).splitlines()
    assert ' "one",' in lines and ' "two"' in lines
