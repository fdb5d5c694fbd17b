"""Fetch sessions (KIP-227): made, continued, changed, closed, and everything that is wrong about them."""

from __future__ import annotations

from typing import Any

from kafkalite.conformance.cases.steps import fetch_fields, fetch_partition, fetch_topic, produce
from kafkalite.conformance.conversation import NOBODY, Batch, Conversation, Step, Topic
from kafkalite.conformance.needs import Need

VERSIONS = (7, 11, 12, 13, 18)
NEW_SESSION, NO_SESSION = 0, -1
ROOM = {"max.incremental.fetch.session.cache.slots": Need("1000")}


def _in_session(epoch: int, name: str, *topics: dict[str, Any], session: object = "$session", **more: Any) -> Step:
    fields = {
        "MaxWaitMs": 0,
        "MinBytes": 0,
        "Topics": list(topics),
        "SessionId": session,
        "SessionEpoch": epoch,
        **more,
    }
    return Step(api="Fetch", fields=fields, name=name)


def _begin(*topics: dict[str, Any]) -> Step:
    fields = fetch_fields(*topics, SessionId=0, SessionEpoch=NEW_SESSION)
    return Step(api="Fetch", fields=fields, remember={"session": "SessionId"}, name="a session is made")


ALL = fetch_topic("orders", fetch_partition(0), fetch_partition(1))

CONVERSATIONS = (
    Conversation(
        name="a session",
        api="Fetch",
        needs=ROOM,
        versions=VERSIONS,
        topics={"orders": Topic(partitions=2)},
        steps=(
            produce(Batch(records=["a"])),
            _begin(ALL),
            _in_session(1, "nothing new: only what has records is told"),
            _in_session(2, "the position moves", fetch_topic("orders", fetch_partition(0, 1))),
            _in_session(3, "nothing to tell"),
            produce(Batch(records=["b"]), partition=1),
            _in_session(4, "news in the other partition"),
            _in_session(
                5,
                "a partition is forgotten",
                ForgottenTopicsData=[{"Topic": "$orders", "TopicId": "$orders.id", "Partitions": [1]}],
            ),
            _in_session(6, "it is not told any more"),
            _in_session(7, "an error is told", fetch_topic("orders", fetch_partition(0, 77))),
            _in_session(8, "it is told again"),
            _in_session(9, "a partition that does not exist", fetch_topic("orders", fetch_partition(5))),
        ),
    ),
    Conversation(
        name="wrong epochs and ids",
        api="Fetch",
        needs=ROOM,
        versions=VERSIONS,
        topics={"orders": Topic(partitions=2)},
        steps=(
            _begin(ALL),
            _in_session(2, "an epoch is left out"),
            _in_session(1, "the right one still goes"),
            _in_session(1, "the same again"),
            _in_session(2, "a session that does not exist", session=123456789),
            _in_session(-7, "a negative epoch"),
            _in_session(NEW_SESSION, "a new one in place of the old", ALL),
            _in_session(2, "the old one is gone"),
        ),
    ),
    Conversation(
        name="a session is closed",
        api="Fetch",
        needs=ROOM,
        versions=(7, 18),
        topics={"orders": Topic(partitions=2)},
        steps=(
            produce(),
            _begin(ALL),
            _in_session(NO_SESSION, "closed with a full request", ALL),
            _in_session(1, "it is gone"),
            _in_session(NO_SESSION, "a session that does not exist is closed", ALL, session=123456789),
        ),
    ),
    Conversation(
        name="a session about nothing",
        api="Fetch",
        needs=ROOM,
        versions=(7, 18),
        steps=(
            Step(
                api="Fetch",
                fields={"MaxWaitMs": 0, "MinBytes": 0, "Topics": [], "SessionId": 0, "SessionEpoch": 0},
                name="no topics",
            ),
        ),
    ),
    Conversation(
        name="from names to ids",
        api="Fetch",
        needs=ROOM,
        versions=(12, 13),
        topics={"orders": Topic()},
        steps=(
            Step(
                api="Fetch",
                version=12,
                fields=fetch_fields(fetch_topic(), SessionId=0, SessionEpoch=NEW_SESSION),
                remember={"session": "SessionId"},
                name="a session by name",
            ),
            Step(
                api="Fetch",
                version=13,
                fields={"MaxWaitMs": 0, "MinBytes": 0, "Topics": [], "SessionId": "$session", "SessionEpoch": 1},
                name="goes on by id",
            ),
        ),
    ),
    Conversation(
        name="ids that no topic has",
        api="Fetch",
        needs=ROOM,
        versions=(13, 18),
        topics={"orders": Topic()},
        steps=(
            _begin(fetch_topic(), {"TopicId": NOBODY, "Partitions": [fetch_partition()]}),
            _in_session(1, "it is told again"),
            _in_session(2, "it is forgotten", ForgottenTopicsData=[{"TopicId": NOBODY, "Partitions": [0]}]),
            _in_session(3, "and told no more"),
        ),
    ),
)
