"""Answers made comparable."""

from __future__ import annotations

import time
from typing import Any

from kafkalite.conformance.conversation import FIXED_TIME_MS, Batch
from kafkalite.conformance.normalise import Normaliser
from kafkalite.conformance.record_values import encode_batch
from kafkalite.conformance.rules import Mask
from kafkalite.dissector import build_message


def normalise(api: str, values: dict[str, Any], *masks: Mask) -> Any:
    return Normaliser("cf1", "cf1-7-", masks).body(api, values)


def test_names_are_shortened_and_errors_named() -> None:
    made = normalise("Metadata", {"Topics": [{"ErrorCode": 3, "Name": "cf1-7-orders"}]})
    assert made == {"Topics": [{"ErrorCode": "UNKNOWN_TOPIC_OR_PARTITION", "Name": "~orders"}]}


def test_identities_are_numbered_as_they_are_met() -> None:
    normaliser = Normaliser("cf1", "cf1-7-")

    def brokers(*ids: int) -> list[Any]:
        made = normaliser.body("Metadata", {"Brokers": [{"NodeId": each} for each in ids]})
        return [broker["NodeId"] for broker in made["Brokers"]]

    assert brokers(5, 3, 5, -1) == ["<broker 1>", "<broker 2>", "<broker 1>", -1]
    assert brokers(3) == ["<broker 2>"]


def test_null_and_zero_are_no_identities() -> None:
    made = normalise("CreateTopics", {"Topics": [{"Name": "b", "TopicId": bytes(16)}, {"Name": "a", "TopicId": None}]})
    assert [(each["Name"], each["TopicId"]) for each in made["Topics"]] == [
        ("a", None),
        ("b", "AAAAAAAAAAAAAAAAAAAAAA"),
    ]


def test_words_for_people_are_there_or_not() -> None:
    made = [normalise("DescribeCluster", {"ErrorMessage": text}) for text in ("oh", None, "")]
    assert [each["ErrorMessage"] for each in made] == ["<text>", None, ""]


def test_only_what_the_conversation_made_is_kept_of_lists() -> None:
    groups = [{"GroupId": each} for each in ("cf1-7-b", "other", "cf1-6-a", "cf1-7-a")]
    assert normalise("ListGroups", {"Groups": groups}) == {"Groups": [{"GroupId": "~a"}, {"GroupId": "~b"}]}


def test_times_near_now_are_masked_and_others_are_not() -> None:
    now = round(time.time() * 1000)
    partitions = [{"Index": index, "LogAppendTimeMs": each} for index, each in enumerate((now, -1, FIXED_TIME_MS))]
    made = normalise("Produce", {"Responses": [{"PartitionResponses": partitions}]})
    told = [each["LogAppendTimeMs"] for each in made["Responses"][0]["PartitionResponses"]]
    assert told == ["<now>", -1, FIXED_TIME_MS]


def test_records_are_opened() -> None:
    data = encode_batch(Batch(records=[("k", "v")], headers=[("h", None)]))
    made = normalise("Fetch", {"Responses": [{"Topic": "t", "Partitions": [{"Records": data}]}]})
    [batch] = made["Responses"][0]["Partitions"][0]["Records"]
    assert batch["records"] == [
        {
            "length": batch["records"][0]["length"],
            "attributes": 0,
            "timestampDelta": 0,
            "offsetDelta": 0,
            "key": "k",
            "value": "v",
            "headers": [["h", None]],
        }
    ]
    assert (batch["crc"], batch["baseTimestamp"]) == ("<any>", FIXED_TIME_MS)


def test_a_wrong_crc_shows() -> None:
    data = encode_batch(Batch(patch={"crc": 1}))
    made = normalise("Fetch", {"Responses": [{"Topic": "t", "Partitions": [{"Records": data}]}]})
    assert made["Responses"][0]["Partitions"][0]["Records"][0]["crc"] == "does not match"


def test_a_step_may_mask_more() -> None:
    mask = Mask("Heartbeat.ThrottleTimeMs", "any", "a test")
    assert normalise("Heartbeat", {"ThrottleTimeMs": 5}, mask) == {"ThrottleTimeMs": "<any>"}


def test_what_is_a_matter_of_configuration_may_also_be_null() -> None:
    values = {"Results": [{"Configs": [{"Name": "a", "Value": None}]}]}
    path = "DescribeConfigs.Results.Configs.Value"
    for kind, expected in (("any", None), ("whatever", "<any>")):
        made = normalise("DescribeConfigs", values, Mask(path, kind, "a test"))
        assert made["Results"][0]["Configs"][0]["Value"] == expected


def test_messages_in_bytes_are_read_where_they_name_a_topic_of_the_run() -> None:
    def assignment(topic: str) -> bytes:
        fields = {"AssignedPartitions": [{"Topic": topic, "Partitions": [0]}], "UserData": None}
        return b"\0\1" + build_message("ConsumerProtocolAssignment", 1, fields)

    assert normalise("SyncGroup", {"Assignment": assignment("cf1-7-orders")}) == {
        "Assignment": {
            "version": 1,
            "AssignedPartitions": [{"Topic": "~orders", "Partitions": [0]}],
            "UserData": None,
        }
    }
    assert normalise("SyncGroup", {"Assignment": assignment("orders")})["Assignment"].startswith("hex:0001")
    assert normalise("SyncGroup", {"Assignment": b"\0\1cf1-7-orders"}) == {
        "Assignment": "hex:0001" + b"cf1-7-orders".hex()
    }
