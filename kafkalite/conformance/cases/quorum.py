"""Membership of the cluster: AddRaftVoter and RemoveRaftVoter of a static quorum, UnregisterBroker."""

from __future__ import annotations

from typing import Any

from kafkalite.conformance.conversation import NOBODY, Conversation, Step

KNOW_CLUSTER = Step(api="DescribeCluster", remember={"cluster": "ClusterId"}, name="which cluster it is")
LISTENERS = [{"Name": "CONTROLLER", "Host": "127.0.0.1", "Port": 9093}]
NO_DIRECTORY = bytes(16)


def _voter(api: str, name: str, **changes: Any) -> Step:
    fields: dict[str, Any] = {"ClusterId": None, "VoterId": 4711, "VoterDirectoryId": NOBODY}
    if api == "AddRaftVoter":
        fields |= {"TimeoutMs": 1000, "Listeners": LISTENERS, "AckWhenCommitted": True}
    return Step(api=api, fields=fields | changes, name=name)


def _voter_steps(api: str) -> tuple[Step, ...]:
    return (
        KNOW_CLUSTER,
        _voter(api, "a voter"),
        _voter(api, "with the cluster's id", ClusterId="$cluster"),
        _voter(api, "with another cluster's id", ClusterId="another"),
        _voter(api, "with an empty cluster id", ClusterId=""),
        _voter(api, "a negative id", VoterId=-1),
        _voter(api, "no directory", VoterDirectoryId=NO_DIRECTORY),
    )


CONVERSATIONS = (
    Conversation(
        name="a quorum of the configuration",
        api="AddRaftVoter",
        steps=(
            *_voter_steps("AddRaftVoter"),
            _voter("AddRaftVoter", "no listeners", Listeners=[]),
            _voter("AddRaftVoter", "another listener", Listeners=[LISTENERS[0] | {"Name": "OTHER"}]),
        ),
    ),
    Conversation(name="a quorum of the configuration", api="RemoveRaftVoter", steps=_voter_steps("RemoveRaftVoter")),
    Conversation(
        name="brokers that there are not",
        api="UnregisterBroker",
        steps=(
            Step(api="UnregisterBroker", fields={"BrokerId": 4711}, name="an unknown one"),
            Step(api="UnregisterBroker", fields={"BrokerId": -1}, name="a negative id"),
        ),
    ),
)
