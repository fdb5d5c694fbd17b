"""FindCoordinator and the classic group protocol: JoinGroup, SyncGroup, Heartbeat, LeaveGroup."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kafkalite.conformance.conversation import Answer, Conversation, Embedded, Step, Wait
from kafkalite.conformance.needs import Need

SUBSCRIPTION = Embedded("ConsumerProtocolSubscription", 1, {"Topics": ["orders"]})
ASSIGNMENT = Embedded("ConsumerProtocolAssignment", 1, {"AssignedPartitions": [{"Topic": "orders", "Partitions": [0]}]})
JOIN_VERSIONS = (2, 3, 4, 5, 7, 9)
"""Oldest shared; throttling; members get their id first; static members; protocol type in the answer; newest."""


def join(
    group: str = "$group",
    *,
    member: str = "",
    instance: str | None = None,
    protocols: Sequence[str] = ("range",),
    protocol_type: str = "consumer",
    session_ms: int = 30_000,
    rebalance_ms: int = 30_000,
    remember: Mapping[str, str] | None = None,
    name: str = "",
    **step: Any,
) -> Step:
    """Return a JoinGroup step."""
    fields = {
        "GroupId": group,
        "SessionTimeoutMs": session_ms,
        "RebalanceTimeoutMs": rebalance_ms,
        "MemberId": member,
        "GroupInstanceId": instance,
        "ProtocolType": protocol_type,
        "Protocols": [{"Name": each, "Metadata": SUBSCRIPTION} for each in protocols],
    }
    return Step(api="JoinGroup", fields=fields, remember=remember or {}, name=name, **step)


MEMBER = {"member": "MemberId", "generation": "GenerationId"}

JOINED = (
    join(remember=MEMBER, name="the first request").named("the first request"),
    join(member="$member", remember=MEMBER, name="joined with the id that was given"),
)
"""A group of one member, which leads it; up to version 3 the first request has joined already."""


def sync(
    group: str = "$group",
    *,
    member: str = "$member",
    generation: int | str = "$generation",
    name: str = "",
    **more: Any,
) -> Step:
    """Return a SyncGroup step that assigns everything to one member."""
    assigned = more.pop("assigned", [{"MemberId": "$member", "Assignment": ASSIGNMENT}])
    step = {key: more.pop(key) for key in ("connection", "is_deferred") if key in more}
    fields = {
        "GroupId": group,
        "GenerationId": generation,
        "MemberId": member,
        "ProtocolType": "consumer",
        "ProtocolName": "range",
        "Assignments": assigned,
        **more,
    }
    return Step(api="SyncGroup", fields=fields, name=name, **step)


def heartbeat(
    group: str = "$group",
    *,
    member: str = "$member",
    generation: int | str = "$generation",
    name: str = "",
    **more: Any,
) -> Step:
    """Return a Heartbeat step."""
    fields = {"GroupId": group, "GenerationId": generation, "MemberId": member, **more}
    return Step(api="Heartbeat", fields=fields, name=name)


def leave(group: str = "$group", *members: tuple[str, str | None], member: str = "$member", name: str = "") -> Step:
    """Return a LeaveGroup step for (member id, instance id) each; older versions have one member id."""
    each = members or ((member, None),)
    fields = {
        "GroupId": group,
        "MemberId": member,
        "Members": [{"MemberId": one, "GroupInstanceId": instance} for one, instance in each],
    }
    return Step(api="LeaveGroup", fields=fields, name=name)


def _find(*keys: str, kind: int = 0, name: str = "") -> Step:
    fields = {"Key": keys[0] if keys else "", "KeyType": kind, "CoordinatorKeys": list(keys)}
    return Step(api="FindCoordinator", fields=fields, name=name)


CONVERSATIONS = (
    Conversation(
        name="who coordinates",
        api="FindCoordinator",
        names=("group", "tx"),
        steps=(_find("$group", name="a group"),),
    ),
    Conversation(
        name="kinds of keys",
        api="FindCoordinator",
        versions=(1, 3, 4, 5, 6),
        names=("group", "tx"),
        steps=(
            _find("$group", kind=0, name="a group"),
            _find("$tx", kind=1, name="a transactional id"),
            _find("", kind=0, name="a group without a name"),
            _find("", kind=1, name="an empty transactional id"),
            _find("x", kind=2, name="share groups"),
            _find("x", kind=7, name="a kind that does not exist"),
            _find("x", kind=-1, name="a negative kind"),
        ),
    ),
    Conversation(
        name="several keys",
        api="FindCoordinator",
        versions=(4, 6),
        names=("group",),
        steps=(
            _find("$group", "", "other", name="three, one of them empty"),
            _find("$group", "$group", name="the same twice"),
            _find(name="none"),
        ),
    ),
    Conversation(
        name="a group of one",
        api="JoinGroup",
        names=("group",),
        steps=(*JOINED, sync(), join(member="$member", remember=MEMBER, name="it joins again, unchanged")),
    ),
    Conversation(
        name="requests that cannot be",
        api="JoinGroup",
        needs={"group.max.session.timeout.ms": Need("1800000")},
        versions=JOIN_VERSIONS,
        names=("group",),
        steps=(
            join("", name="an empty group"),
            join(session_ms=5, name="a session that is too short"),
            join(session_ms=1_800_001, name="a session that is too long"),
            join(member="nobody", name="an id that nobody gave"),
            join(protocols=(), name="no protocols"),
            join(protocol_type="", name="no type of protocol"),
        ),
    ),
    Conversation(
        name="protocols that do not meet",
        api="JoinGroup",
        versions=(2, 4, 9),
        names=("group",),
        steps=(
            *JOINED,
            sync(),
            join(protocols=("sticky",), name="another protocol", connection="b"),
            join(protocol_type="connect", name="another type", connection="b"),
        ),
    ),
    Conversation(
        name="a static member",
        api="JoinGroup",
        versions=(5, 7, 9),
        names=("group",),
        steps=(
            join(instance="one", remember=MEMBER, name="it joins at once"),
            sync(GroupInstanceId="one"),
            join(instance="one", remember={"newer": "MemberId"}, name="it comes back without its id"),
            heartbeat(member="$member", GroupInstanceId="one", name="the old id is fenced"),
            heartbeat(member="$newer", GroupInstanceId="one", name="the new id is not"),
            join(member="$member", instance="one", name="the old id joins"),
            join(member="nobody", instance="two", name="an unknown id of an unknown instance"),
        ),
    ),
    Conversation(
        name="two members",
        api="JoinGroup",
        versions=(2, 5, 9),
        names=("group",),
        steps=(
            join(instance="one", remember=MEMBER, name="the first", client_id="first"),
            join(member="$member", instance="one", remember=MEMBER, name="it joins again", client_id="first"),
            sync(name="the first is assigned all"),
            join(
                instance="two",
                name="the second joins",
                is_deferred=True,
                connection="b",
                client_id="second",
                remember={"second": "MemberId"},
            ),
            Step(
                api="Heartbeat",
                fields={"GroupId": "$group", "GenerationId": "$generation", "MemberId": "$member"},
                name="the first hears of it",
                until=Wait("ErrorCode", 27),
            ),
            join(member="$member", instance="one", remember=MEMBER, name="the first joins again", client_id="first"),
            Answer(of="the second joins", name="the second has joined"),
            sync(
                member="$second",
                assigned=[],
                name="the second waits",
                is_deferred=True,
                connection="b",
            ),
            sync(
                assigned=[
                    {"MemberId": "$member", "Assignment": ASSIGNMENT},
                    {"MemberId": "$second", "Assignment": b"anything"},
                ],
                name="the first assigns",
            ),
            Answer(of="the second waits", name="the second gets its assignment"),
        ),
    ),
    Conversation(
        name="assignments",
        api="SyncGroup",
        names=("group",),
        steps=(
            *JOINED,
            sync(generation=7, name="a generation to come"),
            sync(generation=-1, name="a negative generation"),
            sync(member="nobody", name="an unknown member"),
            sync("", name="an empty group"),
            sync("nobody-knows", name="an unknown group"),
            sync(ProtocolType="connect", ProtocolName="range", name="another type of protocol"),
            sync(ProtocolType="consumer", ProtocolName="sticky", name="another protocol"),
            sync(ProtocolType=None, ProtocolName=None, name="no protocol"),
            sync(name="as it should be"),
            sync(assigned=[], name="again, without assignments"),
        ),
    ),
    Conversation(
        name="nothing is assigned",
        api="SyncGroup",
        versions=(0, 5),
        names=("group",),
        steps=(
            *JOINED,
            sync(assigned=[], name="an empty assignment"),
            heartbeat(name="the group is stable"),
        ),
    ),
    Conversation(
        name="heartbeats",
        api="Heartbeat",
        names=("group",),
        steps=(
            *JOINED,
            heartbeat(name="before the assignment"),
            sync(),
            heartbeat(name="after it"),
            heartbeat(generation=7, name="a generation to come"),
            heartbeat(generation=-1, name="a negative generation"),
            heartbeat(member="nobody", name="an unknown member"),
            heartbeat(member="", name="an empty member"),
            heartbeat("nobody-knows", name="an unknown group"),
            heartbeat("", name="an empty group"),
            heartbeat(GroupInstanceId="nobody", name="an unknown instance"),
        ),
    ),
    Conversation(
        name="members leave",
        api="LeaveGroup",
        names=("group",),
        steps=(
            leave(member="nobody", name="from a group that does not exist"),
            *JOINED,
            sync(),
            leave(member="nobody", name="an unknown member"),
            leave("", name="an empty group"),
            leave(name="the member"),
            leave(name="once more"),
            heartbeat(name="it is not a member any more"),
        ),
    ),
    Conversation(
        name="several members leave",
        api="LeaveGroup",
        versions=(3, 4, 5),
        names=("group",),
        steps=(
            join(instance="one", remember=MEMBER, version=5),
            sync(GroupInstanceId="one"),
            leave("$group", ("nobody", None), ("", "two"), ("nobody", "one"), name="unknown ids and instances"),
            leave("$group", ("", "one"), name="an instance without its id"),
            leave("$group", ("", "one"), name="it is gone"),
            Step(api="LeaveGroup", fields={"GroupId": "$group", "Members": []}, name="nobody leaves"),
        ),
    ),
)
