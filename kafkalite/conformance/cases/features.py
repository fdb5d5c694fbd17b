"""UpdateFeatures. What is changed is set back in the end, for the other conversations' sake."""

from __future__ import annotations

from typing import Any

from kafkalite.conformance.conversation import Conversation, Step, Wait

UPGRADE, SAFE_DOWNGRADE, UNSAFE_DOWNGRADE = 1, 2, 3
LEVELS = {
    "eligible.leader.replicas.version": 1,
    "group.version": 1,
    "share.version": 1,
    "streams.version": 1,
    "transaction.version": 2,
}
HIGHEST_METADATA = 30
FOR_ALL = "features are the cluster's: without one, groups and transactions answer otherwise"


def _update(*updates: tuple[str, int, int], name: str, validate_only: bool = False, version: int | None = None) -> Step:
    wanted: list[dict[str, Any]] = [
        {"Feature": feature, "MaxVersionLevel": level, "UpgradeType": kind, "AllowDowngrade": kind != UPGRADE}
        for feature, level, kind in updates
    ]
    fields = {"timeoutMs": 10_000, "FeatureUpdates": wanted, "ValidateOnly": validate_only}
    return Step(api="UpdateFeatures", fields=fields, name=name, version=version)


def _wait(feature: str, level: int, name: str) -> Step:
    """Ask for the features until one is at a level; the answer itself is compared elsewhere."""
    software = {"ClientSoftwareName": "conformance", "ClientSoftwareVersion": "1.0"}
    until = Wait(f"FinalizedFeatures/Name={feature}/MaxVersionLevel", level)
    return Step(api="ApiVersions", fields=software, until=until, name=name, is_compared=False)


def _change(feature: str, level: int) -> Conversation:
    """Return a conversation that takes a feature one level down and up again."""
    return Conversation(
        name=f"{feature} goes down and up",
        api="UpdateFeatures",
        alone=FOR_ALL,
        versions=(1, 2),
        steps=(
            _update((feature, level - 1, UPGRADE), name="a downgrade that is not called one"),
            _update((feature, level - 1, SAFE_DOWNGRADE), name="only tried", validate_only=True),
            _update((feature, level - 1, SAFE_DOWNGRADE), name="down"),
            _update((feature, level, SAFE_DOWNGRADE), name="an upgrade that is called a downgrade"),
            _update((feature, level, UPGRADE), name="up again"),
            _wait(feature, level, "it is told"),
        ),
    )


CONVERSATIONS = (
    Conversation(
        name="levels that are finalized already",
        api="UpdateFeatures",
        alone=FOR_ALL,
        steps=(
            _update(name="no features"),
            _update(("group.version", 1, UPGRADE), ("transaction.version", 2, UPGRADE), name="two of them"),
            _update(("metadata.version", HIGHEST_METADATA, UPGRADE), name="the metadata's"),
            _update(("kraft.version", 0, UPGRADE), name="the quorum's"),
        ),
    ),
    Conversation(
        name="what is refused",
        api="UpdateFeatures",
        alone=FOR_ALL,
        steps=(
            _update(("no.such.feature", 1, UPGRADE), name="a feature that does not exist"),
            _update(("no.such.feature", 0, UPGRADE), name="level 0 of a feature that does not exist"),
            _update(("", 1, UPGRADE), name="no name"),
            _update(("group.version", 7, UPGRADE), name="a level that does not exist"),
            _update(("group.version", -1, UPGRADE), name="a negative level"),
            _update(("metadata.version", 31, UPGRADE), name="metadata of a release to come"),
            _update(("metadata.version", 6, UPGRADE), name="metadata that are too old"),
            _update(("metadata.version", 29, UPGRADE), name="metadata, not called a downgrade"),
            _update(("group.version", 1, UPGRADE), ("group.version.", 1, UPGRADE), name="a right one and a wrong one"),
        ),
    ),
    Conversation(
        name="kinds of updates that are refused",
        api="UpdateFeatures",
        alone=FOR_ALL,
        versions=(1, 2),
        steps=(
            _update(("group.version", 1, 0), name="the unknown kind"),
            _update(("group.version", 1, 9), name="a kind that does not exist"),
            _update(("metadata.version", 29, SAFE_DOWNGRADE), name="metadata that have changed since"),
            _update(("metadata.version", 29, UNSAFE_DOWNGRADE), name="the same, unsafely"),
            _update(("metadata.version", 30, SAFE_DOWNGRADE), name="a downgrade to where it is"),
            _update(("group.version", 1, UNSAFE_DOWNGRADE), name="an unsafe one to where it is"),
            _update(("metadata.version", 31, SAFE_DOWNGRADE), name="a downgrade to what is not supported"),
            _update(("kraft.version", 0, SAFE_DOWNGRADE), name="the quorum's, to where it is"),
        ),
    ),
    *(_change(feature, level) for feature, level in LEVELS.items()),
    Conversation(
        name="without the consumer protocol",
        api="UpdateFeatures",
        alone=FOR_ALL,
        versions=(2,),
        names=("group",),
        steps=(
            _update(("group.version", 0, SAFE_DOWNGRADE), name="switched off"),
            Step(
                api="ConsumerGroupHeartbeat",
                fields={
                    "GroupId": "$group",
                    "MemberId": "member",
                    "MemberEpoch": 0,
                    "RebalanceTimeoutMs": 10_000,
                    "SubscribedTopicNames": ["nowhere"],
                    "TopicPartitions": [],
                },
                until=Wait("ErrorCode", 35),
                name="nobody can join",
            ),
            _update(("group.version", 1, UPGRADE), name="switched on"),
            _wait("group.version", 1, "it is told"),
        ),
    ),
)
