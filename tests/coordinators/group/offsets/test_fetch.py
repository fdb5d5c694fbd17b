"""OffsetFetch, as conversations."""

from __future__ import annotations

from tests.coordinators.group.conversation import Conversation


def test_what_was_never_committed_is_minus_one(talk: Conversation) -> None:
    talk.commit({"t": {0: 7}})
    assert talk.fetch({"t": [0, 1], "u": [0]}) == {("t", 0): 7, ("t", 1): -1, ("u", 0): -1}


def test_a_group_that_is_not_there_has_no_offsets(talk: Conversation) -> None:
    assert talk.fetch({"t": [0]}) == {("t", 0): -1}
    assert talk.fetch() == {}


def test_offsets_of_another_group_are_not_told(talk: Conversation) -> None:
    talk.commit({"t": {0: 7}}, group_id="other")
    assert talk.fetch({"t": [0]}) == {("t", 0): -1}


def test_the_offset_of_a_topic_that_is_gone_is_not_that_of_a_new_one_with_its_name(talk: Conversation) -> None:
    talk.set_topics(t=b"1" * 16)
    talk.commit({"t": {0: 7}})
    assert talk.fetch({"t": [0]}, topic_ids={"t": b"1" * 16}) == {("t", 0): 7}
    assert talk.fetch({"t": [0]}, topic_ids={"t": b"2" * 16}) == {("t", 0): -1}
    assert talk.fetch({"t": [0]}) == {("t", 0): 7}, "older clients do not know ids"


def test_an_offset_without_id_is_that_of_any_topic_with_the_name(talk: Conversation) -> None:
    talk.commit({"t": {0: 7}})
    assert talk.fetch({"t": [0]}, topic_ids={"t": b"2" * 16}) == {("t", 0): 7}
