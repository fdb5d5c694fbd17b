"""What nobody is shown: passwords and keys, in requests and in records."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kafkalite.dissector.messages import build_message, dissect_message, parse_message
from kafkalite.dissector.rendering import to_json, tree_lines

SECRET = b"\0alice\0hunter2"
SCRAM = {"Name": "alice", "Mechanism": 1, "Iterations": 4096, "Salt": SECRET, "SaltedPassword": SECRET}


def config(name: str) -> dict[str, Any]:
    """Return a request that sets one configuration of a broker."""
    configs = [{"Name": name, "ConfigOperation": 0, "Value": "hunter2"}]
    return {"Resources": [{"ResourceType": 4, "ResourceName": "1", "Configs": configs}], "ValidateOnly": False}


def everything_shown(message: str, version: int, values: dict[str, Any]) -> str:
    data = build_message(message, version, values)
    tree = dissect_message(data, name=message, version=version)
    assert parse_message(message, version, data) == tree.value  # the values themselves are there for programs
    return "\n".join(tree_lines(tree, data, hex_bytes=64)) + json.dumps(to_json(tree))


@pytest.mark.parametrize(
    ("message", "version", "values"),
    [
        ("SaslAuthenticateRequest", 2, {"AuthBytes": SECRET}),
        ("AlterUserScramCredentialsRequest", 0, {"Deletions": [], "Upsertions": [SCRAM]}),
        (
            "UserScramCredentialRecord",
            0,
            {"Name": "a", "Mechanism": 1, "Salt": SECRET, "StoredKey": SECRET, "ServerKey": SECRET, "Iterations": 1},
        ),
        ("IncrementalAlterConfigsRequest", 1, config("listener.name.x.plain.sasl.jaas.config")),
        ("ConfigRecord", 0, {"ResourceType": 4, "ResourceName": "", "Name": "ssl.key.password", "Value": "hunter2"}),
    ],
)
def test_secrets_are_not_shown(message: str, version: int, values: dict[str, Any]) -> None:
    shown = everything_shown(message, version, values)
    assert "(hidden)" in shown
    for form in ("hunter2", b"hunter2".hex(), b"hunter2".hex(" ")):
        assert form not in shown


def test_other_configurations_are() -> None:
    assert "hunter2" in everything_shown("IncrementalAlterConfigsRequest", 1, config("log.retention.ms"))
