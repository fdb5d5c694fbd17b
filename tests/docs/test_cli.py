"""docs/CLI.md does what it says, and has a section for every command."""

from __future__ import annotations

import pathlib
import re

import click
import pytest

from kafkalite.cli.commands import COMMANDS, program
from tests.runnable_page import MARK, ROOT, run_blocks, sections

PAGE = (ROOT / "docs" / "CLI.md").read_text(encoding="utf-8")
SECTIONS = sections(PAGE)


@pytest.mark.parametrize("heading", SECTIONS)
def test_the_blocks_of_a_section_do_what_they_say(
    heading: str, page_address: str, page_programs: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    run_blocks(SECTIONS[heading], page_address, page_programs, tmp_path)


def test_the_page_shows_what_it_runs() -> None:
    assert len(MARK.findall(PAGE)) == sum(len(blocks) for blocks in SECTIONS.values())


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
