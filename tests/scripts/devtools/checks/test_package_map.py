"""The map of the package, from its tree."""

from __future__ import annotations

import pathlib

from scripts.devtools.checks.package_map import map_rows
from tests.scripts.devtools.checks.conftest import Write


def test_each_package_has_its_purpose_and_imports(tmp_path: pathlib.Path, write: Write) -> None:
    layers = 'type = "layers"\nlayers = ["server", "(broker)", "(log) | (security)", "model"]'
    write("pyproject.toml", f"[[tool.importlinter.contracts]]\n{layers}\n")
    write("kafkalite/__init__.py", "")
    write("kafkalite/__main__.py", "from kafkalite import server\n")
    write("kafkalite/model/__init__.py", '"""Nouns: names and\nlimits. More of it."""\n')
    write("kafkalite/broker/__init__.py", '"""Requests."""\n')
    write("kafkalite/broker/router.py", "from kafkalite.model import x\nfrom kafkalite import log\n")
    write("kafkalite/broker/handlers/__init__.py", '"""Handlers\n\nin detail."""\n')
    write("kafkalite/log/__init__.py", '"""One ``partition``."""\n')
    write("kafkalite/server.py", '"""The whole."""\nfrom kafkalite.broker import router\n')
    assert map_rows(tmp_path)[2:] == [
        "| `server.py` | The whole | `broker` |",
        "| `broker/` | Requests | `log`, `model` |",
        "| `broker/handlers/` | Handlers |  |",
        "| `log/` | One `partition` |  |",
        "| `model/` | Nouns: names and limits |  |",
    ]
