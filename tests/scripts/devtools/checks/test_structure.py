"""The structure of the tree, on a small project that breaks it."""

from __future__ import annotations

import pathlib

import pytest

from scripts.devtools.checks import structure
from tests.scripts.devtools.checks.conftest import Write


def test_modules_in_circles_are_named(tmp_path: pathlib.Path, write: Write) -> None:
    write("kafkalite/a.py", "from kafkalite import b\n")
    write("kafkalite/b.py", "from kafkalite import a\n")
    write("kafkalite/c.py", "from kafkalite import a\n")
    assert structure.count_circles(tmp_path) == {"kafkalite.a": 1, "kafkalite.b": 1}


def test_each_api_has_a_module_of_its_name(tmp_path: pathlib.Path, write: Write) -> None:
    write("protocol_specs/api_support.toml", "[api.DescribeAcls]\n[api.Fetch]\n[api.AddRaftVoter]\n")
    write("kafkalite/broker/handlers/fetch.py", "")
    write("kafkalite/broker/handlers/describe_acls.py", "")
    assert structure.count_shared_handlers(tmp_path) == {"AddRaftVoter": 1}


def test_only_tests_of_tools_import_tools(tmp_path: pathlib.Path, write: Write) -> None:
    write("tests/scripts/test_a.py", "from scripts import a\n")
    write("tests/test_a.py", "def f():\n    from scripts.devtools import a\n")
    write("compat_tests/test_b.py", "import scripts.b\n")
    write("compat_tests/test_c.py", "from compat_tests import scripts_of_c\n")
    assert structure.tests_that_import_scripts(tmp_path) == [
        "tests/test_a.py: imports scripts",
        "compat_tests/test_b.py: imports scripts",
    ]


@pytest.mark.parametrize(("size", "is_allowed"), [(5_999, False), (6_000, True), (8_192, True), (8_193, False)])
def test_the_readme_has_a_size(tmp_path: pathlib.Path, write: Write, size: int, is_allowed: bool) -> None:
    write("README.md", "x" * size)
    assert (structure.readme_size(tmp_path) == []) is is_allowed


def test_links_lead_somewhere(tmp_path: pathlib.Path, write: Write) -> None:
    write("CONTRIBUTING.md", "")
    write("docs/A.md", "# A `page`, of two words\n\n```\n# no heading\n[no](link)\n```\n[up](../README.md)\n")
    write(
        "README.md", "[a](docs/A.md#a-page-of-two-words) [b](docs/B.md) [c](docs/A.md#no-heading) [d](https://e.org)\n"
    )
    assert structure.broken_links(tmp_path) == [
        "README.md: the link to docs/B.md leads nowhere",
        "README.md: docs/A.md has no heading #no-heading",
    ]
