"""Variables of images: the cluster's id, and topics to create."""

from __future__ import annotations

import pytest

from kafkalite.settings import ConfigError, merge_settings
from kafkalite.settings.image_variables import StartTopic, find_cluster_id, find_topics

VARIABLE = "KAFKA_CREATE_TOPICS"


def test_the_cluster_id_of_the_strongest_variable() -> None:
    assert find_cluster_id({}) is None
    assert find_cluster_id({"CLUSTER_ID": " "}) is None
    assert find_cluster_id({"CLUSTER_ID": " not a uuid "}) == ("not a uuid", "CLUSTER_ID")
    environ = {"CLUSTER_ID": "a", "KAFKA_CLUSTER_ID": "b", "KAFKALITE_CLUSTER_ID": "c"}
    assert find_cluster_id(environ) == ("c", "KAFKALITE_CLUSTER_ID")
    assert merge_settings(environ=environ).cluster_id == ("c", "KAFKALITE_CLUSTER_ID")


@pytest.mark.parametrize("value", ["a\nnode.id=7", "a\u00e9"])
def test_cluster_ids_that_no_file_could_hold(value: str) -> None:
    with pytest.raises(ConfigError, match="printable ASCII"):
        find_cluster_id({"CLUSTER_ID": value})


def test_topics() -> None:
    assert find_topics({}) == []
    assert find_topics({VARIABLE: "orders:3:1, users:1:1:compact,plain ,half:2,"}) == [
        StartTopic("orders", 3, 1, None, VARIABLE),
        StartTopic("users", 1, 1, "compact", VARIABLE),
        StartTopic("plain", -1, -1, None, VARIABLE),
        StartTopic("half", 2, -1, None, VARIABLE),
    ]
    assert merge_settings(environ={VARIABLE: "a"}).start_topics == [StartTopic("a", -1, -1, None, VARIABLE)]


def test_another_separator() -> None:
    environ = {VARIABLE: "\n  a:1:1\n  b:2:1\n", f"{VARIABLE}_SEPARATOR": "\n"}
    assert [(topic.name, topic.partition_count) for topic in find_topics(environ)] == [("a", 1), ("b", 2)]


@pytest.mark.parametrize("entry", ["a:x", "a:0:1", "a:1:0", ":1:1", "a:1:1:compact:more", "a:-1", "a:\u0661"])
def test_what_is_no_topic(entry: str) -> None:
    with pytest.raises(ConfigError, match=r"KAFKA_CREATE_TOPICS: .* is not NAME"):
        find_topics({VARIABLE: f"good:1:1,{entry}"})
