"""The definition of a load: its name, its place in the tables, and the words for its outcome."""

from __future__ import annotations

import errno
import random
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from scripts.devtools.attack.target import Target

CASE_MAX_S = 12.0
"""Time after which a load begins no further step."""

NO_DESCRIPTORS = (errno.EMFILE, errno.ENFILE)
SHORTEST_WAIT_S = 0.1


class NotPlayed(Exception):
    """The load could not be played; the message says why. It says nothing about the broker."""


class Misbehaved(Exception):
    """The broker misbehaved on the load's own connection; the message says how."""


@dataclass(frozen=True)
class Kind:
    """A kind of load in the fairness table, and how long a quiet client may wait beside it."""

    name: str
    target_ms: float


FLOOD = Kind("flood of small requests", 100.0)
HUGE = Kind("one huge request", 500.0)


@dataclass
class Field:
    """The environment of a load: the target, the topics made for it, its random numbers, and its deadline.

    `made` are names of topics that do not exist yet: those that a load creates are deleted with the others.
    """

    target: Target
    topic: str
    full_topic: str
    compacted_topic: str
    made: list[str]
    rng: random.Random
    deadline_s: float = float("inf")

    def begin(self) -> None:
        """Start the time of the load: its preparation does not count."""
        self.deadline_s = time.monotonic() + CASE_MAX_S

    @property
    def is_over(self) -> bool:
        """Whether the time of the load is used up."""
        return time.monotonic() > self.deadline_s

    @property
    def left_s(self) -> float:
        """Seconds until the deadline, at least a tenth: a timeout for a socket."""
        return max(self.deadline_s - time.monotonic(), SHORTEST_WAIT_S)


Play = Callable[[], str]
"""Plays a load and returns its outcome, in words.

Raises:
    NotPlayed: the load could not be played.
    Misbehaved: the broker misbehaved.
"""

Prepare = Callable[[Field], Play]
"""Makes the bytes of a load before the quiet client starts: building them would hold up that client, not the broker."""


@dataclass(frozen=True)
class Case:
    """A load with its name in the table.

    `kind` is its place in the fairness table, `reads_full_topic` requests a topic of 54 MB, and `connection_count` is
    the number of connections it holds at a time.
    """

    name: str
    prepare: Prepare
    kind: Kind | None = None
    reads_full_topic: bool = False
    connection_count: int = 20


def prepared(run: Callable[[Field], str]) -> Prepare:
    """Return the preparation of a load that has nothing to prepare."""
    return lambda field: lambda: run(field)


@dataclass
class Tally:
    """Counts the outcomes of the parts of a load; used by several threads. `is_cut`: there was no time for all."""

    counts: Counter[str] = field(default_factory=Counter)
    is_cut: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, word: str, count: int = 1) -> None:
        """Count an outcome."""
        with self._lock:
            self.counts[word] += count

    def fail(self, problem: OSError) -> None:
        """Count the end of a connection.

        Raises:
            NotPlayed: this process has no descriptors left.
        """
        if problem.errno in NO_DESCRIPTORS:
            raise NotPlayed("this process has no descriptors left (ulimit -n)") from problem
        if isinstance(problem, TimeoutError):
            self.add("unanswered")
        elif isinstance(problem, ConnectionError):
            self.add("closed by the broker")
        else:
            self.add(f"{type(problem).__name__} {problem.strerror or problem}")

    def connect(self, target: Target) -> socket.socket | None:
        """Return a new connection; None, after counting the failure, if there is none.

        Raises:
            NotPlayed: this process has no descriptors left.
        """
        try:
            return target.connect()
        except OSError as problem:
            if problem.errno in NO_DESCRIPTORS:
                self.fail(problem)
            self.add("not connected")
            return None

    def account(self) -> str:
        """Return the counts in words.

        Raises:
            NotPlayed: not one connection was made.
        """
        if not self.counts or set(self.counts) == {"not connected"}:
            raise NotPlayed("no connection came about")
        text = ", ".join(f"{count:,} {word}" for word, count in self.counts.most_common())
        return f"{text}, then the time was up" if self.is_cut else text
