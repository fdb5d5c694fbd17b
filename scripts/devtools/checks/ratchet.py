"""Counts of the breaches of a rule, per file: they may shrink and never grow.

``ratchet.toml`` beside this module holds them. ``scripts/check.py --fix`` lowers the counts that shrank and drops those
that reached 0; ``--restate`` writes all counts as they are, for files that were split or renamed.
"""

from __future__ import annotations

import pathlib
import tomllib
from collections.abc import Mapping

Counts = Mapping[str, int]
"""File, module or API -> how often it breaks the rule; what does not break it is absent."""

RATCHET = "scripts/devtools/checks/ratchet.toml"
HEADING = "# Breaches of rules of scripts/check.py: they may shrink, never grow. Written by scripts/check.py --fix.\n"


def load(root: pathlib.Path) -> dict[str, dict[str, int]]:
    """Return rule -> counts; empty if there is no file."""
    path = root / RATCHET
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def grown(rule: str, found: Counts, root: pathlib.Path) -> list[str]:
    """Return a line for each file that breaks a rule more often than it may.

    A file that was moved under its own name keeps what it was allowed.
    """
    allowed = load(root).get(rule, {})
    moved = {_last_part(name): count for name, count in allowed.items() if name not in found}
    lines = []
    for name, count in sorted(found.items()):
        limit = allowed.get(name, moved.get(_last_part(name), 0))
        if count > limit:
            lines.append(f"{name}: {count} x {rule}, allowed {limit}")
    return lines


def _last_part(name: str) -> str:
    """Return the file name of a path, or the last part of a module's name."""
    return name.rsplit("/", 1)[-1] if "/" in name else name.rsplit(".", 1)[-1]


def write(root: pathlib.Path, found: Mapping[str, Counts], *, may_grow: bool) -> None:
    """Write the counts of all rules; those that grew keep their limit unless ``may_grow``."""
    before = load(root)
    lines = [HEADING]
    for rule, counts in sorted(found.items()):
        kept = {}
        for name, count in counts.items():
            limit = count if may_grow else min(count, before.get(rule, {}).get(name, 0))
            kept.update({name: limit} if limit else {})
        if kept:
            lines.append(f"\n[{rule}]\n")
            lines += [f'"{name}" = {count}\n' for name, count in sorted(kept.items())]
    (root / RATCHET).write_text("".join(lines), encoding="utf-8")
