"""The facts that ``kafkalite group`` shows: members with their assignment, offsets with their lag."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import click

from kafkalite.cli.client import ClientFailure
from kafkalite.cli.output import print_rows
from kafkalite.cli.suggestions import did_you_mean
from kafkalite.cli.watching import Rows
from kafkalite.client import groups
from kafkalite.client.client import Client
from kafkalite.client.errors import BrokerError
from kafkalite.client.groups import CLASSIC, CONSUMER, Group, Member
from kafkalite.client.offsets import LATEST, TopicPartition, list_offsets
from kafkalite.protocol.errors import GROUP_ID_NOT_FOUND


class NoSuchGroup(ClientFailure):
    """The group does not exist."""


GROUP_COLUMNS = ("group", "state", "type", "protocol_type", "coordinator")
MEMBER_COLUMNS = ("member_id", "client_id", "host", "instance_id", "assignment")
LAG_COLUMNS = ("group", "topic", "partition", "committed", "end_offset", "lag", "client_id", "host")


def get_group(client: Client, name: str) -> Group:
    """Return a classic or KIP-848 group.

    Raises:
        NoSuchGroup: the group does not exist.
        ClientFailure: the group has another type.
        BrokerError: the broker refuses.
    """
    try:
        return groups.describe_group(client, name)
    except BrokerError as problem:
        if problem.code != GROUP_ID_NOT_FOUND:
            raise
    listed = {one.group: one for one in groups.list_groups(client)}
    if name in listed and listed[name].type not in (CLASSIC, CONSUMER, ""):
        raise ClientFailure(f"{name} is a {listed[name].type} group: this command is for classic and consumer groups")
    hint = did_you_mean(name, listed) or "; list them with: kafkalite group list"
    raise NoSuchGroup(f"there is no group {name}{hint}")


def describe_rows(client: Client, names: Sequence[str]) -> Rows:
    """Return the groups as rows, each with its members.

    Raises:
        ClientFailure: it cannot be done; the text says why.
    """
    return [group_row(get_group(client, name)) for name in names]


def group_row(group: Group) -> dict[str, Any]:
    """Return a group as a row."""
    return group._asdict() | {"members": [member_row(member) for member in group.members]}


def member_row(member: Member) -> dict[str, Any]:
    """Return a member as a row; its assignment is {topic: [partition, ...]}, None if it cannot be read."""
    assignment: dict[str, list[int]] | None = None
    if member.assignment is not None:
        assignment = {}
        for partition in member.assignment:
            assignment.setdefault(partition.topic, []).append(partition.partition)
    return member._asdict() | {"assignment": assignment}


def print_groups(rows: Rows) -> None:
    """Print described groups for people."""
    for row in rows:
        epoch = "" if row["epoch"] is None else f", epoch {row['epoch']}"
        assignor = f", assignor {row['assignor']}" if row["assignor"] else ""
        count = len(row["members"])
        click.echo(
            f"{row['group']}  {row['type']} group, {row['state']}{assignor}{epoch}, coordinator {row['coordinator']}, "
            f"{count or 'no'} member{'' if count == 1 else 's'}"
        )
        members = [member | {"assignment": assignment_text(member["assignment"])} for member in row["members"]]
        print_rows(members, "table", MEMBER_COLUMNS)


def assignment_text(assignment: dict[str, list[int]] | None) -> str:
    """Return an assignment as a table shows it: ``orders:0,1 payments:0``."""
    if assignment is None:
        return "(not a consumer's)"
    return " ".join(f"{topic}:{','.join(map(str, numbers))}" for topic, numbers in assignment.items()) or "-"


def lag_rows(client: Client, names: Sequence[str]) -> Rows:
    """Return a row per partition of the named groups, of all groups where none is named.

    Raises:
        ClientFailure: it cannot be done; the text says why.
    """
    if names:
        return [row for name in names for row in lag_of_group(client, get_group(client, name))]
    found = []
    for listed in groups.list_groups(client):
        if listed.type in (CLASSIC, CONSUMER, "") and listed.protocol_type in (CONSUMER, ""):
            try:
                found += lag_of_group(client, groups.describe_group(client, listed.group))
            except BrokerError as problem:
                if problem.code != GROUP_ID_NOT_FOUND:  # gone since it was listed
                    raise
    return found


def lag_of_group(client: Client, group: Group) -> Rows:
    """Return a row per partition that has a committed offset or a member; ``lag`` is None if unknown."""
    committed = groups.fetch_committed(client, group.group)
    owners = {partition: member for member in group.members for partition in member.assignment or ()}
    partitions = sorted({*committed, *owners})
    ends = find_ends(client, partitions)
    rows = []
    for partition in partitions:
        offset = committed[partition].offset if partition in committed else None
        end, owner = ends.get(partition), owners.get(partition)
        rows.append(
            {
                "group": group.group,
                "topic": partition.topic,
                "partition": partition.partition,
                "committed": offset,
                "end_offset": end,
                "lag": None if offset is None or end is None else max(end - offset, 0),
                "member_id": owner.member_id if owner else None,
                "client_id": owner.client_id if owner else None,
                "host": owner.host if owner else None,
                "metadata": committed[partition].metadata if partition in committed else None,
            }
        )
    return rows


def find_ends(client: Client, partitions: Iterable[TopicPartition]) -> dict[TopicPartition, int]:
    """Return one past the last offset of the partitions that exist and have a leader; the others are left out."""
    wanted = list(partitions)
    return list_offsets(client, dict.fromkeys(existing(client, wanted), LATEST))


def existing(client: Client, partitions: Sequence[TopicPartition]) -> list[TopicPartition]:
    """Return the partitions that exist and have a leader."""
    if not partitions:
        return []
    topics = client.metadata(sorted({partition.topic for partition in partitions})).topics
    known = {
        TopicPartition(topic.name or "", one.partition_index)
        for topic in topics
        if not topic.error_code
        for one in topic.partitions
        if one.leader_id >= 0
    }
    return [partition for partition in partitions if partition in known]
