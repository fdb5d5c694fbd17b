"""Plays the cases one after the other beside a quiet client, and measures that client's waits and the memory."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kafkalite.system.descriptors import descriptor_limit
from scripts.devtools.attack import loads
from scripts.devtools.attack.case import Case, Field, Misbehaved, NotPlayed
from scripts.devtools.attack.ledger import Ledger, Unreadable, read_partition
from scripts.devtools.attack.quiet import QuietClient
from scripts.devtools.attack.target import MemoryWatch, Target
from scripts.devtools.attack.topics import Topics, prepared_topics
from scripts.devtools.benchmark.wire import exchange

CROWD_COUNT = 1000
SUITE_MAX_S = 480.0
"""No case is begun after that; enough for each of them to use up its time."""

OWN_DESCRIPTOR_COUNT = 40
"""Descriptors of this process beside the connections of a load: the quiet client, its modules, its output."""

WELL = "answers, records intact"
GONE = "does not answer any more"
NOT_PLAYED = "not played: "
READ_BACK = "at the end: every acknowledged record"
READ_ATTACKED = "at the end: what the loads have written"


@dataclass(frozen=True, kw_only=True)
class Row:
    """The effect of one case on one broker.

    `load` is the outcome of the load itself. The waits are None without a quiet client, `peak_mb` if the memory cannot
    be read.
    """

    case: str
    outcome: str
    load: str = "-"
    longest_ms: float | None = None
    median_ms: float | None = None
    peak_mb: float | None = None

    @property
    def is_well(self) -> bool:
        """Whether the broker went on answering and kept the quiet client's records."""
        return self.outcome == WELL

    @property
    def is_played(self) -> bool:
        """Whether the row says anything about the broker."""
        return not self.outcome.startswith(NOT_PLAYED)


def is_passed(rows: Sequence[Row]) -> bool:
    """Return whether loads were played, and all that were ended well; what found no time is no fault of a broker."""
    played = [row for row in rows if row.is_played]
    return bool(played) and all(row.is_well for row in played)


def attack(
    target: Target,
    cases: Sequence[Case],
    seed: int,
    on_row: Callable[[Row], None],
    *,
    crowd_count: int = CROWD_COUNT,
    place: str = "",
) -> list[Row]:
    """Play the cases, then read back what was written; return a row each, those of the end named with `place`.

    A broker that does not answer any more ends the suite. Raises as `prepared_topics`.
    """
    rows: list[Row] = []

    def enter(row: Row) -> Row:
        rows.append(row)
        on_row(row)
        return row

    end_s = time.monotonic() + SUITE_MAX_S
    with prepared_topics(target, seed, crowd_count, is_full=any(case.reads_full_topic for case in cases)) as topics:
        ledger = Ledger(target, topics.quiet)
        for case in cases:
            if time.monotonic() > end_s:
                enter(Row(case=case.name, outcome=f"{NOT_PLAYED}no time"))
            elif enter(play(target, case, topics, ledger, random.Random(f"{seed} {case.name}"))).outcome == GONE:
                return rows
        if any(row.is_played for row in rows):
            enter(read_back(ledger, place))
            enter(read_attacked(target, topics.attacked, place))
    return rows


def play(target: Target, case: Case, topics: Topics, ledger: Ledger, rng: random.Random) -> Row:
    """Play one case beside a quiet client and return its row."""
    if case.connection_count + OWN_DESCRIPTOR_COUNT > descriptor_limit():
        needed = (
            f"needs {case.connection_count} connections, this process may have {descriptor_limit()} open (ulimit -n)"
        )
        return Row(case=case.name, outcome=NOT_PLAYED + needed)
    field = Field(target, topics.attacked, topics.full, topics.compacted, list(topics.made), rng)
    run = case.prepare(field)
    load, trouble = "-", ""
    quiet, memory = QuietClient(target, ledger), MemoryWatch(target)
    with memory.watching(), quiet.running():
        field.begin()
        try:
            load = run()
        except Misbehaved as problem:
            trouble = str(problem)
        except (NotPlayed, OSError) as problem:
            trouble = NOT_PLAYED + (str(problem) or type(problem).__name__)
        quiet.wait_for_one_more()
    return Row(
        case=case.name,
        load=load,
        longest_ms=quiet.longest_ms,
        median_ms=quiet.median_ms,
        peak_mb=memory.peak_mb,
        outcome=judge(target, [*quiet.troubles, trouble] if trouble else quiet.troubles),
    )


def judge(target: Target, troubles: Sequence[str]) -> str:
    """Return the outcome in words."""
    if not _answers(target):
        return GONE
    return troubles[0] if troubles else WELL


def read_back(ledger: Ledger, place: str = "") -> Row:
    """Return the row that says whether every acknowledged record of the quiet client is there."""
    try:
        outcome = ledger.loss_in_words() or WELL
    except (Unreadable, OSError) as problem:
        outcome = f"cannot be read: {problem}"
    return Row(case=READ_BACK + place, load=f"{len(ledger.values):,} records", outcome=outcome)


def read_attacked(target: Target, topic: str, place: str = "") -> Row:
    """Return the row that says whether a consumer can read to the end of the topic that got mutated batches."""
    count, outcome = 0, WELL
    try:
        for _ in read_partition(target, topic):
            count += 1
    except (Unreadable, OSError) as problem:
        outcome = f"cannot be read: {problem}"
    return Row(case=READ_ATTACKED + place, load=f"{count:,} records", outcome=outcome)


def _answers(target: Target) -> bool:
    try:
        with target.connect() as connection:
            exchange(connection, loads.framed(loads.header(loads.API_VERSIONS, 0)))
    except OSError:
        return False
    return True
