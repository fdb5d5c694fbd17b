"""Each rule, applied to a history that keeps it and to one that breaks it."""

from __future__ import annotations

import pytest

from kafkalite.model.identifiers import TopicPartition
from kafkalite.testing.simulation.checkers import Broken, check
from kafkalite.testing.simulation.history import (
    ABORTED,
    COMMITTED,
    IN_DOUBT,
    OPEN,
    Commit,
    History,
    Incarnation,
    LogRecord,
    Lookup,
    Ownership,
    Stint,
    Transaction,
    Written,
)

ORDERS = TopicPartition("orders", 0)
OTHER = TopicPartition("orders", 1)
GROUP = "readers"


class Told(History):
    """A history with two acknowledged records of one producer in the log."""

    def __init__(self) -> None:
        super().__init__()
        self.first, self.second = self.write(1, 0), self.write(2, 1)
        self.logs = {ORDERS: [LogRecord(0, b"writer 1", True), LogRecord(1, b"writer 2", True)], OTHER: []}
        self.end_offsets = {ORDERS: 2, OTHER: 0}

    def write(self, number: int, offset: int | None, transaction: Transaction | None = None) -> Written:
        written = Written("writer", number, ORDERS, transaction)
        written.offset = offset
        self.written[written.value] = written
        return written

    def transact(self, state: str, *, committed_offset: int = -1) -> Transaction:
        transaction = Transaction("transactions", len(self.transactions))
        transaction.state, transaction.committed_offset = state, committed_offset
        transaction.records = [self.first, self.second]
        self.transactions.append(transaction)
        return transaction

    def read(self, *read: tuple[int, bytes], position: int, is_read_committed: bool = False) -> None:
        stint = Stint("reader", ORDERS, 0, is_read_committed=is_read_committed)
        stint.read, stint.position = list(read), position
        self.stints.append(stint)

    def commit(self, offset: int, *, is_completed: bool = True) -> None:
        commit = Commit(GROUP, "member", ORDERS, offset, self.now())
        commit.completed_at = self.now() if is_completed else None
        self.commits.append(commit)
        self.final_commits[GROUP, ORDERS] = offset

    def look_up(self, offset: int) -> None:
        self.lookups.append(Lookup(GROUP, ORDERS, offset, self.now(), self.now()))

    def own(self, member: str, generation: int = -1, from_ms: int = 0, lapses_ms: int = 1000) -> Ownership:
        ownership = Ownership(GROUP, generation, member, ORDERS, from_ms, lapses_ms)
        self.ownerships.append(ownership)
        return ownership


@pytest.fixture
def told() -> Told:
    return Told()


def breaks(told: Told, words: str) -> None:
    with pytest.raises(Broken, match=words):
        check(told)


def test_acknowledged_records_are_where_the_broker_said(told: Told) -> None:
    check(told)
    told.second.offset = 0
    breaks(told, "record 2 of writer was acknowledged, and there is b'writer 1'")
    told.second.offset = 7
    breaks(told, "record 2 of writer was acknowledged, and there is None")


def test_records_are_there_once(told: Told) -> None:
    told.logs[ORDERS].append(LogRecord(2, b"writer 1", True))
    breaks(told, "record 1 of writer is in orders-0 2 times")


def test_records_are_where_they_were_sent(told: Told) -> None:
    told.logs[OTHER].append(LogRecord(0, b"nobody's", True))
    breaks(told, "which it was not sent to|where it was not sent")


def test_records_are_in_their_order(told: Told) -> None:
    told.first.offset = told.second.offset = None
    told.logs[ORDERS] = [LogRecord(0, b"writer 2", True), LogRecord(1, b"writer 1", True)]
    breaks(told, "record 1 of writer is in orders-0 after number 2")


@pytest.mark.parametrize("state", [COMMITTED, IN_DOUBT, ABORTED, OPEN])
def test_transactions_count_as_a_whole(told: Told, state: str) -> None:
    told.transact(state)
    told.logs[ORDERS][1] = LogRecord(1, b"writer 2", False)
    breaks(told, "1 of the 2 records")


@pytest.mark.parametrize(("state", "is_there", "is_right"), [
    (COMMITTED, True, True), (COMMITTED, False, False), (ABORTED, True, False), (ABORTED, False, True),
    (IN_DOUBT, True, True), (IN_DOUBT, False, True),
])  # fmt: skip
def test_transactions_are_as_their_producer_was_told(told: Told, state: str, is_there: bool, is_right: bool) -> None:
    told.transact(state)
    told.logs[ORDERS] = [LogRecord(record.offset, record.value, is_there) for record in told.logs[ORDERS]]
    if is_right:
        check(told)
    else:
        breaks(told, "transaction 0")


def test_the_offset_of_a_transaction_counts_with_it(told: Told) -> None:
    told.transact(COMMITTED, committed_offset=4)
    breaks(told, "-1 is committed, and the last transaction committed 4")
    told.final_commits["offsets of transactions", ORDERS] = 4
    check(told)


@pytest.mark.parametrize(("invoked_at", "epoch", "is_right"), [(9, 0, True), (11, 0, False), (11, 1, False)])
def test_a_fenced_producer_does_nothing(told: Told, invoked_at: int, epoch: int, is_right: bool) -> None:
    older = Incarnation("older", "transactions", 7, 0, 1)
    newer = Incarnation("newer", "transactions", 7, 1, 5)
    newer.began_at = 10
    older.acknowledged.append((invoked_at, "EndTxnRequest", epoch))
    told.incarnations += [older, newer]
    if is_right:
        check(told)
    else:
        breaks(told, "EndTxnRequest of older with epoch . was carried out")


def test_readers_see_all_of_it_in_its_order(told: Told) -> None:
    told.read((0, b"writer 1"), (1, b"writer 2"), position=2)
    check(told)
    told.stints[0].read.reverse()
    breaks(told, "read offset 0 of orders-0 after 1")
    told.stints[0].read = [(1, b"writer 2")]
    breaks(told, "it read .1, b'writer 2'., and the log has .0, b'writer 1'.")
    told.stints[0].read = [(0, b"writer 1")]
    breaks(told, "it read 1 records, and the log has 2")
    told.stints[0].position = 1
    check(told)


def test_readers_of_committed_records_see_those(told: Told) -> None:
    told.logs[ORDERS][1] = LogRecord(1, b"writer 2", False)
    told.read((0, b"writer 1"), position=2, is_read_committed=True)
    check(told)
    told.read((0, b"writer 1"), position=2)
    breaks(told, "it read 1 records, and the log has 2")


def test_committed_offsets_do_not_go_back(told: Told) -> None:
    told.look_up(-1)
    told.commit(1)
    told.look_up(1)
    told.commit(2, is_completed=False)
    told.look_up(1)
    told.look_up(2)
    check(told)
    told.look_up(-1)
    breaks(told, "was answered -1, and 1 was committed before")
    told.lookups.pop()
    told.final_commits[GROUP, ORDERS] = 0
    breaks(told, "1 was committed, and in the end it is less")


def test_committed_offsets_are_those_of_members_and_in_the_log(told: Told) -> None:
    told.look_up(2)
    breaks(told, "was answered 2, which no member had committed")
    told.lookups.clear()
    told.commit(3)
    breaks(told, "3 is committed, orders-0 ends before")


@pytest.mark.parametrize(("generations", "is_right"), [((1, 2), True), ((1, 1), False)])
def test_a_generation_has_one_owner(told: Told, generations: tuple[int, int], is_right: bool) -> None:
    told.own("first", generations[0])
    told.own("second", generations[1])
    if is_right:
        check(told)
    else:
        breaks(told, "first and second both own orders-0")


def test_where_the_server_assigns_there_is_one_owner_at_a_time(told: Told) -> None:
    first = told.own("first", lapses_ms=1000)
    told.own("first", from_ms=10)  # again the same member
    told.own("second", from_ms=900)
    breaks(told, "first and second both own orders-0")
    first.lapses_ms = 900
    told.ownerships[1].lapses_ms = 900
    check(told)  # it may have been taken for dead
    first.lapses_ms = told.ownerships[1].lapses_ms = 1000
    first.released_ms = told.ownerships[1].released_ms = 900
    check(told)
