"""Answers of a broker without authentication and authorizer: SASL, access control lists, delegation tokens."""

from __future__ import annotations

from typing import Any

from kafkalite.conformance.conversation import Conversation, Step

ACL: dict[str, Any] = {
    "ResourceType": 2,
    "ResourceName": "$orders",
    "ResourcePatternType": 3,
    "Principal": "User:alice",
    "Host": "*",
    "Operation": 3,
    "PermissionType": 3,
}
FILTER: dict[str, Any] = {
    "ResourceTypeFilter": 1,
    "ResourceNameFilter": "$orders",  # a broker with an authorizer is to lose nothing
    "PatternTypeFilter": 1,
    "PrincipalFilter": None,
    "HostFilter": None,
    "Operation": 1,
    "PermissionType": 1,
}
ALIVE = Step(api="DescribeCluster", name="the connection goes on")


def _describe(name: str, **changes: object) -> Step:
    return Step(api="DescribeAcls", fields=FILTER | changes, name=name, connection=name)


def _create(*changes: dict[str, object], name: str) -> Step:
    return Step(api="CreateAcls", fields={"Creations": [ACL | each for each in changes]}, name=name, connection=name)


def _delete(*changes: dict[str, object], name: str) -> Step:
    return Step(api="DeleteAcls", fields={"Filters": [FILTER | each for each in changes]}, name=name, connection=name)


def _token(name: str, **changes: object) -> Step:
    fields: dict[str, Any] = {
        "OwnerPrincipalType": None,
        "OwnerPrincipalName": None,
        "Renewers": [],
        "MaxLifetimeMs": -1,
    }
    return Step(api="CreateDelegationToken", fields=fields | changes, name=name, connection=name)


def _tokens(api: str, *fields: tuple[str, dict[str, object]]) -> Conversation:
    return Conversation(
        name="on a plain listener",
        api=api,
        steps=tuple(Step(api=api, fields=each, name=name, connection=name) for name, each in fields),
    )


CONVERSATIONS = (
    Conversation(
        name="without authentication",
        api="SaslHandshake",
        steps=(
            Step(api="SaslHandshake", fields={"Mechanism": "PLAIN"}, name="PLAIN"),
            Step(api="SaslHandshake", fields={"Mechanism": "SCRAM-SHA-256"}, name="SCRAM-SHA-256"),
            Step(api="SaslHandshake", fields={"Mechanism": ""}, name="an empty mechanism"),
            ALIVE,
        ),
    ),
    Conversation(
        name="without authentication",
        api="SaslAuthenticate",
        steps=(
            Step(api="SaslAuthenticate", fields={"AuthBytes": b"\0alice\0secret"}, name="a user and a password"),
            Step(api="SaslAuthenticate", fields={"AuthBytes": b""}, name="nothing"),
            ALIVE,
        ),
    ),
    Conversation(
        name="without an authorizer",
        api="DescribeAcls",
        names=("orders",),
        steps=(
            _describe("all", ResourceNameFilter=None),
            _describe("of one topic", ResourceTypeFilter=2, PatternTypeFilter=3),
            _describe("a kind of resource that is UNKNOWN", ResourceTypeFilter=0),
            _describe("a kind of pattern that is UNKNOWN", PatternTypeFilter=0),
            _describe("an operation that is UNKNOWN", Operation=0),
            _describe("a permission that is UNKNOWN", PermissionType=0),
            _describe("a kind of resource that does not exist", ResourceTypeFilter=99),
            _describe("an operation that does not exist", Operation=-5),
        ),
    ),
    Conversation(
        name="without an authorizer",
        api="CreateAcls",
        names=("orders",),
        steps=(
            _create({}, name="one"),
            _create({}, {"ResourceName": ""}, name="two, one without a name"),
            _create(name="none"),
            _create({}, {"Operation": 0}, name="an operation that is UNKNOWN"),
            _create({"PermissionType": 9}, name="a permission that does not exist"),
            _create({"Principal": "nobody in particular"}, name="a principal without a type"),
        ),
    ),
    Conversation(
        name="without an authorizer",
        api="DeleteAcls",
        names=("orders",),
        steps=(
            _delete({}, name="of one name"),
            _delete({}, {"Operation": 3}, name="two filters"),
            _delete(name="none"),
            _delete({"PatternTypeFilter": 0}, name="a kind of pattern that is UNKNOWN"),
            _delete({"PatternTypeFilter": 9}, name="a kind of pattern that does not exist"),
        ),
    ),
    Conversation(
        name="on a plain listener",
        api="CreateDelegationToken",
        steps=(
            _token("for who asks"),
            _token(
                "with renewers",
                Renewers=[
                    {"PrincipalType": "User", "PrincipalName": "alice"},
                    {"PrincipalType": "Group", "PrincipalName": "all"},
                ],
            ),
            _token("for somebody else", OwnerPrincipalType="User", OwnerPrincipalName="alice"),
            _token("for an empty name", OwnerPrincipalType="User", OwnerPrincipalName=""),
            _token("for a name without a type", OwnerPrincipalType=None, OwnerPrincipalName="alice"),
        ),
    ),
    _tokens("RenewDelegationToken", ("a token", {"Hmac": b"abc", "RenewPeriodMs": 1000})),
    _tokens("ExpireDelegationToken", ("a token", {"Hmac": b"abc", "ExpiryTimePeriodMs": -1})),
    _tokens(
        "DescribeDelegationToken",
        ("all", {"Owners": None}),
        ("of nobody", {"Owners": []}),
        ("of alice", {"Owners": [{"PrincipalType": "User", "PrincipalName": "alice"}]}),
    ),
)
