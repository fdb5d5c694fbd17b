"""Rules about our own source that no off-the-shelf tool checks; each function returns one line per violation."""

from __future__ import annotations

import ast
import pathlib
import subprocess
import tomllib
from collections.abc import Iterator

MODULE_MAX_LINES = 600
FUNCTION_MAX_LINES = 60
GENERATED_MARK = "# Generated "
"""A file with a comment that begins so among its first three lines is made by a script and free of the rules."""

PURE_PACKAGES = ("model", "protocol", "records", "cluster", "coordinators", "security")
DOORS = ("system", "cli", "testing", "process.py")
"""Packages that may open files by name: the real doors, and the edges that a person calls."""

SCENARIO_TESTS = (
    "broker/test_large_requests.py",
    "broker/test_start_crashes.py",
    "broker/test_transaction_crashes.py",
    "coordinators/group/assignors/test_assignors.py",
    "coordinators/group/consumer/test_random_groups.py",
    "coordinators/transaction/test_against_model.py",
    "log/test_disk_faults.py",
    "log/test_kafka_files.py",
)
"""Tests of whole packages; every other test is named after its module."""

RATCHET_FILE = "scripts/devtools/checks/size_ratchet.toml"
"""Names what is over a limit today with its size: it may shrink, never grow, and nothing may join it unseen."""


def is_generated(source: str) -> bool:
    """Return whether a file says in its first three lines that a script made it."""
    return any(line.startswith(GENERATED_MARK) for line in source.split("\n", 3)[:3])


def python_files(root: pathlib.Path, *folders: str) -> Iterator[tuple[str, str]]:
    """Yield (path from the root, source) of the hand-written Python files below ``folders``."""
    for folder in folders:
        for path in sorted((root / folder).rglob("*.py")):
            source = path.read_text(encoding="utf-8")
            if not is_generated(source):
                yield path.relative_to(root).as_posix(), source


def functions_of(tree: ast.AST, prefix: str = "") -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Yield (qualified name, node) of every function of a tree; nested functions belong to their outer one."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ClassDef):
            yield from functions_of(node, f"{prefix}{node.name}.")
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{prefix}{node.name}", node
        else:
            yield from functions_of(node, prefix)


def sizes(root: pathlib.Path) -> Iterator[tuple[str, int, int]]:
    """Yield (name, line count, limit) of every module and function; a function is named ``path::qualified.name``."""
    for path, source in python_files(root, "kafkalite", "scripts", "tests", "compat_tests"):
        yield path, source.count("\n") + 1, MODULE_MAX_LINES
        for name, node in functions_of(ast.parse(source)):
            yield f"{path}::{name}", (node.end_lineno or node.lineno) - node.lineno + 1, FUNCTION_MAX_LINES


def oversized(root: pathlib.Path) -> list[str]:
    """Return the modules and functions over their limit, and ratchet entries that are no longer needed."""
    ratchet_path = root / RATCHET_FILE
    ratchet: dict[str, int] = {}
    if ratchet_path.exists():
        ratchet = tomllib.loads(ratchet_path.read_text(encoding="utf-8")).get("over_limit", {})
    problems, seen = [], set()
    for name, line_count, limit in sizes(root):
        if line_count <= limit:
            continue
        seen.add(name)
        allowed = max(limit, ratchet.get(name, 0))
        if line_count > allowed:
            problems.append(f"{name}: {line_count} lines, allowed {allowed}")
    stale = [f"{name}: no longer over its limit, remove it from {RATCHET_FILE}" for name in ratchet if name not in seen]
    return problems + stale


def tests_without_module(root: pathlib.Path) -> list[str]:
    """Return the tests whose module does not exist.

    ``tests/x/test_y.py`` tests ``kafkalite/x/y.py`` or the package y; a long test may be split into files whose names
    say more before or after the module's (``test_y_against_kafka.py``). ``tests/scripts`` mirrors ``scripts``.
    """
    problems = []
    for path in sorted((root / "tests").rglob("test_*.py")):
        relative = path.relative_to(root / "tests")
        if relative.as_posix() in SCENARIO_TESTS:
            continue
        folder = relative.parent
        homes = [root / "kafkalite" / folder, root / folder]
        if not any(home.is_dir() and is_module_of(home, path.stem.removeprefix("test_")) for home in homes):
            problems.append(f"{path.relative_to(root).as_posix()}: no module of that name in kafkalite/{folder}")
    return problems


def is_module_of(home: pathlib.Path, stem: str) -> bool:
    """Return whether a test's name is that of a module or a document in ``home``, or says more about one."""
    names = {path.stem.strip("_").lower() for path in home.iterdir() if path.is_dir() or path.suffix in (".py", ".md")}
    return any(stem == name or stem.startswith(f"{name}_") or stem.endswith(f"_{name}") for name in names)


def opened_files(root: pathlib.Path) -> list[str]:
    """Return calls of the builtin ``open`` outside the packages that are doors."""
    problems = []
    for path, source in python_files(root, "kafkalite"):
        if path.split("/")[1] in DOORS:
            continue
        calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
        problems += [
            f"{path}:{call.lineno}: open() outside kafkalite/system"
            for call in calls
            if isinstance(call.func, ast.Name) and call.func.id == "open"
        ]
    return problems


def unlisted_pure_packages(root: pathlib.Path) -> list[str]:
    """Return pure packages that exist and that the import contract does not name yet."""
    contracts = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    listed = {module for contract in contracts for module in contract.get("source_modules", ())}
    return [
        f"kafkalite.{name} is missing from the import contract of the pure packages in pyproject.toml"
        for name in PURE_PACKAGES
        if (root / "kafkalite" / name).is_dir() and f"kafkalite.{name}" not in listed
    ]


def undocumented(root: pathlib.Path) -> list[str]:
    """Return modules, public classes and public functions of the package without a docstring."""
    problems = []
    for path, source in python_files(root, "kafkalite", "scripts"):
        tree = ast.parse(source)
        if source.strip() and not ast.get_docstring(tree):
            problems.append(f"{path}: module without a docstring")
        problems += [f"{path}:{line}: {name} has no docstring" for name, line in undocumented_names(tree)]
    return problems


def undocumented_names(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Yield (name, line) of public classes and public functions at module level that have no docstring."""
    for node in tree.body:
        if not isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if not node.name.startswith("_") and not ast.get_docstring(node):
            yield node.name, node.lineno


def unmarked_generated_files(root: pathlib.Path) -> list[str]:
    """Return the generated Python files that ``.gitattributes`` does not mark as such."""
    generated = [
        path.relative_to(root).as_posix()
        for path in sorted((root / "kafkalite").rglob("*.py"))
        if is_generated(path.read_text(encoding="utf-8"))
    ]
    command = ["git", "check-attr", "--stdin", "linguist-generated"]
    answers = subprocess.run(command, cwd=root, input="\n".join(generated), capture_output=True, text=True, check=True)
    return [
        f"{line.split(':')[0]}: generated, but not marked in .gitattributes"
        for line in answers.stdout.splitlines()
        if not line.endswith(": set")
    ]
