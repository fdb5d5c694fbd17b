"""The fairness table of the benchmark: the longest wait of a quiet client beside loads that are small or huge.

The figure is the maximum over all rounds, never a median: a client that waits once has waited.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scripts.devtools.attack.case import Kind
from scripts.devtools.attack.cases import CASES
from scripts.devtools.attack.page import console_line
from scripts.devtools.attack.suite import GONE, Row, attack
from scripts.devtools.attack.target import Target

FAIRNESS_CASES = tuple(case for case in CASES if case.kind is not None)
SEED = 1


@dataclass(frozen=True, kw_only=True)
class Longest:
    """The longest wait beside one load: `waits_ms` by broker, without those beside which it was not played.

    `troubles` has what else went wrong, by broker.
    """

    case: str
    kind: Kind
    waits_ms: Mapping[str, float]
    troubles: Mapping[str, str]

    def is_missed(self, broker: str) -> bool:
        """Return whether a broker let the quiet client wait for longer than the target, or did worse."""
        return broker in self.troubles or self.waits_ms.get(broker, 0.0) > self.kind.target_ms


def measure(target: Target) -> list[Row]:
    """Play the loads of the table with a broker, telling each on the error output; return a row each."""
    return attack(target, FAIRNESS_CASES, SEED, lambda row: print(console_line(row), file=sys.stderr, flush=True))


def longest(rounds: Mapping[str, Sequence[Sequence[Row]]]) -> list[Longest]:
    """Return the worst of all rounds for each load, in the order of the loads; `rounds` are the rows by broker."""
    return [
        Longest(
            case=case.name,
            kind=case.kind,
            waits_ms={broker: max(waits) for broker, waits in _waits(rounds, case.name).items() if waits},
            troubles=_troubles(rounds, case.name),
        )
        for case in FAIRNESS_CASES
        if case.kind is not None
    ]


def _waits(rounds: Mapping[str, Sequence[Sequence[Row]]], case: str) -> dict[str, list[float]]:
    return {
        broker: [row.longest_ms for rows in played for row in rows if row.case == case and row.longest_ms is not None]
        for broker, played in rounds.items()
    }


def _troubles(rounds: Mapping[str, Sequence[Sequence[Row]]], case: str) -> dict[str, str]:
    troubles: dict[str, str] = {}
    for broker, played in rounds.items():
        for rows in played:
            outcomes = [row.outcome for row in rows if row.case == case and not row.is_well]
            if outcomes or all(row.case != case for row in rows):
                troubles[broker] = outcomes[0] if outcomes else f"not played: {GONE}"
    return troubles


def render(table: Sequence[Longest], brokers: Sequence[str]) -> str:
    """Return a Markdown table; what misses its target is bold and says so."""
    heads = "".join(f" {broker} |" for broker in brokers)
    lines = [f"| load beside the quiet client | kind | target |{heads}", "|---|---|---:|" + "---:|" * len(brokers)]
    for row in table:
        cells = "".join(f" {_cell(row, broker)} |" for broker in brokers)
        lines.append(f"| {row.case} | {row.kind.name} | {row.kind.target_ms:.0f} ms |{cells}")
    return "\n".join(lines) + "\n"


def _cell(row: Longest, broker: str) -> str:
    wait_ms = row.waits_ms.get(broker)
    text = "-" if wait_ms is None else f"{wait_ms:.0f} ms"
    if broker in row.troubles:
        text += f", {row.troubles[broker]}"
    return f"**{text} (missed)**" if row.is_missed(broker) else text
