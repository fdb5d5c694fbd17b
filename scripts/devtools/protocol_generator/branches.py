"""Into which ranges of versions the code of a struct is divided: one straight-line branch each."""

from __future__ import annotations

from .specs import Message, Struct
from .versions import VersionRange

#: Produce and Fetch: their newest layouts, flexible and not, get branches of their own, without version conditions.
_HOT_API_KEYS = (0, 1)


def branches_of(message: Message, struct: Struct) -> list[tuple[VersionRange, bool]]:
    """Return (versions, whether they are flexible), newest first; together they cover the struct's versions."""
    flexible = struct.versions.intersect(message.flexible)
    rigid = VersionRange(struct.versions.lowest, min(struct.versions.highest, message.first_flexible_version - 1))
    branches: list[tuple[VersionRange, bool]] = []
    for versions, is_flexible in ((flexible, True), (rigid, False)):
        if versions.is_empty:
            continue
        newest = _newest_layout(message, struct, versions)
        if newest != versions:
            branches.append((newest, is_flexible))
            versions = VersionRange(versions.lowest, newest.lowest - 1)
        branches.append((versions, is_flexible))
    return branches


def _newest_layout(message: Message, struct: Struct, versions: VersionRange) -> VersionRange:
    """Return the versions at the end of a range that carry the same untagged fields, if the message is a hot one."""
    if message.api_key not in _HOT_API_KEYS or message.type not in ("request", "response"):
        return versions
    changes = {
        change
        for field in struct.fields
        if field.tag is None
        for change in (field.versions.lowest, field.versions.highest + 1)
        if change in versions
    }
    return VersionRange(max(changes | {versions.lowest}), versions.highest)


def opening(branches: list[tuple[VersionRange, bool]], number: int) -> str:
    """Return the line that opens a branch; "" when there is only one."""
    if len(branches) == 1:
        return ""
    if number == len(branches) - 1:
        return "else:"
    return f"{'if' if number == 0 else 'elif'} version >= {branches[number][0].lowest}:"
