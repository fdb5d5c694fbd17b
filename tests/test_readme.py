"""The README does what it says: see ``tests.runnable_page``."""

from __future__ import annotations

import pathlib

import pytest

from tests.runnable_page import DOCUMENTED_ADDRESS, MARK, ROOT, run_blocks, sections

README = (ROOT / "README.md").read_text(encoding="utf-8")
SECTIONS = sections(README)


@pytest.mark.parametrize("heading", SECTIONS)
def test_the_blocks_of_a_section_do_what_they_say(
    heading: str, page_address: str, page_programs: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    run_blocks(SECTIONS[heading], page_address, page_programs, tmp_path)


def test_the_readme_runs_python_shell_and_a_test() -> None:
    blocks = [block for found in SECTIONS.values() for block in found]
    assert [block.language for block in blocks].count("python") >= 2
    assert [block.language for block in blocks].count("sh") >= 2
    assert any(block.file and block.file.startswith("test_") for block in blocks)
    assert len(MARK.findall(README)) == len(blocks)
    assert DOCUMENTED_ADDRESS in README


def test_the_two_commands_are_on_the_first_screen() -> None:
    first_screen = "\n".join(README.splitlines()[:40])
    assert "python scripts/dev.py serve\n" in first_screen
    assert "python scripts/dev.py test\n" in first_screen
    assert "KafkaProducer(" in first_screen
