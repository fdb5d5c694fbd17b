"""Runs what a page of the documentation shows, as it stands.

A code block after ``<!-- run -->`` is run; a text block after ``<!-- output -->`` is what it must print; a code block
after ``<!-- file: NAME -->`` is written to that file first. The blocks of one section run in their order in one empty
directory. A server of the test replaces the one on 127.0.0.1:9092: shell blocks find it by KAFKALITE_BOOTSTRAP, in
Python blocks the address is replaced.
"""

from __future__ import annotations

import os
import pathlib
import re
import stat
import subprocess
import sys
from collections.abc import Sequence
from typing import NamedTuple

from tests.running_server import environment

ROOT = pathlib.Path(__file__).resolve().parents[1]
DOCUMENTED_ADDRESS = "127.0.0.1:9092"
MARK = re.compile(r"^<!-- (?:run|file: \S+) -->$", re.MULTILINE)
BLOCK = re.compile(
    r"<!-- (?:run|file: (?P<file>\S+)) -->\n```(?P<language>\w+)\n(?P<code>.*?)```\n"
    r"(?:\n<!-- output -->\n```text\n(?P<output>.*?)```\n)?",
    re.DOTALL,
)
TIMEOUT_S = 100


class Block(NamedTuple):
    """One block that is run, or written to ``file``; ``output`` is None where the page shows no output."""

    file: str | None
    language: str
    code: str
    output: str | None


def sections(page: str) -> dict[str, list[Block]]:
    """Return the runnable blocks of a page by the heading above them."""
    parts = re.split(r"^#+ (.+)$", page, flags=re.MULTILINE)[1:]
    blocks = {
        heading: [Block(*match.group("file", "language", "code", "output")) for match in BLOCK.finditer(text)]
        for heading, text in zip(parts[::2], parts[1::2], strict=True)
    }
    return {heading: found for heading, found in blocks.items() if found}


def write_programs(directory: pathlib.Path) -> pathlib.Path:
    """Write the programs that ``.venv/bin`` offers the reader of a page, and return their directory."""
    for name, command in (("kafkalite", f'"{sys.executable}" -m kafkalite'), ("python", f'"{sys.executable}"')):
        program = directory / name
        program.write_text(f'#!/bin/sh\nexec {command} "$@"\n')
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return directory


def run_blocks(blocks: Sequence[Block], address: str, programs: pathlib.Path, directory: pathlib.Path) -> None:
    """Run the blocks of one section in a directory; raises AssertionError where one fails or prints something else."""
    variables = environment() | {
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "KAFKALITE_BOOTSTRAP": address,
    }
    for block in blocks:
        if block.file is not None:
            (directory / block.file).write_text(block.code)
            continue
        if block.language == "python":
            command = [sys.executable, "-c", block.code.replace(DOCUMENTED_ADDRESS, address)]
        else:
            command = ["bash", "-euo", "pipefail", "-c", block.code]
        finished = subprocess.run(
            command, cwd=directory, env=variables, capture_output=True, text=True, timeout=TIMEOUT_S, check=False
        )
        assert finished.returncode == 0, f"{block.code}\n{finished.stdout}\n{finished.stderr}"
        if block.output is not None:
            assert finished.stdout == block.output, block.code
