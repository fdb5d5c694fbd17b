"""A new cluster begins with the records and files of Apache Kafka 4.3."""

from __future__ import annotations

import json

from kafkalite.cluster.bootstrap import bootstrap_records, leader_change, quorum_state_text
from kafkalite.cluster.record_codec import write_record
from tests.cluster.kafka_records import BOOTSTRAP, LEADER_CHANGE_VALUE


def test_the_first_records_are_kafkas() -> None:
    assert [(r.NAME, write_record(r, 30).hex()) for r in bootstrap_records("1")] == BOOTSTRAP


def test_the_static_minimum_of_replicas_becomes_that_of_the_cluster() -> None:
    assert [r.value for r in bootstrap_records("2") if r.NAME == "ConfigRecord"] == ["2"]


def test_the_leader_change_is_kafkas() -> None:
    value = bytearray()
    leader_change(1).write(value, 0)
    assert value.hex() == LEADER_CHANGE_VALUE


def test_the_quorum_state_names_the_leader_and_its_epoch() -> None:
    assert json.loads(quorum_state_text(7, 3)) == {
        "clusterId": "",
        "leaderId": 7,
        "leaderEpoch": 3,
        "votedId": -1,
        "appliedOffset": 0,
        "currentVoters": [{"voterId": 7}],
        "data_version": 0,
    }
