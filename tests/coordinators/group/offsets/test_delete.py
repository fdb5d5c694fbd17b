"""OffsetDelete, as conversations."""

from __future__ import annotations

import pytest

from kafkalite.coordinators.group.classic.states import EMPTY, STATES
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.offset_delete_request import (
    OffsetDeleteRequest,
    OffsetDeleteRequestPartition,
    OffsetDeleteRequestTopic,
)
from tests.coordinators.group.classic.stories import bring_to
from tests.coordinators.group.conversation import GROUP, Conversation, subscription


def delete(talk: Conversation, topic: str = "t", *partitions: int) -> list[int] | int:
    """Return the error code of each partition, or the one of the whole."""
    wanted = [OffsetDeleteRequestPartition(partition_index=index) for index in partitions or (0,)]
    request = OffsetDeleteRequest(group_id=GROUP, topics=[OffsetDeleteRequestTopic(name=topic, partitions=wanted)])
    try:
        response = talk.runtime.run(lambda shard: shard.delete_offsets(request))
    except ApiError as error:
        return error.error_code
    return [partition.error_code for partition in response.topics[0].partitions]


def test_offsets_of_a_group_without_members_are_forgotten(talk: Conversation) -> None:
    talk.commit({"t": {0: 1, 1: 2, 2: 3}})
    assert delete(talk, "t", 0, 2, 5) == [errors.NONE] * 3
    assert talk.fetch() == {("t", 1): 2}
    assert sum(value is None for _, value in talk.recorded()) == 2, "what is not there needs no record"


def test_a_group_that_is_not_there(talk: Conversation) -> None:
    assert delete(talk) == errors.GROUP_ID_NOT_FOUND


@pytest.mark.parametrize("state", STATES)
def test_topics_that_consumers_read_keep_their_offsets(talk: Conversation, state: str) -> None:
    talk.commit({"topic": {0: 1}, "other": {0: 2}})
    bring_to(talk, state)
    is_read = state != EMPTY
    assert delete(talk, "topic") == [errors.GROUP_SUBSCRIBED_TO_TOPIC if is_read else errors.NONE]
    assert delete(talk, "other") == [errors.NONE]
    assert talk.fetch() == ({("topic", 0): 1} if is_read else {})


def test_members_whose_subscription_cannot_be_read_may_consume_everything(talk: Conversation) -> None:
    talk.commit({"t": {0: 1}})
    talk.make_stable(protocols={"range": b"?"})
    assert delete(talk) == [errors.GROUP_SUBSCRIBED_TO_TOPIC]


def test_members_that_are_no_consumers_keep_all_offsets(talk: Conversation) -> None:
    talk.commit({"t": {0: 1}})
    talk.make_stable(protocol_type="connect", protocols={"compatible": subscription("x")})
    assert delete(talk) == errors.NON_EMPTY_GROUP
