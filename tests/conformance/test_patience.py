"""How long a run waits."""

from __future__ import annotations

from kafkalite.conformance.patience import Limits, Patience
from tests.conformance.patient import ManualPatience


def test_a_deadline_passes_with_the_clock() -> None:
    patience = ManualPatience(pause_s=1.0)
    deadline_s = patience.now_s() + 2.5
    for _ in range(2):
        patience.pause()
        assert not patience.is_over(deadline_s)
    patience.pause()
    assert patience.is_over(deadline_s)


def test_the_time_of_the_run_is_used_up() -> None:
    patience = ManualPatience(run_s=3.0, pause_s=1.5)
    assert not patience.is_used_up
    patience.pause()
    patience.pause()
    assert patience.is_used_up


def test_a_stop_ends_pauses_and_repetitions_at_once() -> None:
    patience = Patience(Limits(pause_s=3600.0))
    patience.stop()
    patience.pause()
    assert patience.is_stopped
    assert patience.is_over(patience.now_s() + 3600)


def test_what_was_silent_before_is_waited_for_less_long() -> None:
    patience = ManualPatience()
    assert patience.answer_s("Fetch", 4) == 15.0
    patience.note_silence("Fetch", 4)
    assert (patience.answer_s("Fetch", 4), patience.answer_s("Fetch", 5)) == (1.0, 15.0)


def test_what_did_not_come_before_is_waited_for_less_long() -> None:
    patience = ManualPatience()
    patience.note_vain_wait("a step")
    assert (patience.repeat_s("a step"), patience.repeat_s("another")) == (2.0, 15.0)
