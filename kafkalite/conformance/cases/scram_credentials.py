"""AlterUserScramCredentials and DescribeUserScramCredentials."""

from __future__ import annotations

from typing import Any

from kafkalite.conformance.conversation import Conversation, Step, Wait

SHA_256, SHA_512 = 1, 2


def _set(name: str, mechanism: int = SHA_256, **changes: Any) -> dict[str, Any]:
    fields = {"Name": name, "Mechanism": mechanism, "Iterations": 4096, "Salt": b"salt", "SaltedPassword": b"secret"}
    return fields | changes


def _remove(name: str, mechanism: int = SHA_256) -> dict[str, Any]:
    return {"Name": name, "Mechanism": mechanism}


def _alter(*set_: dict[str, Any], removed: tuple[dict[str, Any], ...] = (), name: str) -> Step:
    fields = {"Deletions": list(removed), "Upsertions": list(set_)}
    return Step(api="AlterUserScramCredentials", fields=fields, name=name)


def _describe(*users: str, name: str, until: Wait | None = None) -> Step:
    fields = {"Users": [{"Name": user} for user in users]}
    return Step(api="DescribeUserScramCredentials", fields=fields, name=name, until=until)


KNOWN = Wait("Results/0/ErrorCode", 0)
GONE = Wait("Results/0/ErrorCode", 91)
CLEAN_UP = (
    _alter(removed=(_remove("$alice"), _remove("$bob")), name="removed in the end"),
    _describe("$alice", name="gone", until=GONE),
)

ALL_ARE_TOLD = "it asks for the credentials of all users"

CONVERSATIONS = (
    Conversation(
        name="credentials come and go",
        alone=ALL_ARE_TOLD,
        api="AlterUserScramCredentials",
        names=("alice", "bob"),
        steps=(
            _alter(_set("$alice"), _set("$bob", Iterations=16384), name="two users"),
            _describe("$alice", name="it is told", until=KNOWN),
            _alter(_set("$alice", SHA_512, Iterations=5000), name="another mechanism of the same user"),
            _describe(
                "$alice", name="both are told", until=Wait("Results/0/CredentialInfos/Mechanism=2/Iterations", 5000)
            ),
            _alter(_set("$alice", Iterations=8192), name="set anew"),
            _describe(
                "$alice",
                name="the new one is told",
                until=Wait("Results/0/CredentialInfos/Mechanism=1/Iterations", 8192),
            ),
            _alter(removed=(_remove("$alice", SHA_512),), name="one is removed"),
            _alter(removed=(_remove("$alice", SHA_512),), name="it is gone"),
            *CLEAN_UP,
        ),
    ),
    Conversation(
        name="what is refused",
        alone=ALL_ARE_TOLD,
        api="AlterUserScramCredentials",
        names=("alice", "bob", "carol"),
        steps=(
            _alter(_set("$alice", Iterations=4095), _set("$bob"), name="too few iterations, and one that is right"),
            _alter(_set("$alice", Iterations=16385), name="too many iterations"),
            _alter(_set("$alice", Iterations=-1), name="a negative number of iterations"),
            _alter(_set(""), name="no name"),
            _alter(_set("$alice", 0), _set("$carol", 3), name="mechanisms that do not exist"),
            _alter(_set("$alice", Salt=b""), name="no salt"),
            _alter(_set("$carol", SaltedPassword=b""), name="no password"),
            _alter(_set("$carol"), _set("$carol", SHA_512), name="the same user twice"),
            _alter(_set("$carol"), removed=(_remove("$carol", SHA_512),), name="set and removed at once"),
            _alter(_set("$carol"), _set("$carol"), _set("$carol"), name="three times"),
            _alter(removed=(_remove("$carol"),), name="nothing to remove"),
            _alter(removed=(_remove("$carol", 0),), name="a mechanism that does not exist, removed"),
            _alter(removed=(_remove(""),), name="no name, removed"),
            _alter(removed=(_remove("$bob"), _remove("$bob")), name="removed twice"),
            _alter(name="nothing"),
            *CLEAN_UP,
        ),
    ),
    Conversation(
        name="whose credentials there are",
        alone=ALL_ARE_TOLD,
        api="DescribeUserScramCredentials",
        names=("alice", "bob", "carol"),
        steps=(
            _alter(_set("$alice"), _set("$bob", SHA_512), name="two users"),
            _describe("$bob", name="they are told", until=KNOWN),
            _describe("$alice", "$carol", "", name="known and unknown"),
            _describe("$alice", "$alice", "$bob", name="the same user twice"),
            _describe(name="an empty list is all"),
            Step(api="DescribeUserScramCredentials", fields={"Users": None}, name="null is all"),
            _alter(removed=(_remove("$alice"), _remove("$bob", SHA_512)), name="removed in the end"),
            _describe("$alice", name="gone", until=GONE),
        ),
    ),
)
