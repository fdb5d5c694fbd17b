"""Fetches wait for bytes, for their deadline, or for a change, and never twice."""

from __future__ import annotations

from kafkalite.broker.data.waiting_fetch import WaitingFetch
from kafkalite.broker.purgatory import CHANGED, Purgatory
from kafkalite.model.identifiers import TopicPartition
from kafkalite.system.timers import TimerQueue

ORDERS = TopicPartition("orders", 0)
USERS = TopicPartition("users", 0)


class StillClock:
    """A clock that the test sets."""

    def __init__(self) -> None:
        self.ms = 0

    def now_ms(self) -> int:
        return self.ms

    def monotonic_ms(self) -> int:
        return self.ms


class Room:
    """A purgatory with its clock and a record of who was answered."""

    def __init__(self) -> None:
        self.clock = StillClock()
        self.timers = TimerQueue(self.clock)
        self.purgatory = Purgatory(self.timers)
        self.answered: list[str] = []
        self.is_worth = False

    def park(self, name: str, *partitions: TopicPartition, missing: int = 1, recheck: bool = False) -> WaitingFetch:
        waiting = WaitingFetch(
            partitions,
            missing,
            lambda: self.answered.append(name),
            (lambda: self.is_worth) if recheck else None,
        )
        self.purgatory.park(waiting, 500)
        return waiting

    def at(self, ms: int) -> None:
        self.clock.ms = ms
        self.timers.run_due()


def test_growth_is_answered_only_when_drained() -> None:
    room = Room()
    room.park("a", ORDERS)
    room.purgatory.note(ORDERS, 100)
    assert room.answered == []
    room.purgatory.drain()
    assert room.answered == ["a"] and len(room.purgatory) == 0


def test_bytes_of_all_watched_partitions_add_up() -> None:
    room = Room()
    room.park("a", ORDERS, USERS, missing=100)
    room.purgatory.note(ORDERS, 60)
    room.purgatory.drain()
    assert room.answered == []
    room.purgatory.note(USERS, 40)
    room.purgatory.drain()
    assert room.answered == ["a"]


def test_the_deadline_answers_with_what_there_is() -> None:
    room = Room()
    room.park("a", ORDERS, missing=100)
    room.at(499)
    assert room.answered == []
    room.at(500)
    assert room.answered == ["a"] and len(room.purgatory) == 0


def test_an_answered_fetch_is_not_answered_by_its_deadline_again() -> None:
    room = Room()
    room.park("a", ORDERS)
    room.purgatory.note(ORDERS, 1)
    room.purgatory.drain()
    room.at(1000)
    assert room.answered == ["a"] and len(room.timers) == 0


def test_a_change_answers_everybody_on_the_partition_alone() -> None:
    room = Room()
    room.park("a", ORDERS, missing=10**9)
    room.park("b", USERS, missing=10**9)
    room.park("committed", ORDERS, recheck=True)
    room.purgatory.note_changes([ORDERS])
    room.purgatory.drain()
    assert sorted(room.answered) == ["a", "committed"]


def test_read_committed_waits_for_what_it_can_see() -> None:
    room = Room()
    room.park("a", ORDERS, recheck=True)
    room.purgatory.note(ORDERS, 10**6)
    room.purgatory.drain()
    assert room.answered == []
    room.is_worth = True
    room.purgatory.note(ORDERS, 1)
    room.purgatory.drain()
    assert room.answered == ["a"]


def test_an_abandoned_fetch_leaves_nothing_behind() -> None:
    room = Room()
    waiting = room.park("a", ORDERS, USERS)
    room.purgatory.abandon(waiting)
    room.purgatory.note(ORDERS, 100)
    room.purgatory.drain()
    room.at(1000)
    assert room.answered == [] and len(room.purgatory) == 0 and len(room.timers) == 0


def test_a_fetch_parked_while_draining_waits_for_new_growth() -> None:
    room = Room()
    again = WaitingFetch((ORDERS,), 1, lambda: room.answered.append("again"), None)
    first = WaitingFetch((ORDERS,), 1, lambda: room.purgatory.park(again, 500), None)
    room.purgatory.park(first, 500)
    room.purgatory.note(ORDERS, 1)
    room.purgatory.drain()
    assert room.answered == [] and len(room.purgatory) == 1


# ---- operations of other kinds -------------------------------------------------------------------------------------


class WaitingForTwo:
    """An operation that waits for two of anything, on keys of its own kind."""

    def __init__(self, *keys: str) -> None:
        self.keys = keys
        self.left = 2
        self.completed_with: list[int] = []

    def is_served(self, amount: int) -> bool:
        self.left -= amount
        return self.left <= 0

    def complete(self) -> None:
        self.completed_with.append(self.left)


def test_any_operation_can_wait_on_any_key() -> None:
    room = Room()
    waiting = WaitingForTwo("group-a", "group-b")
    room.purgatory.park(waiting, 500)
    room.park("a fetch", ORDERS)
    room.purgatory.note("group-a", 1)
    room.purgatory.drain()
    assert waiting.completed_with == [] and len(room.purgatory) == 2
    room.purgatory.note("group-b", 1)
    room.purgatory.drain()
    assert waiting.completed_with == [0] and room.answered == [] and len(room.purgatory) == 1


def test_a_key_that_is_gone_serves_whatever_is_missing() -> None:
    room = Room()
    waiting = WaitingForTwo("group-a")
    room.purgatory.park(waiting, 500)
    room.purgatory.note("group-a", CHANGED)
    room.purgatory.drain()
    room.at(1000)
    assert waiting.completed_with == [2]
