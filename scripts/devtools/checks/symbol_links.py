"""Links from a page to a class, function or method of the code: each names its module and has to lead there.

A link is written ``[`Symbol`](../kafkalite/module.py)`` or ``[`Class.method`](...)``. A symbol that moved under its own
name can be linked anew.
"""

from __future__ import annotations

import ast
import pathlib
import re
from collections.abc import Iterator

from scripts.devtools.checks.source_rules import python_files

SYMBOL_LINK = re.compile(r"\[`([A-Za-z_][\w.]*)(\(\))?`\]\((\.\./)?([\w/]+\.py)\)")


def lost_symbols(root: pathlib.Path, page: str) -> list[str]:
    """Return a line for each link of a page, by its path from the root, to a symbol that is not where it says."""
    text = (root / page).read_text(encoding="utf-8")
    defined = _symbols_of(root)
    return [
        f"{page}: {match[1]} is not in {match[4]}{_hint(match[1], defined)}"
        for match in SYMBOL_LINK.finditer(text)
        if match[1] not in defined.get(match[4], ())
    ]


def relinked(root: pathlib.Path, text: str) -> str:
    """Return a page's text with the links to symbols that moved; those that are not unique stay."""
    defined = _symbols_of(root)

    def relink(match: re.Match[str]) -> str:
        symbol, call, up, path = match.groups(default="")
        homes = [path] if symbol in defined.get(path, ()) else _homes(symbol, defined)
        return f"[`{symbol}{call}`]({up}{homes[0]})" if len(homes) == 1 else match[0]

    return SYMBOL_LINK.sub(relink, text)


def _hint(symbol: str, defined: dict[str, set[str]]) -> str:
    homes = _homes(symbol, defined)
    return f" but in {', '.join(homes)}: run scripts/check.py --fix" if homes else ": name what took its place"


def _homes(symbol: str, defined: dict[str, set[str]]) -> list[str]:
    return [path for path, symbols in defined.items() if symbol in symbols]


def _symbols_of(root: pathlib.Path) -> dict[str, set[str]]:
    """Return path -> the names that a module of the package defines: `f`, `C`, `C.method`."""
    return {path: set(_defined(ast.parse(source))) for path, source in python_files(root, "kafkalite")}


def _defined(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name
        if isinstance(node, ast.ClassDef):
            inner = (one for one in node.body if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef))
            yield from (f"{node.name}.{one.name}" for one in inner)
