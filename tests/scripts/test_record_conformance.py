"""The parts of the recorder that need no broker."""

from __future__ import annotations

from scripts import record_conformance


def test_the_docs_show_every_intended_difference() -> None:
    page = record_conformance.DOCS.read_text(encoding="utf-8")
    assert record_conformance.update_page(page) == page, "run scripts/record_conformance.py --docs"


def test_conversations_are_chosen_by_api_and_release() -> None:
    chosen = record_conformance.choose(["Fetch"], record_conformance.DEFAULT_VERSION)
    assert chosen and {conversation.api for conversation in chosen} == {"Fetch"}
    assert len(record_conformance.choose([], record_conformance.DEFAULT_VERSION)) > len(chosen)
    assert record_conformance.choose([], "0.8") == []
