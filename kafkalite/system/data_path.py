"""Checks that a path can be the data directory, with messages for the user, before anything is written.

They cover only problems for which the system has a bare error number, and directories of other programs; the storage
reports all others.
"""

from __future__ import annotations

import os
import stat
from typing import NamedTuple

OWN_MARK = "meta.properties"
"""The file that identifies a directory of records, kafkalite's or Kafka's."""

_SHOWN_COUNT = 3
"""Maximum number of foreign entries in a message."""

_MARKED_SUFFIXES = ("-delete", "-stray", "-future")


class ForeignEntries(NamedTuple):
    """The entries of a directory without records, by name; hidden entries and ``lost+found`` do not count.

    Attributes:
        directories: those without the name of a partition.
        files: neither hidden nor Kafka's.
    """

    directories: list[str]
    files: list[str]


def find_obstacle(path: str) -> str | None:
    """Return why ``path`` cannot become the data directory, as a text to follow its name; None if it can."""
    try:
        state = os.stat(path)
    except FileNotFoundError:
        return _find_obstacle_above(path)
    except OSError as problem:
        return f"cannot be used: {(problem.strerror or str(problem)).lower()}"
    except ValueError as problem:  # a zero byte in the path
        return f"is no path: {problem}"
    if not stat.S_ISDIR(state.st_mode):
        return "is a file, and a directory is needed"
    return _find_missing_right(path)


def find_foreign(path: str) -> ForeignEntries | None:
    """Return the content of a directory without records; None if it has records or cannot be listed."""
    try:
        names = sorted(os.listdir(path))
    except OSError:
        return None
    if OWN_MARK in names:
        return None
    seen = [name for name in names if not name.startswith(".") and name != "lost+found"]
    directories = [name for name in seen if os.path.isdir(f"{path}/{name}")]
    files = [name for name in seen if name not in directories and not name.endswith(("checkpoint", ".tmp"))]
    return ForeignEntries([name for name in directories if not _is_partition(name)], files)


def shown_names(names: list[str]) -> str:
    """Return the first names, and the number of further ones."""
    more = len(names) - _SHOWN_COUNT
    return ", ".join(names[:_SHOWN_COUNT]) + (f" and {more} more" if more > 0 else "")


def _find_obstacle_above(path: str) -> str | None:
    """Return why a directory cannot be created: its nearest existing parent decides."""
    try:
        above = os.path.dirname(os.path.abspath(path))
    except FileNotFoundError:  # a relative path without an existing working directory
        return "cannot be made: the working directory is gone"
    while not os.path.lexists(above) and os.path.dirname(above) != above:
        above = os.path.dirname(above)
    if not os.path.isdir(above):
        return f"cannot be made: {above} is a file"
    obstacle = _find_missing_right(above)
    return None if obstacle is None else f"cannot be made: {above} {obstacle}"


def _find_missing_right(directory: str) -> str | None:
    if os.access(directory, os.R_OK | os.W_OK | os.X_OK):
        return None
    if hasattr(os, "statvfs") and os.statvfs(directory).f_flag & getattr(os, "ST_RDONLY", 1):
        return "is on a file system that is mounted read-only"
    user = f"user {os.geteuid()}" if hasattr(os, "geteuid") else "this user"
    return f"may not be read and written by {user}"


def _is_partition(name: str) -> bool:
    """Return whether a directory has the name ``<topic>-<partition>``, even if it waits for its removal."""
    for suffix in _MARKED_SUFFIXES:
        if name.endswith(suffix):
            name = name.removesuffix(suffix).rpartition(".")[0]
    topic, _, partition = name.rpartition("-")
    return bool(topic) and partition.isascii() and partition.isdigit()
