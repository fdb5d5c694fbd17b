"""docs/CLI.md does what it says, and has a section for every command."""

from __future__ import annotations

import pathlib
import re
from collections.abc import Iterator

import click
import pytest

from kafkalite.cli.commands import COMMANDS, program
from tests.runnable_page import ROOT, RUN_MARK, run_blocks, sections, write_programs
from tests.running_server import running_server

PAGE = (ROOT / "docs" / "CLI.md").read_text(encoding="utf-8")
SECTIONS = sections(PAGE)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The server that the page's reader has started."""
    with running_server(tmp_path_factory.mktemp("cli-server")) as (_, port):
        yield f"127.0.0.1:{port}"


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """A directory with the programs that ``.venv/bin`` offers the page's reader."""
    return write_programs(tmp_path_factory.mktemp("bin"))


@pytest.mark.parametrize("heading", SECTIONS)
def test_the_blocks_of_a_section_do_what_they_say(
    heading: str, address: str, programs: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    run_blocks(SECTIONS[heading], address, programs, tmp_path)


def test_the_page_shows_what_it_runs() -> None:
    assert PAGE.count(RUN_MARK) == sum(len(blocks) for blocks in SECTIONS.values())


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_its_section(name: str) -> None:
    assert f"\n## {name}\n" in PAGE


def test_every_subcommand_is_named() -> None:
    context = click.Context(program, info_name="kafkalite")
    for name in COMMANDS:
        command = program.get_command(context, name)
        if isinstance(command, click.Group):
            text = PAGE.split(f"\n## {name}\n")[1].split("\n## ")[0]
            for subcommand in command.list_commands(context):
                assert re.search(rf"\b{name} {subcommand}\b|`{subcommand}`", text), f"{name} {subcommand}"
