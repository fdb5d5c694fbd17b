"""The README does what it says: see ``tests.runnable_page``."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator

import pytest

from tests.runnable_page import DOCUMENTED_ADDRESS, ROOT, RUN_MARK, run_blocks, sections, write_programs
from tests.running_server import running_server

README = (ROOT / "README.md").read_text(encoding="utf-8")
SECTIONS = sections(README)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The server that the README's reader has started."""
    with running_server(tmp_path_factory.mktemp("readme-server")) as (_, port):
        yield f"127.0.0.1:{port}"


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """A directory with the programs that ``.venv/bin`` offers the README's reader."""
    return write_programs(tmp_path_factory.mktemp("bin"))


@pytest.mark.parametrize("heading", SECTIONS)
def test_the_blocks_of_a_section_do_what_they_say(
    heading: str, address: str, programs: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    run_blocks(SECTIONS[heading], address, programs, tmp_path)


def test_the_readme_shows_what_it_runs() -> None:
    languages = [block.language for blocks in SECTIONS.values() for block in blocks]
    assert languages.count("python") >= 1
    assert languages.count("sh") >= 6
    assert README.count(RUN_MARK) == len(languages)
    assert DOCUMENTED_ADDRESS in README


def test_the_two_commands_stand_in_the_first_screen() -> None:
    first_screen = "\n".join(README.splitlines()[:40])
    assert "python scripts/dev.py serve\n" in first_screen
    assert "python scripts/dev.py test\n" in first_screen
    assert "KafkaProducer(" in first_screen
