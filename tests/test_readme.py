"""Runs what the README shows, as it stands.

A code block behind ``<!-- run -->`` is run; a text block behind ``<!-- output -->`` is what it must print. The blocks
of one section run in their order in one empty directory. A server of the test's own stands in for the one on
127.0.0.1:9092: shell blocks find it by KAFKALITE_BOOTSTRAP, in Python blocks the address is replaced.
"""

from __future__ import annotations

import os
import pathlib
import re
import stat
import subprocess
import sys
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from tests.running_server import environment, running_server

ROOT = pathlib.Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTED_ADDRESS = "127.0.0.1:9092"
BLOCK = re.compile(
    r"<!-- run -->\n```(?P<language>\w+)\n(?P<code>.*?)```\n(?:\n<!-- output -->\n```text\n(?P<output>.*?)```\n)?",
    re.DOTALL,
)


class Block(NamedTuple):
    """One runnable block; ``output`` is None where what it prints is not said."""

    language: str
    code: str
    output: str | None


def sections() -> dict[str, list[Block]]:
    """Return the runnable blocks by the heading above them."""
    parts = re.split(r"^#+ (.+)$", README, flags=re.MULTILINE)[1:]
    blocks = {
        heading: [Block(*match.group("language", "code", "output")) for match in BLOCK.finditer(text)]
        for heading, text in zip(parts[::2], parts[1::2], strict=True)
    }
    return {heading: found for heading, found in blocks.items() if found}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The server that the README's reader has started."""
    with running_server(tmp_path_factory.mktemp("readme-server")) as (_, port):
        yield f"127.0.0.1:{port}"


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """A directory with the programs that ``.venv/bin`` offers the README's reader."""
    directory = tmp_path_factory.mktemp("bin")
    for name, command in (("kafkalite", f'"{sys.executable}" -m kafkalite'), ("python", f'"{sys.executable}"')):
        program = directory / name
        program.write_text(f'#!/bin/sh\nexec {command} "$@"\n')
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return directory


@pytest.mark.parametrize("heading", sections())
def test_the_blocks_of_a_section_do_what_they_say(
    heading: str, address: str, programs: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    variables = environment() | {
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "KAFKALITE_BOOTSTRAP": address,
    }
    for block in sections()[heading]:
        if block.language == "python":
            command = [sys.executable, "-c", block.code.replace(DOCUMENTED_ADDRESS, address)]
        else:
            command = ["bash", "-euo", "pipefail", "-c", block.code]
        finished = subprocess.run(
            command, cwd=tmp_path, env=variables, capture_output=True, text=True, timeout=100, check=False
        )
        assert finished.returncode == 0, f"{block.code}\n{finished.stdout}\n{finished.stderr}"
        if block.output is not None:
            assert finished.stdout == block.output, block.code


def test_the_readme_shows_what_it_runs() -> None:
    languages = [block.language for blocks in sections().values() for block in blocks]
    assert languages.count("python") >= 1
    assert languages.count("sh") >= 6
    assert README.count("<!-- run -->") == len(languages)
    assert DOCUMENTED_ADDRESS in README


def test_the_two_commands_stand_in_the_first_screen() -> None:
    first_screen = "\n".join(README.splitlines()[:40])
    assert "python scripts/dev.py serve\n" in first_screen
    assert "python scripts/dev.py test\n" in first_screen
    assert "KafkaProducer(" in first_screen
