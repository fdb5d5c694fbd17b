"""ListGroups, DescribeGroups and DeleteGroups of a shard."""

from __future__ import annotations

import pytest

from kafkalite.coordinators.group.classic.states import EMPTY, STABLE, STATES
from kafkalite.protocol import errors
from tests.coordinators.group.classic.stories import bring_to
from tests.coordinators.group.conversation import GROUP, SESSION_MS, Conversation, subscription
from tests.coordinators.group.offsets.test_commit import commit_transactional


def listed(talk: Conversation, states: list[str], types: list[str]) -> dict[str, tuple[str, str, str]]:
    groups = talk.shard.list_groups(states, types)
    return {one.group_id: (one.protocol_type, one.group_state, one.group_type) for one in groups}


@pytest.mark.parametrize(
    ("states", "types", "expected"),
    [
        ([], [], {GROUP, "simple"}),
        (["Stable"], [], {GROUP}),
        ([" stABLE ", "Dead"], [], {GROUP}),
        (["empty"], ["Classic"], {"simple"}),
        (["nonsense"], [], set()),
        ([], ["classic"], {GROUP, "simple"}),
        ([], ["consumer"], set()),
        ([], ["nonsense"], set()),
    ],
)
def test_groups_are_listed_by_state_and_type(
    talk: Conversation, states: list[str], types: list[str], expected: set[str]
) -> None:
    talk.make_stable()
    talk.commit({"t": {0: 1}}, group_id="simple")
    assert set(listed(talk, states, types)) == expected


def test_what_is_listed_of_a_group(talk: Conversation) -> None:
    talk.make_stable()
    talk.commit({"t": {0: 1}}, group_id="simple")
    assert listed(talk, [], []) == {GROUP: ("consumer", "Stable", "classic"), "simple": ("", "Empty", "classic")}


@pytest.mark.parametrize("state", STATES)
def test_a_group_is_described_in_every_state(talk: Conversation, state: str) -> None:
    story = bring_to(talk, state)
    group = talk.shard.describe_group(GROUP, 6)
    assert (group.error_code, group.group_state, group.protocol_type) == (errors.NONE, state, "consumer")
    assert group.protocol_data == ("range" if state == STABLE else "")
    assert {one.member_id for one in group.members} == (set() if state == EMPTY else {story.leader, story.follower})
    if state == STABLE:
        [leader] = [one for one in group.members if one.member_id == story.leader]
        assert (leader.client_id, leader.client_host) == ("client", "/127.0.0.1")
        assert (leader.member_metadata, leader.member_assignment) == (subscription("topic"), story.leader.encode())
    else:
        assert all(one.member_metadata == b"" for one in group.members)


@pytest.mark.parametrize(("version", "error"), [(5, errors.NONE), (6, errors.GROUP_ID_NOT_FOUND)])
def test_a_group_that_is_not_there_is_dead(talk: Conversation, version: int, error: int) -> None:
    group = talk.shard.describe_group("nothing", version)
    assert (group.group_id, group.group_state, group.error_code) == ("nothing", "Dead", error)
    assert (group.error_message is None) == (version < 6)


def delete(talk: Conversation, *group_ids: str) -> list[int]:
    results = talk.runtime.run(lambda shard: shard.delete_groups(group_ids))
    assert [result.group_id for result in results] == list(group_ids)
    return [result.error_code for result in results]


@pytest.mark.parametrize("state", STATES)
def test_only_empty_groups_are_deleted(talk: Conversation, state: str) -> None:
    """The table ON_DELETE, cell by cell."""
    bring_to(talk, state)
    assert delete(talk, GROUP) == [errors.NONE if state == EMPTY else errors.NON_EMPTY_GROUP]
    assert (GROUP in talk.shard.context.groups) == (state != EMPTY)


def test_a_group_is_deleted_with_all_its_offsets(talk: Conversation) -> None:
    talk.commit({"t": {0: 1, 1: 2}, "u": {0: 3}})
    commit_transactional(talk)
    talk.commit({"t": {0: 9}}, group_id="other")
    assert delete(talk, GROUP, "nothing") == [errors.NONE, errors.GROUP_ID_NOT_FOUND]
    assert talk.fetch(is_stable_required=True) == {}
    assert list(talk.shard.context.groups) == ["other"]
    talk.runtime.complete_transaction(9, 0, True, 0)
    assert talk.fetch() == {}


def test_an_id_that_was_handed_out_does_not_keep_its_group(talk: Conversation) -> None:
    member_id = talk.join().member_id
    assert delete(talk, GROUP) == [errors.NONE]
    assert talk.join(member_id).error == errors.UNKNOWN_MEMBER_ID
    talk.pass_time(SESSION_MS)
    assert talk.runtime.timers.keys() == ["expiration"]
