"""Version ranges in the notation of Kafka's schemas: "none", "3", "3-7", "3+"."""

from __future__ import annotations

from typing import NamedTuple

OPEN_END = 32767


class VersionRange(NamedTuple):
    """An inclusive range of versions; it is empty when `lowest` is above `highest`."""

    lowest: int
    highest: int

    def __contains__(self, version: object) -> bool:
        return isinstance(version, int) and self.lowest <= version <= self.highest

    def intersect(self, other: VersionRange) -> VersionRange:
        """Return the versions that both ranges hold."""
        return VersionRange(max(self.lowest, other.lowest), min(self.highest, other.highest))

    @property
    def is_empty(self) -> bool:
        """Whether no version is in the range."""
        return self.lowest > self.highest

    def to_text(self) -> str:
        """Return the range in the notation of the schemas."""
        if self.is_empty:
            return "none"
        if self.highest == OPEN_END:
            return f"{self.lowest}+"
        return str(self.lowest) if self.lowest == self.highest else f"{self.lowest}-{self.highest}"


EMPTY = VersionRange(0, -1)


def parse_versions(text: str | None, default: VersionRange = EMPTY) -> VersionRange:
    """Return the range of a schema's text; None gives `default`.

    Raises:
        ValueError: the text is not a range.
    """
    if text is None:
        return default
    if text == "none":
        return EMPTY
    if text.endswith("+"):
        return VersionRange(int(text[:-1]), OPEN_END)
    lowest, _, highest = text.partition("-")
    return VersionRange(int(lowest), int(highest or lowest))
