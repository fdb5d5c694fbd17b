"""Consumer groups: sharing, leaving, committed offsets, and what administrators see of them.

Any rebalance may let a record be read twice whose reader lost the partition before its commit; none may be lost.
"""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack, closing

from compat_tests.clients.group_members import Member, wait_until
from compat_tests.clients.model import Client, ClientError, Record
from compat_tests.clients.scenarios.kit import NEGOTIATED, Kit, check_error, poll, scenario

PARTITION_COUNT = 4


def _write(kit: Kit, topic: str, start: int, count: int) -> set[bytes]:
    """Write numbers evenly to all partitions and return them."""
    values = [b"%06d" % number for number in range(start, start + count)]
    kit.reference.produce(topic, [Record(value, partition=i % PARTITION_COUNT) for i, value in enumerate(values)])
    return set(values)


def _is_shared(*group: Member) -> bool:
    """Return whether each partition has one owner, and all members own equally many."""
    owned = Counter(partition for member in group for partition in member.owned)
    is_even = {len(member.owned) for member in group} == {PARTITION_COUNT // len(group)}
    return is_even and len(owned) == PARTITION_COUNT


def _read_by(*group: Member) -> set[bytes]:
    return {value for member in group for _, value in list(member.read)}


@scenario("groups", NEGOTIATED)
def group_with_rebalance(client: Client, kit: Kit) -> None:
    """Two members share, one leaves, the other goes on; all is read, and committed in the end."""
    topic = kit.create_topic(PARTITION_COUNT)
    written = _write(kit, topic, 0, 40)
    with ExitStack() as left_open:
        first = left_open.enter_context(closing(client.open_member(topic, topic)))
        wait_until(lambda: _is_shared(first), [first], "the first member owns all")
        second = left_open.enter_context(closing(client.open_member(topic, topic)))
        both = (first, second)
        wait_until(lambda: _is_shared(*both), both, "both own half")
        written |= _write(kit, topic, 40, 40)
        wait_until(lambda: _read_by(*both) == written, both, "everything was read")
        first.close()
        wait_until(lambda: _is_shared(second), [second], "the second member owns all")
        late = _write(kit, topic, 80, 40)
        wait_until(lambda: late <= _read_by(second), [second], "what is new was read")
    poll(lambda: kit.find_committed(topic) == dict.fromkeys(range(PARTITION_COUNT), 30))
    counted = Counter(value for member in both for _, value in member.read)
    assert set(counted) == written | late
    assert {value: count for value, count in counted.items() if value in late and count > 1} == {}


@scenario("groups")
def group_resumes_from_its_commit(client: Client, kit: Kit) -> None:
    """A member that comes after all others have left reads what they have not committed, and nothing else."""
    topic = kit.create_topic(PARTITION_COUNT)
    for start, count in ((0, 40), (40, 20)):
        written = _write(kit, topic, start, count)
        with closing(client.open_member(topic, topic)) as member:
            wait_until(lambda: written <= _read_by(member), [member], "everything was read")  # noqa: B023
        assert sorted(value for _, value in member.read) == sorted(written)
        poll(lambda: sum(kit.find_committed(topic).values()) == start + count)  # noqa: B023


@scenario("describe groups")
def describes_groups(client: Client, kit: Kit) -> None:
    """Members and their assignor while there are some, and what was committed, also afterwards."""
    topic = kit.create_topic(PARTITION_COUNT)
    _write(kit, topic, 0, 8)
    with closing(kit.reference.open_member(topic, topic)) as member:
        wait_until(lambda: len(member.read) == 8, [member], "everything was read")
        group = client.describe_group(topic)
        assert (group.type, group.assignor, group.member_count) in (("Classic", "range", 1), (None, "range", 1))
    expected = dict.fromkeys(range(PARTITION_COUNT), 2)
    poll(lambda: client.describe_group(topic)[2:] == (0, expected))


@scenario("delete groups")
def deletes_groups(client: Client, kit: Kit) -> None:
    """Not while there are members, and not twice; its offsets are gone with it."""
    topic = kit.create_topic(PARTITION_COUNT)
    _write(kit, topic, 0, 4)
    with closing(kit.reference.open_member(topic, topic)) as member:
        wait_until(lambda: len(member.read) == 4, [member], "everything was read")
        check_error("NON_EMPTY_GROUP", client.delete_group, topic)
    poll(lambda: _is_deleted(client, topic))
    assert kit.find_committed(topic) == {}
    check_error("GROUP_ID_NOT_FOUND", client.delete_group, topic)


def _is_deleted(client: Client, group_id: str) -> bool:
    try:
        client.delete_group(group_id)
    except ClientError as error:
        assert error.name == "NON_EMPTY_GROUP"  # the member's leaving is on its way
        return False
    return True
