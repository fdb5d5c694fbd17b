"""The English of docstrings and messages: filler words, and errors outside a ``Raises:`` section."""

from __future__ import annotations

import ast
import pathlib
import re
from collections.abc import Callable, Iterable, Iterator

from scripts.devtools.checks.source_rules import python_files

FILLERS = re.compile(
    r"""
    \b(?:(?:no|some|any|every)body|who(?:ever))\b      # name the role: a client, a consumer, a caller
    | \bstands?\b (?!\ for\b) | \blies\b               # is
    | \b(?:is|are|was|were|be|been)\ told\b            # the noun: the group's description
    | \btells?\b                                       # returns, shows, reports
    | \bof\ (?:its|their|his|our|one's)\ own\b         # separate, or nothing
    | \bbehind\b                                       # after, below, in front of
    | \bby\ chance\b | \bfor\ good\b                   # or nothing
    | \b(?:of|in|on|at|by|for|from|with|to|as|than)\ (?:what|who(?:ever))\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Words by which a sentence says less than it could; the comment says what to write."""

CLAUSES = re.compile(r"\A(?:What|Where|Who|Whose|How)\b|^\s*[\w*]+: (?:what|where|who|whose|how)\b", re.MULTILINE)
"""Clauses in the place of a noun, at the start of a docstring or of the description of an argument."""

INLINE_ERRORS = re.compile(r"\braises (?:an? )?[A-Z]\w+|(?:^|[.:;] |^\s+)Raises [A-Z]\w+|^\s*Errors?: \w")
"""Errors as they are named outside a ``Raises:`` section. A docstring may begin with Raise; a handler's module lists
the codes that it answers under ``Errors:``."""

GENERATED_PAGES = ("COMPATIBILITY.md",)
NOT_TEXT = re.compile(r"^( *)```.*?^\1```|^<!-- (?!run|output|file).*?^<!-- end.*? -->", re.DOTALL | re.MULTILINE)
"""Code blocks and generated tables of a page."""

RECORDED_NAMES = "kafkalite/conformance/cases/"
"""Strings below it name conversations and their steps: keys of recorded answers, which keep the names they have."""

MESSAGE_MIN_WORDS = 3
"""Shorter strings are names and formats, not sentences."""


def count_fillers(root: pathlib.Path) -> dict[str, int]:
    """Return file -> count of filler words in its docstrings and messages, or in the text of a page written by hand."""

    def count(path: str, tree: ast.Module) -> int:
        texts = docstrings(tree) if path.startswith(RECORDED_NAMES) else sentences(tree)
        return _all_found(FILLERS, texts) + _all_found(CLAUSES, docstrings(tree))

    code = _counted(root, count)
    pages = [root / name for name in ("README.md", "CONTRIBUTING.md")]
    pages += [path for path in sorted((root / "docs").glob("*.md")) if path.name not in GENERATED_PAGES]
    texts = {page.relative_to(root).as_posix(): page.read_text(encoding="utf-8") for page in pages if page.is_file()}
    counts = {name: _all_found(FILLERS, [NOT_TEXT.sub("", text)]) for name, text in texts.items()}
    return code | {name: count for name, count in counts.items() if count}


def count_inline_errors(root: pathlib.Path) -> dict[str, int]:
    """Return file -> count of docstrings' lines that name errors outside a ``Raises:`` section."""
    return _counted(root, lambda _, tree: sum(len(inline_errors(text)) for text in docstrings(tree)))


def _all_found(pattern: re.Pattern[str], texts: Iterable[str]) -> int:
    return sum(len(pattern.findall(text)) for text in texts)


def _counted(root: pathlib.Path, count: Callable[[str, ast.Module], int]) -> dict[str, int]:
    counts = {path: count(path, ast.parse(source)) for path, source in python_files(root, "kafkalite", "scripts")}
    return {path: total for path, total in counts.items() if total}


def docstrings(tree: ast.Module) -> Iterator[str]:
    """Yield the docstrings of modules, classes, functions and attributes: every string that is a statement."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield node.value.value


def sentences(tree: ast.Module) -> Iterator[str]:
    """Yield docstrings and every other text of some words: messages, help, reasons. F-strings come in their pieces."""
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) else None
        if isinstance(text, str) and len(text.split()) >= MESSAGE_MIN_WORDS:
            yield text


def inline_errors(docstring: str) -> list[str]:
    """Return the lines of a docstring that name errors outside its ``Raises:`` section."""
    found, section_indent = [], -1
    for line in docstring.splitlines():
        indent = len(line) - len(line.lstrip())
        if line.strip() == "Raises:":
            section_indent = indent
        elif line.strip() and indent <= section_indent:
            section_indent = -1
        if section_indent < 0 and INLINE_ERRORS.search(line):
            found.append(line.strip())
    return found
