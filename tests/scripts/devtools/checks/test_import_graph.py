"""Which module imports which, and the circles in it."""

from __future__ import annotations

import pathlib

from scripts.devtools.checks.import_graph import find_circles, read_graph
from tests.scripts.devtools.checks.conftest import Write


def test_imports_for_types_and_inside_functions_count(tmp_path: pathlib.Path, write: Write) -> None:
    write("pack/__init__.py", "from pack.a import f\n")
    write("pack/a.py", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from pack.sub import b\n")
    write("pack/sub/__init__.py", "")
    write("pack/sub/b.py", "def f():\n    import pack.a\n    from .. import c\n    from . import b\n")
    write("pack/c.py", "import os\nfrom elsewhere import x\n")
    assert read_graph(tmp_path, "pack") == {
        "pack": {"pack.a"},
        "pack.a": {"pack.sub.b"},
        "pack.sub": set(),
        "pack.sub.b": {"pack.a", "pack.c"},
        "pack.c": set(),
    }


def test_a_circle_is_all_modules_that_reach_each_other() -> None:
    graph = {"a": "b", "b": "cd", "c": "a", "d": "e", "e": "f", "f": "e", "g": "a"}
    assert find_circles({name: frozenset(targets) for name, targets in graph.items()}) == [["a", "b", "c"], ["e", "f"]]
    assert find_circles({"a": frozenset("bc"), "b": frozenset("c"), "c": frozenset()}) == []
