"""The version."""

from __future__ import annotations

import tomllib
from pathlib import Path

from kafkalite import __version__


def test_the_package_and_its_metadata_agree() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())["project"]
    assert project["version"] == __version__
