"""Rules for every history, independent of the behaviour of network, disk and clock.

Each checker ends with `Broken` at a violation. Checkers use only facts that clients can know: the requests that were
sent after a response had arrived.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from kafkalite.testing.simulation.history import ABORTED, COMMITTED
from kafkalite.testing.simulation.producers import OFFSETS_GROUP_OF

if TYPE_CHECKING:
    from collections.abc import Callable

    from kafkalite.model.identifiers import TopicPartition
    from kafkalite.testing.simulation.history import Commit, History, Stint


class Broken(AssertionError):
    """A broken promise of the broker."""


def check(history: History) -> None:
    """Check a history against every rule.

    Raises:
        Broken: the history violates a rule.
    """
    for checker in CHECKERS:
        checker(history)


def check_acknowledged(history: History) -> None:
    """Check that every acknowledged record is at its acknowledged offset."""
    at = {(partition, record.offset): record.value for partition, records in history.logs.items() for record in records}
    for written in history.written.values():
        if written.offset is not None:
            found = at.get((written.partition, written.offset))
            if found != written.value:
                raise Broken(f"{written} was acknowledged, and there is {found!r}")


def check_exactly_once(history: History) -> None:
    """Check that no record is present twice, in another partition, or without having been sent."""
    for partition, records in history.logs.items():
        for value, count in Counter(record.value for record in records).items():
            written = history.written.get(value)
            if count > 1:
                raise Broken(f"{written} is in {partition} {count} times")
            if written is None or written.partition != partition:
                raise Broken(f"{value!r} is in {partition}, where it was not sent")


def check_order(history: History) -> None:
    """Check that the records of a producer are in the order of sending."""
    for partition, records in history.logs.items():
        last: dict[str, int] = {}
        for record in records:
            written = history.written[record.value]
            if written.number <= last.get(written.producer, 0):
                raise Broken(f"{written} is in {partition} after number {last[written.producer]}")
            last[written.producer] = written.number


def check_transactions(history: History) -> None:
    """Check that each transaction and its offset are present entirely or not at all, as its producer was answered."""
    committed = {record.value for records in history.logs.values() for record in records if record.is_committed}
    last_offsets: dict[str, int] = {}
    for transaction in history.transactions:
        there = [written for written in transaction.records if written.value in committed]
        is_part = len(there) < len(transaction.records)
        if (transaction.state == COMMITTED or there) and is_part:
            raise Broken(f"{len(there)} of the {len(transaction.records)} records of {transaction} count")
        if transaction.state == ABORTED and there:
            raise Broken(f"{transaction} counts")
        if there and transaction.committed_offset >= 0:
            last_offsets[transaction.transactional_id] = transaction.committed_offset
    partition = min(history.logs, default=None)
    for transactional_id, offset in last_offsets.items():
        assert partition is not None
        group = OFFSETS_GROUP_OF.format(transactional_id)
        found = history.final_commits.get((group, partition), -1)
        if found != offset and not _is_from_doubt(history, transactional_id, found):
            raise Broken(f"{group}: {found} is committed, and the last transaction committed {offset}")


def _is_from_doubt(history: History, transactional_id: str, offset: int) -> bool:
    """Return whether an offset may come from any transaction of an id: rivals may commit in any order."""
    return any(
        transaction.committed_offset == offset and transaction.state != ABORTED
        for transaction in history.transactions
        if transaction.transactional_id == transactional_id
    )


def check_fencing(history: History) -> None:
    """Check that after a producer takes a transactional id over, no request with an earlier epoch is carried out."""
    for newer in history.incarnations:
        for older in history.incarnations:
            if older.transactional_id != newer.transactional_id or older is newer:
                continue
            for invoked_at, name, epoch in older.acknowledged:
                is_older = older.invoked_at < newer.invoked_at and epoch <= newer.producer_epoch
                if is_older and older.producer_id == newer.producer_id and invoked_at > newer.began_at:
                    raise Broken(
                        f"{name} of {older.name} with epoch {epoch} was carried out, and {newer.name} "
                        f"had taken {newer.transactional_id} over with epoch {newer.producer_epoch}"
                    )


def check_reading(history: History) -> None:
    """Check that every reader received all records of the log, in order."""
    for stint in history.stints:
        for (before, _), (after, _) in pairwise(stint.read):
            if after <= before:
                raise Broken(f"{stint.consumer} read offset {after} of {stint.partition} after {before}")
        expected = [
            (record.offset, record.value)
            for record in history.logs[stint.partition]
            if stint.start_offset <= record.offset < stint.position
            and (record.is_committed or not stint.is_read_committed)
        ]
        if stint.read != expected:
            raise Broken(
                f"{stint.consumer}, {stint.partition} from {stint.start_offset}: {_difference(stint, expected)}"
            )


def _difference(stint: Stint, expected: list[tuple[int, bytes]]) -> str:
    for seen, there in zip(stint.read, expected, strict=False):
        if seen != there:
            return f"it read {seen}, and the log has {there}"
    return f"it read {len(stint.read)} records, and the log has {len(expected)} there"


def check_offsets(history: History) -> None:
    """Check that committed offsets never go back, are within their log, and were committed by a member."""
    commits: dict[tuple[str, TopicPartition], list[Commit]] = defaultdict(list)
    for commit in history.commits:
        commits[commit.group, commit.partition].append(commit)
        if commit.completed_at is not None and commit.offset > history.end_offsets[commit.partition]:
            raise Broken(f"{commit.group}: {commit.offset} is committed, {commit.partition} ends before")
    for lookup in history.lookups:
        known = commits[lookup.group, lookup.partition]
        shown = f"OffsetFetch of {lookup.group} and {lookup.partition} was answered {lookup.offset}"
        completed = [
            each.offset for each in known if each.completed_at is not None and each.completed_at < lookup.invoked_at
        ]
        sent = [each.offset for each in known if each.invoked_at < lookup.completed_at]
        if lookup.offset < max(completed, default=-1):
            raise Broken(f"{shown}, and {max(completed)} was committed before")
        if lookup.offset not in (-1, *sent):
            raise Broken(f"{shown}, which no member had committed")
    for (group, partition), known in commits.items():
        completed = [each.offset for each in known if each.completed_at is not None]
        if history.final_commits.get((group, partition), -1) < max(completed, default=-1):
            raise Broken(f"{group}, {partition}: {max(completed)} was committed, and in the end it is less")


def check_owners(history: History) -> None:
    """Check that no partition has two owners: in one generation, or at one time if the server assigns."""
    owners = defaultdict(list)
    for ownership in history.ownerships:
        owners[ownership.group, ownership.partition].append(ownership)
    for (group, partition), known in owners.items():
        for number, first in enumerate(known):
            for second in known[number + 1 :]:
                if first.member == second.member:
                    continue
                if first.generation >= 0:
                    is_broken = first.generation == second.generation
                else:  # in the order in which members heard of them, so the second is not earlier
                    is_held = first.released_ms is None or second.from_ms < first.released_ms
                    is_broken = is_held and second.from_ms < first.lapses_ms
                if is_broken:
                    raise Broken(f"{group}: {first.member} and {second.member} both own {partition}")


CHECKERS: tuple[Callable[[History], None], ...] = (
    check_acknowledged,
    check_exactly_once,
    check_order,
    check_transactions,
    check_fencing,
    check_reading,
    check_offsets,
    check_owners,
)
