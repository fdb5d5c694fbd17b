"""Breaches of a rule may shrink and never grow."""

from __future__ import annotations

import pathlib

from scripts.devtools.checks import ratchet
from tests.scripts.devtools.checks.conftest import Write


def test_counts_may_shrink_and_never_grow(tmp_path: pathlib.Path, write: Write) -> None:
    write(ratchet.RATCHET, '[fillers]\n"a/x.py" = 3\n')
    assert ratchet.grown("fillers", {"a/x.py": 2}, tmp_path) == []
    assert ratchet.grown("fillers", {"a/x.py": 4}, tmp_path) == ["a/x.py: 4 x fillers, allowed 3"]
    assert ratchet.grown("fillers", {"a/y.py": 1}, tmp_path) == ["a/y.py: 1 x fillers, allowed 0"]
    assert ratchet.grown("raises", {"a/x.py": 1}, tmp_path) == ["a/x.py: 1 x raises, allowed 0"]


def test_a_moved_file_keeps_its_limit(tmp_path: pathlib.Path, write: Write) -> None:
    write(ratchet.RATCHET, '[fillers]\n"a/x.py" = 3\n[circles]\n"kafkalite.a.m" = 1\n')
    assert ratchet.grown("fillers", {"b/x.py": 3}, tmp_path) == []
    assert ratchet.grown("circles", {"kafkalite.b.m": 1}, tmp_path) == []
    assert ratchet.grown("fillers", {"a/x.py": 3, "b/x.py": 1}, tmp_path) == ["b/x.py: 1 x fillers, allowed 0"]


def test_writing_lowers_and_raises_only_when_asked(tmp_path: pathlib.Path, write: Write) -> None:
    write(ratchet.RATCHET, '[fillers]\n"a/x.py" = 3\n"a/gone.py" = 1\n')
    found = {"fillers": {"a/x.py": 2, "a/new.py": 5}, "raises": {}}
    ratchet.write(tmp_path, found, may_grow=False)
    assert ratchet.load(tmp_path) == {"fillers": {"a/x.py": 2}}
    ratchet.write(tmp_path, found, may_grow=True)
    assert ratchet.load(tmp_path) == {"fillers": {"a/x.py": 2, "a/new.py": 5}}
