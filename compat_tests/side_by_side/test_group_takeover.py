"""A living consumer group moves with its data directory: kafkalite, Apache Kafka, kafkalite; its members notice little.

The same librdkafka consumers run all the time; no member is fenced, no committed record is read twice.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from compat_tests.broker_process import KafkaliteProcess
from compat_tests.clients.test_consumer_protocol import HEARTBEAT_SETTINGS, Member, Stage, poll_until
from compat_tests.oracle.apache_kafka import ApacheKafka, OracleUnavailable

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]

SETTINGS = HEARTBEAT_SETTINGS | {
    "offsets.topic.num.partitions": "4",
    "group.consumer.max.session.timeout.ms": "120000",
    "group.consumer.session.timeout.ms": "120000",
}
PARTITION_COUNT = 4
RECORD_COUNT = 10
"""Records written to each partition under each broker."""


def read_to_the_end(members: Sequence[Member], end_offset: int) -> None:
    """Let the members read all of their partitions."""
    everything = {("orders", partition) for partition in range(PARTITION_COUNT)}

    def is_done() -> bool:
        owned = [one for member in members for one in member.owned]
        return set(owned) == everything and all(
            (*one, end_offset - 1) in member.read for member in members for one in member.owned
        )

    poll_until(members, is_done, f"everything is read up to {end_offset}")


def test_a_group_moves_to_kafka_and_back(tmp_path: Path) -> None:
    ours = KafkaliteProcess(directory=tmp_path, settings=SETTINGS)
    ours.start()
    theirs = ApacheKafka(data=ours.data_directory, port=ours.port, settings=SETTINGS)
    stage = Stage(ours, "movers")
    try:
        stage.make_topic("orders", PARTITION_COUNT)
        members = [stage.join(["orders"]), stage.join(["^ord.*"])]
        poll_until(members, lambda: [len(member.owned) for member in members] == [2, 2], "both share")
        stage.produce("orders", PARTITION_COUNT, RECORD_COUNT)
        read_to_the_end(members, RECORD_COUNT)
        for member in members:
            member.commit()
        owned = [member.owned for member in members]
        for round_number, broker in enumerate((theirs, ours), 1):
            if broker is theirs:
                ours.stop()
                _start_or_skip(theirs)
            else:
                theirs.stop()
                ours.start()
            seen = [len(member.read) for member in members]
            stage.produce("orders", PARTITION_COUNT, RECORD_COUNT)
            read_to_the_end(members, RECORD_COUNT * (round_number + 1))
            assert [member.owned for member in members] == owned
            for member, count in zip(members, seen, strict=True):
                assert all(offset >= RECORD_COUNT * round_number for _, _, offset in member.read[count:])
                member.commit()
        stage.close()
        ours.stop()
    finally:
        ours.kill()
        theirs.kill()


def _start_or_skip(oracle: ApacheKafka) -> None:
    try:
        oracle.start()
    except OracleUnavailable as error:
        if os.environ.get("CI") == "true":
            pytest.fail(f"in CI Apache Kafka must be there: {error}")
        pytest.skip(str(error))
