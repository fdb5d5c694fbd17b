"""Subscriptions and assignments inside the messages of classic groups."""

from __future__ import annotations

from typing import Any

from kafkalite.dissector import Field, build_message, dissect

SUBSCRIPTION = b"\x00\x01" + build_message("ConsumerProtocolSubscription", 1, {"Topics": ["orders"]})


def join_group(metadata: bytes, protocol_type: str = "consumer") -> Field:
    header = {"RequestApiKey": 11, "RequestApiVersion": 5}
    body: dict[str, Any] = {
        "ProtocolType": protocol_type,
        "Protocols": [{"Name": "range", "Metadata": metadata}],
    }
    frame = build_message("RequestHeader", 1, header) + build_message("JoinGroupRequest", 5, body)
    return dissect(frame).get("Body.Protocols[0].Metadata")


def test_a_subscription_is_opened() -> None:
    field = join_group(SUBSCRIPTION)
    assert field.get("version").value == 1
    assert field.get("Body.Topics[0]").value == "orders"
    assert field.children[-1].end == field.end


def test_a_newer_version_is_read_as_the_newest_known_and_the_rest_is_kept() -> None:
    newest = build_message("ConsumerProtocolSubscription", 3, {"Topics": ["orders"]})
    field = join_group(b"\x00\x09" + newest + b"new")
    assert field.get("Body").type == "ConsumerProtocolSubscription v3"
    assert field.get("rest").value == b"new"


def test_other_protocol_types_and_other_bytes_stay_bytes() -> None:
    assert join_group(SUBSCRIPTION, "connect").children == []
    assert join_group(b"\x00").children == []
    assert join_group(b"\x00\x00\x7f\xff\xff\xff").children == []


def test_an_assignment_in_a_response_without_protocol_type() -> None:
    assigned = {"AssignedPartitions": [{"Topic": "orders", "Partitions": [3]}]}
    assignment = b"\x00\x00" + build_message("ConsumerProtocolAssignment", 0, assigned)
    body = build_message("SyncGroupResponse", 2, {"Assignment": assignment})
    tree = dissect(b"\x00\x00\x00\x01" + body, response_to=("SyncGroup", 2))
    assert tree.get("Body.Assignment.Body.AssignedPartitions[0].Partitions[0]").value == 3
