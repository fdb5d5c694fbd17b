"""The English of docstrings and messages."""

from __future__ import annotations

import pathlib

import pytest

from scripts.devtools.checks import wording
from tests.scripts.devtools.checks.conftest import Write


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Nobody reads what stands behind it.", 3),
        ("It is told to whoever asks, with an error of its own.", 3),
        ("This lies in the log for good, by chance.", 3),
        ("Return the topic's name, which stands for an id.", 0),
        ("Return the offset after the last record.", 0),
    ],
)
def test_fillers_are_counted(tmp_path: pathlib.Path, write: Write, text: str, count: int) -> None:
    write("kafkalite/a.py", f'"""Module."""\nraise ValueError("{text}")\n')
    assert wording.count_fillers(tmp_path) == ({"kafkalite/a.py": count} if count else {})


def test_clauses_in_the_place_of_nouns_are_counted(tmp_path: pathlib.Path, write: Write) -> None:
    body = '    """What it knows.\n\n    Args:\n        name: what it is called.\n        size: in bytes.\n    """\n'
    write("kafkalite/a.py", f'"""Module."""\n\n\ndef f(name, size):\n{body}')
    assert wording.count_fillers(tmp_path) == {"kafkalite/a.py": 2}


def test_pages_are_read_without_their_code_and_tables(tmp_path: pathlib.Path, write: Write) -> None:
    write("README.md", "Nobody.\n\n```sh\necho nobody\n```\n\n<!-- run -->\n```sh\nnobody\n```\nEverybody.\n")
    write("docs/A.md", "<!-- table: x -->\n| of its own |\n<!-- end -->\nIt lies here.\n")
    write("docs/COMPATIBILITY.md", "Nobody.\n")
    assert wording.count_fillers(tmp_path) == {"README.md": 2, "docs/A.md": 1}


def test_names_and_formats_are_no_sentences(tmp_path: pathlib.Path, write: Write) -> None:
    write("kafkalite/a.py", '"""Module."""\nx = {"behind": "lies"}\n')
    assert wording.count_fillers(tmp_path) == {}


def test_errors_belong_into_their_section(tmp_path: pathlib.Path, write: Write) -> None:
    inline = (
        "Return the size; raises OSError where there is none.\n\nErrors: ApiError when it is late. Raises KeyError."
    )
    assert len(wording.inline_errors(inline)) == 2
    section = "Return the size.\n\n    Raises:\n        OSError: raises OSError itself.\n\n    Source: KIP-1."
    assert wording.inline_errors(section) == []
    assert wording.inline_errors("Raise OSError where it is late.") == []
    assert wording.inline_errors("A handler.\n\nErrors:\n    NONE: never.") == []
    write("kafkalite/a.py", '"""Return; raises KeyError."""\n')
    assert wording.count_inline_errors(tmp_path) == {"kafkalite/a.py": 1}


def test_names_of_recorded_conversations_keep_their_words(tmp_path: pathlib.Path, write: Write) -> None:
    write("kafkalite/conformance/cases/a.py", '"""A page for nobody."""\nname = "nobody reads behind it"\n')
    assert wording.count_fillers(tmp_path) == {"kafkalite/conformance/cases/a.py": 1}
