"""Versions by their judges, and the verdicts of conversations."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from scripts.devtools.scoreboard import api_tables
from tests.scripts.devtools.scoreboard.boards import FAILED, board, served


@pytest.mark.parametrize(
    ("facts", "sign"),
    [
        ({}, "●"),
        ({"releases": ("4.4.0", "3.9.2")}, "●"),
        ({"releases": ("3.9.2",)}, "○"),
        ({"releases": (), "conversations": ()}, "✗"),
        ({"has_kafkas_bytes": False}, "✗"),
    ],
)
def test_sign_of_a_version(facts: dict[str, Any], sign: str) -> None:
    assert api_tables.version_mark(served(**facts)) == sign


def test_versions_stand_in_the_column_of_their_judge() -> None:
    made = board()
    old = [served(version, releases=("3.9.2",)) for version in (0, 2)]
    made.apis = [replace(made.apis[0], versions=[*old, served(3), served(4)])]
    text = "\n".join(api_tables.api_section(made))
    assert "| Fetch | 0, 2-4 | 3-4 | 0, 2 | 1 in [fetch.py](../cases/fetch.py) | 1 |" in text
    assert "no test" not in text


def test_a_hole_gets_a_column() -> None:
    made = board()
    made.apis = [replace(made.apis[0], versions=[served(0), served(1, conversations=())])]
    text = "\n".join(api_tables.api_section(made))
    assert "| API | served | as Kafka 4.4.0 | **no test** |" in text
    assert "| Fetch | 0-1 | 0 | 1 |" in text


@pytest.mark.parametrize(
    ("facts", "sign"), [({}, "✓"), ({"may_differ": True}, "≈"), ({"may_differ": True, "outcome": FAILED}, "✗")]
)
def test_verdict_of_a_conversation(facts: dict[str, Any], sign: str) -> None:
    told = replace(board().conversations[0], **facts)
    text = "\n".join(api_tables.conversation_section([told]))
    assert f"| Fetch | [hello](../cases/fetch.py) | 0 | 4.4.0 | {sign} |" in text


def test_what_is_only_refused_is_not_sold_as_served() -> None:
    made = board()
    assert "always answer with" not in "\n".join(api_tables.api_section(made))
    made.apis = [*made.apis, replace(made.apis[0], name="CreateAcls", deviations=[("always SECURITY_DISABLED", "why")])]
    text = "\n".join(api_tables.api_section(made))
    assert "1 always answer with the error of a broker without security" in text
    assert text.split("always answer with")[1].split("\n")[0].endswith(": CreateAcls.")
