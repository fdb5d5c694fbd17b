"""The reviewed list of intended differences."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files
from typing import Any

from kafkalite.conformance.comparison import Difference, plain_path

_ANYTHING = object()


@dataclass(frozen=True, kw_only=True, eq=False)
class IntendedDifference:
    """One row of `intended_differences.toml`; its keys are explained there."""

    api: str
    reason: str
    path: str
    conversation: str = "*"
    versions: frozenset[int] | None = None
    where: tuple[str, ...] = ()
    ours: Any = field(default=_ANYTHING)

    def names(self, conversation: str) -> bool:
        """Return whether the row is about a conversation of that name."""
        return fnmatchcase(conversation, self.conversation)

    def covers(self, api: str, conversation: str, version: int, difference: Difference) -> bool:
        """Return whether a difference is this one."""
        return (
            self.api in (api, "*")
            and self.names(conversation)
            and (self.versions is None or version in self.versions)
            and fnmatchcase(plain_path(difference.path), self.path)
            and (not self.where or any(text in difference.path for text in self.where))
            and (self.ours is _ANYTHING or self.ours == difference.actual)
        )


def parse_intended(text: str) -> tuple[IntendedDifference, ...]:
    """Return the rows of a file.

    Raises:
        TypeError: a row has an unknown key.
    """
    rows = []
    for row in tomllib.loads(text).get("difference", ()):
        versions = row.pop("versions", "all")
        where = row.pop("where", ())
        row["where"] = (where,) if isinstance(where, str) else tuple(where)
        rows.append(IntendedDifference(**row, versions=None if versions == "all" else frozenset(versions)))
    return tuple(rows)


@cache
def load_intended() -> tuple[IntendedDifference, ...]:
    """Return the rows that ship with kafkalite."""
    path = files("kafkalite.conformance").joinpath("intended_differences.toml")
    return parse_intended(path.read_text(encoding="utf-8"))
