"""Links from pages to symbols of the code."""

from __future__ import annotations

import pathlib

import pytest

from scripts.devtools.checks.page_tables import PAGES
from scripts.devtools.checks.symbol_links import SYMBOL_LINK, lost_symbols, relinked
from tests.scripts.devtools.checks.conftest import Write

ROOT = pathlib.Path(__file__).resolve().parents[4]


@pytest.mark.parametrize("page", PAGES)
def test_every_symbol_that_a_page_names_is_where_it_says(page: str) -> None:
    assert lost_symbols(ROOT, page) == []


def test_the_walks_name_their_code() -> None:
    text = (ROOT / "docs" / "ARCHITECTURE.md").read_text(encoding="utf-8")
    for walk in ("A Produce", "A Fetch", "A heartbeat", "An EndTxn"):
        section = text.split(f"\n## {walk}\n")[1].split("\n## ")[0]
        assert len(SYMBOL_LINK.findall(section)) >= 4, walk


def test_lost_symbols_are_named_and_moved_ones_linked_anew(tmp_path: pathlib.Path, write: Write) -> None:
    write("kafkalite/a.py", "class A:\n    def f(self): ...\n    async def g(self): ...\n\ndef h(): ...\n")
    write("kafkalite/b.py", "class B: ...\n")
    good = "[`A.f`](../kafkalite/a.py) [`A.g`](../kafkalite/a.py) [`h()`](../kafkalite/a.py) [`B`](../kafkalite/b.py)"
    write("docs/P.md", good)
    assert lost_symbols(tmp_path, "docs/P.md") == []
    assert relinked(tmp_path, good) == good
    write("docs/P.md", "[`B`](../kafkalite/a.py) [`C`](../kafkalite/gone.py)")
    assert lost_symbols(tmp_path, "docs/P.md") == [
        "docs/P.md: B is not in kafkalite/a.py but in kafkalite/b.py: run scripts/check.py --fix",
        "docs/P.md: C is not in kafkalite/gone.py: name what took its place",
    ]
    assert relinked(tmp_path, (tmp_path / "docs" / "P.md").read_text()) == (
        "[`B`](../kafkalite/b.py) [`C`](../kafkalite/gone.py)"
    )
