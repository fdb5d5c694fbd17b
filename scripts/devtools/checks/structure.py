"""The structure of the tree: circles of imports, one handler module per API, the size and the links of pages."""

from __future__ import annotations

import pathlib
import re
import tomllib

from scripts.devtools.checks.import_graph import find_circles, read_graph
from scripts.devtools.checks.source_rules import python_files

GENERATOR_TESTS = ("tests/protocol/message_samples.py", "tests/protocol/test_sliced_messages.py")
"""Tests of generated code, which ask the generator's own reading of the schemas."""

README_BYTES = range(6_000, 8_192 + 1)
LINK = re.compile(r"(?<!!)\[[^\]]*\]\((?!https?:)([^)#\s]*)(?:#([^)\s]*))?\)")
IMPORT_OF_SCRIPTS = re.compile(r"^\s*(?:from|import) scripts\b", re.MULTILINE)
FENCED = re.compile(r"^( *)```.*?^\1```", re.DOTALL | re.MULTILINE)


def count_circles(root: pathlib.Path) -> dict[str, int]:
    """Return module -> 1 for each module that is in a circle of imports; imports for types count too."""
    graphs = [read_graph(root, package) for package in ("kafkalite", "compat_tests", "scripts", "tests")]
    return {module: 1 for graph in graphs for circle in find_circles(graph) for module in circle}


def count_shared_handlers(root: pathlib.Path) -> dict[str, int]:
    """Return API -> 1 for each served API whose handler is not in a module of the API's name."""
    support = tomllib.loads((root / "protocol_specs" / "api_support.toml").read_text(encoding="utf-8"))
    handlers = root / "kafkalite" / "broker" / "handlers"
    return {api: 1 for api in support["api"] if not (handlers / f"{module_of(api)}.py").is_file()}


def module_of(api: str) -> str:
    """Return the module name of an API: ``describe_acls`` for ``DescribeAcls``."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", api).lower()


def tests_that_import_scripts(root: pathlib.Path) -> list[str]:
    """Return the tests that import a development tool, but for those of the tools themselves."""
    return [
        f"{path}: imports scripts"
        for path, source in python_files(root, "tests", "compat_tests")
        if not path.startswith("tests/scripts/") and path not in GENERATOR_TESTS and IMPORT_OF_SCRIPTS.search(source)
    ]


def readme_size(root: pathlib.Path) -> list[str]:
    """Return a line where the README is longer or shorter than one sitting."""
    size = (root / "README.md").stat().st_size
    allowed = f"{README_BYTES.start} to {README_BYTES.stop - 1}"
    return [] if size in README_BYTES else [f"README.md: {size} bytes, allowed {allowed}: docs/ has room"]


def broken_links(root: pathlib.Path) -> list[str]:
    """Return the relative links of the README, CONTRIBUTING.md and docs/ that lead nowhere."""
    lines = []
    for page in [root / "README.md", root / "CONTRIBUTING.md", *sorted((root / "docs").glob("*.md"))]:
        for path, anchor in LINK.findall(FENCED.sub("", page.read_text(encoding="utf-8"))):
            target = (page.parent / path).resolve() if path else page
            name = page.relative_to(root).as_posix()
            if not target.exists():
                lines.append(f"{name}: the link to {path} leads nowhere")
            elif anchor and target.suffix == ".md" and anchor not in anchors(target.read_text(encoding="utf-8")):
                lines.append(f"{name}: {path or 'the page'} has no heading #{anchor}")
    return lines


def anchors(page: str) -> set[str]:
    """Return the anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", FENCED.sub("", page), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
