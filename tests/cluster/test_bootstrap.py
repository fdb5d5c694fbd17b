"""A new cluster begins with the records and files of Apache Kafka 4.4."""

from __future__ import annotations

import json

from kafkalite.cluster.bootstrap import (
    bootstrap_records,
    is_dynamic_quorum,
    leader_change,
    quorum_state_epoch,
    quorum_state_text,
    raise_quorum_epoch,
)
from kafkalite.cluster.record_codec import write_record
from tests.cluster.kafka_records import BOOTSTRAP, LEADER_CHANGE_VALUE


def test_the_first_records_are_kafkas() -> None:
    assert [(r.NAME, write_record(r, 33).hex()) for r in bootstrap_records("1")] == BOOTSTRAP


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


DYNAMIC = b'{"leaderId":-1,"leaderEpoch":9,"votedId":2,"votedDirectoryId":"AAAAAAAAAAAAAAAAAAAAAQ","data_version":1}'


def test_a_later_epoch_of_the_quorum_changes_nothing_else() -> None:
    static = quorum_state_text(1, 3)
    assert raise_quorum_epoch(static, 1, 4) == quorum_state_text(1, 4)
    raised = raise_quorum_epoch(DYNAMIC, 1, 10)
    assert json.loads(raised) == json.loads(DYNAMIC) | {"leaderId": 1, "leaderEpoch": 10}
    assert (quorum_state_epoch(static), quorum_state_epoch(raised)) == (3, 10)
    assert (is_dynamic_quorum(static), is_dynamic_quorum(raised)) == (False, True)


def test_a_quorum_state_that_cannot_be_read_is_made_anew() -> None:
    for content in (b"", b"{}", b'{"leaderEpoch":5', b"\0" * 100):
        assert raise_quorum_epoch(content, 7, 6) == quorum_state_text(7, 6)
        assert not is_dynamic_quorum(content)
    assert quorum_state_epoch(b"") == 0
