"""The results of appends: done already, or ending later."""

from __future__ import annotations

from kafkalite.storage.append import DoneAppend, PendingAppend


def test_a_done_append_calls_at_once() -> None:
    append = DoneAppend(7)
    called: list[int] = []
    append.then(lambda: called.append(append.position))
    append.wait()
    assert called == [7] and append.is_done and append.error is None


def test_a_pending_append_is_waited_for_until_it_ends() -> None:
    waited: list[str] = []

    def wait(waiting: PendingAppend) -> None:
        waited.append("waited")
        waiting.end()

    append = PendingAppend(3, wait)
    append.wait()
    append.wait()
    assert waited == ["waited"] and append.is_done and append.position == 3
