"""The subscriptions of all members of a group together: by name and by regular expression.

Source: org.apache.kafka.coordinator.group.modern.SubscriptionCount, ModernGroup, consumer.ResolvedRegularExpression.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kafkalite.cluster.image import TopicsImage
    from kafkalite.coordinators.group.consumer.member import ConsumerMember


class ResolvedRegex(NamedTuple):
    """The topics that a regular expression stood for when it was last looked at.

    Attributes:
        version: offset of the cluster's metadata that it was resolved against.
        timestamp_ms: when that was, ms since the epoch.
    """

    topics: frozenset[str]
    version: int
    timestamp_ms: int


NOTHING_RESOLVED = ResolvedRegex(frozenset(), 0, 0)


def topic_names_of(member: ConsumerMember, resolved: Mapping[str, ResolvedRegex]) -> frozenset[str]:
    """Return the names a member is subscribed to. An expression that is not resolved yet stands for none."""
    regex = member.subscribed_topic_regex
    if not regex or regex not in resolved:
        return member.subscribed_topic_names
    topics = resolved[regex].topics
    return member.subscribed_topic_names | topics if member.subscribed_topic_names else topics


def topic_names_of_all(members: Iterable[ConsumerMember], resolved: Mapping[str, ResolvedRegex]) -> set[str]:
    """Return the names that any of the members is subscribed to."""
    names: set[str] = set()
    for member in members:
        names |= topic_names_of(member, resolved)
    return names


def existing_topic_ids(names: Iterable[str], topics: TopicsImage) -> frozenset[bytes]:
    """Return the ids of those names that are topics."""
    by_name = topics.by_name
    return frozenset(by_name[name].topic_id for name in names if name in by_name)
