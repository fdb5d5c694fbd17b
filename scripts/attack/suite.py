"""Plays the cases one after the other beside a quiet client, and measures what that client and the memory tell."""

from __future__ import annotations

import contextlib
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from scripts.attack import loads
from scripts.attack.cases import CASE_MAX_S, Case, Field
from scripts.attack.quiet import QuietClient
from scripts.attack.target import MemoryWatch, Target
from scripts.benchmark.wire import create_topic, exchange

TOPIC_COUNT = 1000
TOPICS_AT_ONCE = 100
FULL_BATCH_BYTES = 900_000
FULL_BATCHES = 60
SUITE_MAX_S = 240.0
"""No case is begun after that."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """What one case did to one broker; `peak_mb` None where the memory cannot be read."""

    case: str
    longest_ms: float
    median_ms: float
    peak_mb: float | None
    outcome: str

    @property
    def is_well(self) -> bool:
        """Whether the broker went on answering and kept the quiet client's records."""
        return self.outcome == WELL


WELL = "answers, records intact"


def attack(
    target: Target, cases: Sequence[Case], seed: int, on_row: Callable[[Row], None], *, topic_count: int = TOPIC_COUNT
) -> list[Row]:
    """Play the cases; return a row each. A broker that does not answer any more ends the suite."""
    rows: list[Row] = []
    end_s = time.monotonic() + SUITE_MAX_S
    with prepared(target, seed, topic_count, is_full=any(not case.is_small for case in cases)) as topics:
        for case in cases:
            if time.monotonic() > end_s:
                rows.append(Row(case=case.name, longest_ms=0, median_ms=0, peak_mb=None, outcome="not played: no time"))
            else:
                rows.append(play(target, case, topics, random.Random(f"{seed} {case.name}")))
            on_row(rows[-1])
            if rows[-1].outcome == GONE:
                break
    return rows


GONE = "does not answer any more"


@dataclass(frozen=True)
class Topics:
    """The names that one suite uses."""

    quiet: str
    attacked: str
    full: str
    compacted: str
    crowd: tuple[str, ...] = ()

    @property
    def all(self) -> list[str]:
        """Every name, and the one that a mutated request may make."""
        return [self.quiet, self.attacked, self.full, self.compacted, loads.ONLY_TRIED, *self.crowd]


@contextlib.contextmanager
def prepared(target: Target, seed: int, topic_count: int, *, is_full: bool) -> Iterator[Topics]:
    """Make the topics of a suite, one of them with 54 MB where `is_full`, and delete them afterwards."""
    start = f"attack-{seed}-{time.monotonic_ns() % 10**9}"
    crowd = tuple(f"{start}-crowd-{number}" for number in range(topic_count))
    topics = Topics(f"{start}-quiet", f"{start}-attacked", f"{start}-full", f"{start}-compacted", crowd)
    for name in (topics.quiet, topics.attacked, topics.full):
        create_topic(target.host, target.port, name)
    with target.connect() as connection:
        connection.settimeout(60.0)
        exchange(connection, loads.create_topics([topics.compacted], compact=True))
        for first in range(0, topic_count, TOPICS_AT_ONCE):
            exchange(connection, loads.create_topics(list(crowd[first : first + TOPICS_AT_ONCE])))
    if is_full:
        with target.connect() as connection:
            for _ in range(FULL_BATCHES):
                exchange(connection, loads.produce(topics.full, loads.plain_batch(1, FULL_BATCH_BYTES)))
    try:
        yield topics
    finally:
        with contextlib.suppress(OSError), target.connect() as connection:
            connection.settimeout(60.0)
            for first in range(0, len(topics.all), TOPICS_AT_ONCE):
                exchange(connection, loads.delete_topics(topics.all[first : first + TOPICS_AT_ONCE]))


def play(target: Target, case: Case, topics: Topics, rng: random.Random) -> Row:
    """Play one case beside a quiet client and return its row."""
    field = Field(target, topics.attacked, topics.full, topics.compacted, rng, time.monotonic() + CASE_MAX_S)
    quiet, memory = QuietClient(target, topics.quiet), MemoryWatch(target)
    with memory.watching(), quiet.running():
        with contextlib.suppress(OSError):
            case.run(field)
        quiet.wait_for_one_more()
    return Row(
        case=case.name,
        longest_ms=quiet.longest_ms,
        median_ms=quiet.median_ms,
        peak_mb=memory.peak_mb,
        outcome=judge(target, quiet.troubles),
    )


def judge(target: Target, troubles: Sequence[str]) -> str:
    """Return the outcome in words."""
    if not _answers(target):
        return GONE
    return troubles[0] if troubles else WELL


def _answers(target: Target) -> bool:
    try:
        with target.connect() as connection:
            exchange(connection, loads.framed(loads.header(loads.API_VERSIONS, 0)))
    except OSError:
        return False
    return True
