"""The topics that the regular expressions of a group stand for: found out at first, and again from time to time.

Source: GroupMetadataManager.maybeUpdateRegularExpressions, handleRegularExpressionsResult (KIP-848).

Deviation: a new expression is resolved within the heartbeat that brings it. Kafka resolves it in the background and
assigns its topics with the next heartbeat, five seconds later by default.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.coordinators.group.consumer import records
from kafkalite.coordinators.group.consumer.subscriptions import NOTHING_RESOLVED, ResolvedRegex, topic_names_of_all
from kafkalite.coordinators.group.consumer.timers import regex_timer
from kafkalite.coordinators.regex.matcher import resolve_regex
from kafkalite.coordinators.regex.syntax import InvalidRegex
from kafkalite.coordinators.runtime.result import Result
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kafkalite.coordinators.group.consumer.environment import ConsumerEnvironment
    from kafkalite.coordinators.group.consumer.group import ConsumerGroup
    from kafkalite.coordinators.group.consumer.member import ConsumerMember
    from kafkalite.coordinators.runtime.record import CoordinatorRecord

MIN_REFRESH_INTERVAL_MS = 10_000
"""However many topics are made: no group looks at all of them more often. Source: GroupMetadataManager."""


def resolve_new_regex(
    environment: ConsumerEnvironment,
    group: ConsumerGroup,
    before: ConsumerMember,
    member: ConsumerMember,
    out: list[CoordinatorRecord],
) -> Mapping[str, ResolvedRegex]:
    """Return the resolved expressions of a group in which a member changed its own.

    Args:
        out: gets the records: of an expression that no member has any more, and of one that none had.

    Raises:
        ApiError: INVALID_REGULAR_EXPRESSION.
    """
    resolved = dict(group.resolved)
    old, new = before.subscribed_topic_regex, member.subscribed_topic_regex
    if old and group.regex_counts.get(old) == 1:
        resolved.pop(old, None)
        out.append(records.regular_expression_tombstone(group.group_id, old))
    if new and new not in resolved:
        resolved[new] = _resolve(environment, new)
        out.append(records.regular_expression(group.group_id, new, resolved[new]))
    return resolved


def refresh_regexes_if_due(
    environment: ConsumerEnvironment, group: ConsumerGroup, resolved: Mapping[str, ResolvedRegex]
) -> None:
    """Have the expressions of a group resolved anew, in a separate operation that follows at once.

    That is due where topics were made since, where it was long ago, and where an expression is not resolved, which a
    log of Kafka's may contain.
    """
    timer = regex_timer(group.group_id)
    if not group.regex_counts or timer in environment.context.timers:
        return
    oldest_ms = min((one.timestamp_ms for one in resolved.values()), default=None)
    version = min((one.version for one in resolved.values()), default=0)
    if oldest_ms is not None and environment.now_ms <= oldest_ms + MIN_REFRESH_INTERVAL_MS:
        return
    if (
        oldest_ms is None
        or not resolved.keys() >= group.regex_counts.keys()
        or version < environment.new_topics_version()
        or environment.now_ms > oldest_ms + environment.config.regex_refresh_interval_ms
    ):
        group_id = group.group_id
        environment.context.timers.schedule(timer, 0, lambda: refresh_regexes(environment, group_id))


def refresh_regexes(environment: ConsumerEnvironment, group_id: str) -> Result[None] | None:
    """Resolve all expressions of a group; a new group epoch follows where they stand for other topics than before."""
    group = environment.find_group(group_id)
    if group is None or not group.regex_counts:
        return None
    resolved = {}
    changes = []
    has_changed = False
    for regex in sorted(group.regex_counts):
        try:
            resolved[regex] = _resolve(environment, regex)
        except ApiError:
            continue  # it was good when it came; a group does not stop for that
        has_changed |= group.resolved.get(regex, NOTHING_RESOLVED).topics != resolved[regex].topics
        changes.append(records.regular_expression(group_id, regex, resolved[regex]))
    metadata_hash = environment.metadata_hash(topic_names_of_all(group.members.values(), resolved))
    if has_changed or metadata_hash != group.metadata_hash:
        changes.append(records.group_epoch(group_id, group.group_epoch + 1, metadata_hash))
        group.checked_topics = environment.image.topics
    return Result(changes, None)


def _resolve(environment: ConsumerEnvironment, regex: str) -> ResolvedRegex:
    environment.new_topics_version()  # what is made after this is new to the expression
    try:
        topics = resolve_regex(regex, environment.image.topics.by_name)
    except InvalidRegex as error:
        message = f"SubscribedTopicRegex `{regex}` is not a valid regular expression: {error}."
        raise ApiError(errors.INVALID_REGULAR_EXPRESSION, message) from error
    return ResolvedRegex(topics, environment.image_version, environment.now_ms)
