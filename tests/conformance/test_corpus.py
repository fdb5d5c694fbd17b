"""Recorded answers as text."""

from __future__ import annotations

import pathlib

from kafkalite.conformance.corpus import Corpus, decode_answers, encode_answers, releases
from kafkalite.conformance.player import Reply

ONE = [Reply("1. x", "Fetch", "answer", {"a": [1, None, "ä"]}), Reply("2. y", "Fetch", "closed")]
OTHER = [Reply("1. x", "Fetch", "silent")]
ANSWERS = {("first", 4): ONE, ("first", 5): ONE, ("first", 6): OTHER, ("second", 4): OTHER}


def test_what_is_written_is_read_again() -> None:
    assert decode_answers(encode_answers("4.3.1", "Fetch", ANSWERS)) == ANSWERS
    assert decode_answers("") == {}


def test_versions_with_equal_answers_share_them() -> None:
    text = encode_answers("4.3.1", "Fetch", ANSWERS)
    assert text.count('"1. x"') == 3
    assert '"versions": [4, 5]' in text


def test_the_newest_release_that_was_asked_is_the_judge(tmp_path: pathlib.Path) -> None:
    for release, answers in {"4.3.1": {("first", 6): OTHER}, "3.9.2": ANSWERS}.items():
        (tmp_path / release).mkdir()
        (tmp_path / release / "Fetch.json").write_text(encode_answers(release, "Fetch", answers))
    corpus = Corpus(tmp_path, ["4.3.1", "3.9.2"])
    assert corpus.find("Fetch", "first", 6) == ("4.3.1", OTHER)
    assert corpus.find("Fetch", "first", 4) == ("3.9.2", ONE)
    assert corpus.find("Fetch", "first", 7) is None
    assert corpus.find("Produce", "first", 4) is None


def test_the_newest_recorded_release_comes_first() -> None:
    assert releases()[0].startswith("4.4")
