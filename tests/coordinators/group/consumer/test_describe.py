"""A consumer group as ConsumerGroupDescribe tells it."""

from __future__ import annotations

import pytest

from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from tests.coordinators.group.consumer.conversation import CLIENT_HOST, CLIENT_ID, ConsumerConversation, name_of


def test_members_with_what_they_have_and_shall_have(consumers: ConsumerConversation) -> None:
    consumers.let_in("m1", ["a"], instance_id="i1", rack_id="north")
    consumers.let_in("m2", regex="a")
    consumers.beat("m1", 2, instance_id="i1")
    group = consumers.shard.describe_consumer_group("g")
    assert (group.group_state, group.group_epoch, group.assignment_epoch) == ("Reconciling", 3, 3)
    assert group.assignor_name == "uniform"
    first, second = group.members
    assert (first.member_id, first.instance_id, first.rack_id, first.member_epoch) == ("m1", "i1", "north", 2)
    assert (first.client_id, first.client_host, first.member_type) == (CLIENT_ID, CLIENT_HOST, 1)
    assert (first.subscribed_topic_names, first.subscribed_topic_regex) == (["a"], "")
    assert [(one.topic_name, one.partitions) for one in first.assignment.topic_partitions] == [("a", [0, 1, 2, 3])]
    assert [(one.topic_name, one.partitions) for one in first.target_assignment.topic_partitions] == [("a", [0, 1])]
    assert (second.subscribed_topic_names, second.subscribed_topic_regex) == ([], "a")
    assert second.assignment.topic_partitions == []
    assert [name_of(one.topic_id) for one in second.target_assignment.topic_partitions] == ["a"]


def test_topics_that_are_gone_are_left_out(consumers: ConsumerConversation) -> None:
    consumers.let_in("m1", ["a", "b"])
    consumers.put_topics(b=2)
    (member,) = consumers.shard.describe_consumer_group("g").members
    assert [one.topic_name for one in member.assignment.topic_partitions] == ["b"]


def test_groups_that_are_not_there_or_of_another_type(consumers: ConsumerConversation) -> None:
    consumers.commit({"a": {0: 1}}, group_id="classic")
    for group_id, message in (("none", "Group none not found."), ("classic", "Group classic is not a consumer group.")):
        with pytest.raises(ApiError) as refused:
            consumers.shard.describe_consumer_group(group_id)
        assert (refused.value.error_code, refused.value.error_message) == (errors.GROUP_ID_NOT_FOUND, message)


def test_a_consumer_group_is_listed_and_deleted_as_any_other(consumers: ConsumerConversation) -> None:
    consumers.let_in("m1")
    listed = consumers.shard.list_groups([], ["Consumer"])
    assert [(one.group_id, one.group_state) for one in listed] == [("g", "Stable")]
    assert (
        consumers.ask(lambda shard, call: shard.delete_groups(["g"])).response[0].error_code == errors.NON_EMPTY_GROUP
    )
    consumers.beat("m1", -1)
    assert consumers.ask(lambda shard, call: shard.delete_groups(["g"])).response[0].error_code == errors.NONE
    assert consumers.shard.context.groups == {}
