"""Which module imports which, with the imports under ``TYPE_CHECKING`` and inside functions."""

from __future__ import annotations

import ast
import pathlib
from collections.abc import Iterable, Iterator, Mapping

Graph = Mapping[str, frozenset[str]]
"""Module name -> names of the modules of the same package that it imports."""


def read_graph(root: pathlib.Path, package: str) -> Graph:
    """Return the import graph of a package below ``root``; other packages are left out."""
    paths = {module_name(path.relative_to(root)): path for path in sorted((root / package).rglob("*.py"))}
    graph = {}
    for name, path in paths.items():
        is_package = path.name == "__init__.py"
        tree = ast.parse(path.read_text(encoding="utf-8"))
        graph[name] = frozenset(_imported_modules(tree, name, is_package, paths.keys())) - {name}
    return graph


def module_name(path: pathlib.PurePath) -> str:
    """Return the dotted name of a module by its path from the root of the project."""
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imported_modules(tree: ast.Module, importer: str, is_package: bool, known: Iterable[str]) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom):
            source = _absolute(node, importer, is_package)
            for alias in node.names:
                candidate = f"{source}.{alias.name}"
                if candidate in known or source in known:
                    yield candidate if candidate in known else source


def _absolute(node: ast.ImportFrom, importer: str, is_package: bool) -> str:
    """Return the module of a ``from`` statement without leading dots."""
    if not node.level:
        return node.module or ""
    parents = importer.split(".")
    base = parents[: len(parents) - node.level + is_package]
    return ".".join([*base, *([node.module] if node.module else [])])


def find_circles(graph: Graph) -> list[list[str]]:
    """Return the circles of imports: each is the sorted names of modules that all reach each other.

    Source: R. Tarjan, Depth-first search and linear graph algorithms (1972), with an explicit stack.
    """
    order: dict[str, int] = {}
    lowest: dict[str, int] = {}
    open_modules: list[str] = []
    circles: list[list[str]] = []
    for start in graph:
        if start in order:
            continue
        order[start] = lowest[start] = len(order)
        open_modules.append(start)
        walk = [(start, iter(sorted(graph[start])))]
        while walk:
            module, targets = walk[-1]
            for target in targets:
                if target not in order:
                    order[target] = lowest[target] = len(order)
                    open_modules.append(target)
                    walk.append((target, iter(sorted(graph[target]))))
                    break
                if target in open_modules:
                    lowest[module] = min(lowest[module], order[target])
            else:
                walk.pop()
                if walk:
                    lowest[walk[-1][0]] = min(lowest[walk[-1][0]], lowest[module])
                if lowest[module] == order[module]:
                    position = open_modules.index(module)
                    circles += [sorted(open_modules[position:])] if len(open_modules) - position > 1 else []
                    del open_modules[position:]
    return sorted(circles)
