"""The waits of a run, through a clock and an event that are passed in, so that tests never sleep."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from kafkalite.system.clock import Clock, SystemClock


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Bounds of every wait for a broker, in seconds.

    `answer_s` is for one answer, `short_answer_s` for one of an API and version that did not answer before. `repeat_s`
    is for the repetitions of a step until the expected answer, `short_repeat_s` the same after a failure in another
    version of the conversation. `probe_s` is for the check that the broker still answers. `run_s` is for the whole run.
    """

    answer_s: float = 15.0
    short_answer_s: float = 1.0
    repeat_s: float = 15.0
    short_repeat_s: float = 2.0
    pause_s: float = 0.02
    probe_s: float = 5.0
    run_s: float = 600.0


class Patience:
    """The waits of one run. Thread-safe; `stop` ends all pauses at once.

    Args:
        limits: the bounds.
        clock: read for deadlines, and to decide whether a time in an answer is near now.
    """

    def __init__(self, limits: Limits | None = None, clock: Clock | None = None) -> None:
        self.limits = limits or Limits()
        self.clock = clock or SystemClock()
        self._stopped = threading.Event()
        self._disappointing: set[object] = set()
        self._end_s = self.now_s() + self.limits.run_s

    def now_s(self) -> float:
        """Return the seconds of the monotonic clock."""
        return self.clock.monotonic_ms() / 1000

    def pause(self) -> None:
        """Pause before a request is repeated."""
        self._stopped.wait(self.limits.pause_s)

    def stop(self) -> None:
        """End all pauses and repetitions."""
        self._stopped.set()

    @property
    def is_stopped(self) -> bool:
        """Whether the run was stopped."""
        return self._stopped.is_set()

    @property
    def is_used_up(self) -> bool:
        """Whether the time of the whole run is over."""
        return self.now_s() >= self._end_s

    def is_over(self, deadline_s: float) -> bool:
        """Return whether a deadline has passed, or the run was stopped."""
        return self._stopped.is_set() or self.now_s() > deadline_s

    def answer_s(self, api: str, version: int) -> float:
        """Return the time limit of an answer."""
        return self.limits.short_answer_s if (api, version) in self._disappointing else self.limits.answer_s

    def note_silence(self, api: str, version: int) -> None:
        """Note that an API did not answer: its next answer has a shorter limit."""
        self._disappointing.add((api, version))

    def repeat_s(self, what: str) -> float:
        """Return the time limit for the repetitions of the step named `what`."""
        return self.limits.short_repeat_s if what in self._disappointing else self.limits.repeat_s

    def note_vain_wait(self, what: str) -> None:
        """Note that the expected answer of a step did not come."""
        self._disappointing.add(what)
