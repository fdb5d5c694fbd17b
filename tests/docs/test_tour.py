"""docs/TOUR.md does what it says: see ``tests.runnable_page``."""

from __future__ import annotations

import pathlib

import pytest

from tests.runnable_page import MARK, ROOT, run_blocks, sections

PAGE = (ROOT / "docs" / "TOUR.md").read_text(encoding="utf-8")
SECTIONS = sections(PAGE)


@pytest.mark.parametrize("heading", SECTIONS)
def test_the_blocks_of_a_section_do_what_they_say(
    heading: str, page_address: str, page_programs: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    run_blocks(SECTIONS[heading], page_address, page_programs, tmp_path)


def test_the_page_runs_its_marked_blocks() -> None:
    assert len(MARK.findall(PAGE)) == sum(len(blocks) for blocks in SECTIONS.values()) > 0
