"""Results of a run's conversations, API by API."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kafkalite.conformance.runner import Verdict


@dataclass
class ApiTotals:
    """The results of the plays about one API."""

    api: str
    versions: list[int]
    plays: int = 0
    failed: int = 0
    skipped: int = 0
    intended: int = 0

    @property
    def verdict(self) -> str:
        """Return the totals as text."""
        words = [f"{self.failed} differ"] if self.failed else ["as the judge"]
        if self.intended:
            words.append(f"{self.intended} with intended differences")
        if self.skipped:
            words.append(f"{self.skipped} not compared")
        return ", ".join(words)


def totals(verdicts: Iterable[Verdict]) -> list[ApiTotals]:
    """Return the totals by API, in the order of the run."""
    found: dict[str, ApiTotals] = {}
    for verdict in verdicts:
        total = found.setdefault(verdict.conversation.api, ApiTotals(verdict.conversation.api, []))
        total.plays += 1
        total.versions += [] if verdict.version in total.versions else [verdict.version]
        total.failed += verdict.is_failed
        total.skipped += bool(verdict.skipped)
        total.intended += bool(verdict.intended)
    return list(found.values())


def version_range(versions: Iterable[int]) -> str:
    """Return "v4-18", or "v7" for a single version."""
    ordered = sorted(versions)
    return f"v{ordered[0]}" if ordered[0] == ordered[-1] else f"v{ordered[0]}-{ordered[-1]}"
