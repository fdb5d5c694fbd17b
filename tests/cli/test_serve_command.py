"""The second list of the options of ``serve``."""

from __future__ import annotations

import pytest

from kafkalite.cli.commands import run_command
from kafkalite.cli.serve import USAGE, VALUE_OPTIONS
from kafkalite.cli.serve_command import OPTIONS


def test_the_options_are_those_of_serve() -> None:
    flags = {"--verbose", "--quiet"}
    known = {name for option in OPTIONS for name in option.opts if name.startswith("--")}
    assert known == {f"--{name}" for name in VALUE_OPTIONS} | flags
    assert all(name in USAGE for name in known - {"--verbose"})
    assert {option.opts[-1] for option in OPTIONS if not option.is_flag and not option.count} == known - flags


def test_client_options_before_serve_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["-b", "h:1", "serve"]) == 2
    assert "serve takes no -b" in capsys.readouterr().err
