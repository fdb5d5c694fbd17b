"""What a command that does not exist is answered with."""

from __future__ import annotations

import pytest

from kafkalite.cli.commands import run_command
from kafkalite.cli.suggestions import did_you_mean


def test_similar_words_are_named() -> None:
    assert did_you_mean("lst", ["list", "describe"]) == "; did you mean list?"
    assert did_you_mean("zzz", ["list"]) == ""


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["serv"], "No such command 'serv'; did you mean serve"),
        (["consum", "t"], "No such command 'consum'; did you mean consume?"),
        (["topic", "lst"], "No such command 'lst'; did you mean list?"),
        (["zzz"], "No such command 'zzz' (there are: serve, wait, topic"),
        (["topic", "list", "--outptu", "json"], "No such option"),
    ],
)
def test_refusals_help(arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(arguments) == 2
    assert words in capsys.readouterr().err
