"""Which differences are meant."""

from __future__ import annotations

import pytest

from kafkalite.conformance.comparison import Difference
from kafkalite.conformance.intended import load_intended, parse_intended

ROW = """
[[difference]]
api = "Fetch"
conversation = "lim*"
versions = [4, 12]
path = "Responses.*.Records"
where = "[1]"
ours = 5
reason = "because"
"""


def covers(api: str = "Fetch", name: str = "limits", version: int = 4, path: str = "", actual: int = 5) -> bool:
    [row] = parse_intended(ROW)
    return row.covers(api, name, version, Difference("1.", path or "Responses[0].Partitions[1].Records", 4, actual))


def test_a_row_covers_what_it_describes() -> None:
    assert covers()


@pytest.mark.parametrize(
    "other",
    [
        {"api": "Produce"},
        {"name": "other"},
        {"version": 5},
        {"path": "Responses[0].Partitions[0].Records"},
        {"path": "Responses[1].Partitions[0].ErrorCode"},
        {"actual": 6},
    ],
)
def test_and_nothing_else(other: dict[str, object]) -> None:
    assert not covers(**other)  # type: ignore[arg-type]


def test_a_row_with_a_key_too_many_is_an_error() -> None:
    with pytest.raises(TypeError):
        parse_intended('[[difference]]\napi = "A"\npath = "*"\nreason = "r"\nsince = 4\n')


def test_every_row_that_ships_has_a_reason() -> None:
    assert load_intended()
    assert all(len(row.reason) > 10 for row in load_intended())
