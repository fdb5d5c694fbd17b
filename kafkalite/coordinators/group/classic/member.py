"""A member of a classic group. Source: ClassicGroupMember."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.protocol.messages.describe_groups_response import DescribedGroupMember

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from kafkalite.coordinators.runtime.result import Reply
    from kafkalite.protocol.messages.join_group_request import JoinGroupRequestProtocol

    Protocols = tuple[tuple[str, bytes], ...]
    """(name, metadata) in the member's order of preference."""

NO_ASSIGNMENT = b""


def protocols_of(protocols: Iterable[JoinGroupRequestProtocol]) -> Protocols:
    """Return the protocols of a JoinGroup request; of several with one name the first counts."""
    chosen: dict[str, bytes] = {}
    for protocol in protocols:
        chosen.setdefault(protocol.name, protocol.metadata)
    return tuple(chosen.items())


class ClassicMember:
    """One member.

    Attributes:
        instance_id: of a static member (KIP-345), None of a dynamic one.
        protocols: (name, metadata) in the member's order of preference.
        awaiting_join, awaiting_sync: the answer it waits for, None where it does not wait.
        is_new: it has not got a generation yet, so that waiting does not keep its session.
    """

    __slots__ = (
        "assignment",
        "awaiting_join",
        "awaiting_sync",
        "client_host",
        "client_id",
        "instance_id",
        "is_new",
        "member_id",
        "protocol_type",
        "protocols",
        "rebalance_timeout_ms",
        "session_timeout_ms",
    )

    def __init__(
        self,
        member_id: str,
        *,
        instance_id: str | None,
        client_id: str,
        client_host: str,
        rebalance_timeout_ms: int,
        session_timeout_ms: int,
        protocol_type: str,
        protocols: Protocols,
        assignment: bytes = NO_ASSIGNMENT,
    ) -> None:
        self.member_id = member_id
        self.instance_id = instance_id
        self.client_id = client_id
        self.client_host = client_host
        self.rebalance_timeout_ms = rebalance_timeout_ms
        self.session_timeout_ms = session_timeout_ms
        self.protocol_type = protocol_type
        self.protocols = protocols
        self.assignment = assignment
        self.awaiting_join: Reply | None = None
        self.awaiting_sync: Reply | None = None
        self.is_new = False

    def __repr__(self) -> str:
        return f"ClassicMember({self.member_id!r}, {self.instance_id!r})"

    @property
    def is_static(self) -> bool:
        """Whether it has a group instance id."""
        return self.instance_id is not None

    @property
    def has_satisfied_heartbeat(self) -> bool:
        """Whether the member need not be heard of now: it waits for us."""
        return not self.is_new and (self.awaiting_join is not None or self.awaiting_sync is not None)

    def metadata_for(self, protocol_name: str) -> bytes:
        """Return what the member says of itself under a protocol; KeyError where it does not know the protocol."""
        for name, metadata in self.protocols:
            if name == protocol_name:
                return metadata
        raise KeyError(protocol_name)

    def vote(self, candidates: Container[str]) -> str:
        """Return the protocol it prefers among the candidates, one of which it must know."""
        return next(name for name, _ in self.protocols if name in candidates)

    def described(self, protocol_name: str | None) -> DescribedGroupMember:
        """Return the member for DescribeGroups; without its metadata where no protocol is chosen."""
        return DescribedGroupMember(
            member_id=self.member_id,
            group_instance_id=self.instance_id,
            client_id=self.client_id,
            client_host=self.client_host,
            member_metadata=b"" if protocol_name is None else self.metadata_for(protocol_name),
            member_assignment=self.assignment,
        )
