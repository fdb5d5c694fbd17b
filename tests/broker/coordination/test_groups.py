"""The group coordinator in a broker: its topic, its shards, and what happens around them."""

from __future__ import annotations

import os
from errno import EIO, ENOSPC

import pytest

from kafkalite.cluster.topic_names import CONSUMER_OFFSETS
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.delete_topics_request import DeleteTopicsRequest
from kafkalite.protocol.messages.list_groups_request import ListGroupsRequest
from kafkalite.system.memory_files import MemoryFiles
from kafkalite.testing.simulated_disk import ALLOCATE, WRITE
from kafkalite.testing.simulated_files import SimulatedFiles
from tests.broker.handlers.group_conversation import answer, join, join_request
from tests.broker.handlers.offsets_conversation import request_for, stored
from tests.broker.played_broker import PlayedBroker


def commit(broker: PlayedBroker, offset: int = 5, group_id: str = "g", topic: str = "orders") -> int:
    """Commit an offset of partition 0 and return the error code."""
    response = broker.ask(request_for(broker, 9, {topic: {0: offset}}, group_id=group_id), 9)
    return int(response.topics[0].partitions[0].error_code)


@pytest.fixture
def broker() -> PlayedBroker:
    """Return a broker with a topic."""
    made = PlayedBroker()
    made.create_topic("orders")
    return made


def test_the_topic_is_made_when_it_is_needed_with_kafkas_configuration(broker: PlayedBroker) -> None:
    assert CONSUMER_OFFSETS not in broker.broker.metadata.image.topics.by_name
    assert commit(broker) == errors.NONE
    config = broker.broker.partitions.get(CONSUMER_OFFSETS, 0).config
    assert (config.cleanup_policy, config.segment_bytes, config.compression_type) == (
        ("compact",),
        104_857_600,
        "producer",
    )


def test_groups_are_where_kafka_looks_for_them() -> None:
    broker = PlayedBroker(properties={"offsets.topic.num.partitions": "50"})
    broker.create_topic("orders")
    commit(broker, group_id="console-consumer-1")
    code = 0
    for letter in b"console-consumer-1":
        code = (code * 31 + letter) & 0xFFFFFFFF
    expected = abs(code - 2**32 if code >= 2**31 else code) % 50
    assert broker.broker.groups.partition_of("console-consumer-1") == expected
    written = [index for index in range(50) if broker.broker.partitions.get(CONSUMER_OFFSETS, index).end_offset]
    assert written == [expected]


def test_a_topic_that_cannot_be_made_is_a_coordinator_that_is_not_available() -> None:
    broker = PlayedBroker(properties={"offsets.topic.replication.factor": "3"})
    broker.create_topic("orders")
    assert commit(broker) == errors.COORDINATOR_NOT_AVAILABLE
    assert broker.ask(join_request(), 3).error_code == errors.COORDINATOR_NOT_AVAILABLE


def test_only_the_shards_that_are_asked_for_are_loaded() -> None:
    broker = PlayedBroker(properties={"offsets.topic.num.partitions": "8"})
    broker.create_topic("orders")
    for index in range(20):
        commit(broker, index, f"g{index}")
    restarted = broker.restart()
    assert stored(restarted, "g3") == {("orders", 0): 3}
    assert [runtime.partition for runtime in restarted.broker.groups.host.used()] == [
        restarted.broker.groups.partition_of("g3")
    ]
    assert len(restarted.ask(ListGroupsRequest(), 5).groups) == 20


@pytest.mark.parametrize("is_clean", [True, False])
def test_groups_survive_a_restart(broker: PlayedBroker, is_clean: bool) -> None:
    commit(broker)
    member_id = answer(join(broker, group_id="h")).member_id
    restarted = broker.restart(clean=is_clean)
    assert stored(restarted) == {("orders", 0): 5}
    group = restarted.broker.groups.read("h", lambda shard: shard.context.groups["h"])
    assert (group.state, group.members) == ("Empty", {}), "a generation that nobody was assigned in is not kept"
    again = restarted.ask(join_request(member_id, "h", rebalance_timeout_ms=1), 9)
    assert again.error_code == errors.UNKNOWN_MEMBER_ID


def test_offsets_end_with_their_topic_also_in_shards_that_nobody_asked_for() -> None:
    broker = PlayedBroker(properties={"offsets.topic.num.partitions": "8"})
    broker.create_topic("orders")
    broker.create_topic("bills")
    for index in range(5):
        commit(broker, index, f"g{index}")
        commit(broker, index, f"g{index}", "bills")
    restarted = broker.restart()
    assert stored(restarted, "g0") == {("orders", 0): 0, ("bills", 0): 0}
    restarted.ask(DeleteTopicsRequest(topic_names=["orders"], timeout_ms=1000), 5)
    for index in range(5):
        assert stored(restarted, f"g{index}") == {("bills", 0): index}


def test_offsets_of_topics_that_were_deleted_before_anybody_asked_go_when_the_shard_is_loaded(
    broker: PlayedBroker,
) -> None:
    commit(broker)
    restarted = broker.restart()
    restarted.ask(DeleteTopicsRequest(topic_names=["orders"], timeout_ms=1000), 5)
    restarted.broker.groups.read("g", lambda shard: None)
    restarted.pass_time(0)
    assert stored(restarted) == {}


def test_when_its_own_topic_is_deleted_everybody_begins_anew(broker: PlayedBroker) -> None:
    commit(broker)
    leader = answer(join(broker, group_id="h"))
    waiting = join(broker, group_id="h")
    broker.ask(DeleteTopicsRequest(topic_names=[CONSUMER_OFFSETS], timeout_ms=1000), 5)
    assert stored(broker) == {}
    assert answer(waiting).error_code == errors.NOT_COORDINATOR
    again = broker.ask(join_request(leader.member_id, "h", rebalance_timeout_ms=1), 9)
    assert again.error_code == errors.UNKNOWN_MEMBER_ID
    assert commit(broker, 9) == errors.NONE
    assert stored(broker.restart()) == {("orders", 0): 9}


def test_a_disk_that_fails_is_not_the_coordinator_any_more() -> None:
    files = SimulatedFiles()
    broker = PlayedBroker(files)
    broker.create_topic("orders")
    assert commit(broker) == errors.NONE
    broker.broker.partitions.get(CONSUMER_OFFSETS, 0).close(clean=False)
    assert commit(broker, 6) == errors.NOT_COORDINATOR
    assert commit(broker, 7) == errors.NOT_COORDINATOR
    assert not broker.bugs


@pytest.mark.parametrize("error", [ENOSPC, EIO])
def test_commits_go_on_when_the_disk_does(error: int, caplog: pytest.LogCaptureFixture) -> None:
    files = SimulatedFiles()
    broker = PlayedBroker(files, properties={"kafkalite.on.storage.fault": "offline"})
    broker.create_topic("orders")
    assert commit(broker) == errors.NONE
    fault = files.fail(WRITE, OSError(error, os.strerror(error)), path_part=CONSUMER_OFFSETS, count=None)
    for offset in (6, 7, 8):
        assert commit(broker, offset) == errors.NOT_COORDINATOR
        assert stored(broker) == {("orders", 0): 5}
    fault.cancel()
    assert commit(broker, 9) == errors.NONE
    assert stored(broker) == stored(broker.restart(clean=False)) == {("orders", 0): 9}
    told = [record.getMessage() for record in caplog.records if record.levelname in ("ERROR", "WARNING")]
    assert len(told) == 2 and told[1].endswith("works again after 3 failures")
    assert told[0].startswith(f"{CONSUMER_OFFSETS}-0: write /data/{CONSUMER_OFFSETS}-0/")
    assert not broker.bugs


def test_offsets_that_cannot_be_read_are_told_once(caplog: pytest.LogCaptureFixture) -> None:
    files = MemoryFiles()
    broker = PlayedBroker(files)
    broker.create_topic("orders")
    for offset in (5, 6, 7):
        assert commit(broker, offset) == errors.NONE
    broker.stop()
    handle = files.open(f"/data/{CONSUMER_OFFSETS}-0/{0:020d}.log")
    position = handle.size() // 3 + 61  # the length of the record in the second batch
    handle.write_at(position, bytes((handle.read_at(position, 1)[0] ^ 0xFF,)))
    broker = PlayedBroker(files)
    for _ in range(3):
        assert commit(broker, 9) == errors.NOT_COORDINATOR
    (told,) = [record.getMessage() for record in caplog.records]
    assert told.startswith(f"coordinator of {CONSUMER_OFFSETS}-0: load {CONSUMER_OFFSETS}-0: ")
    assert "answered NOT_COORDINATOR until its records can be read" in told


def test_members_keep_their_place_while_a_full_disk_refuses_commits() -> None:
    """The shard is loaded again after the first refusal alone, which costs the members of classic groups theirs."""
    files = SimulatedFiles()
    broker = PlayedBroker(files)
    broker.create_topic("orders")
    assert commit(broker) == errors.NONE
    fault = files.fail(WRITE, OSError(ENOSPC, "No space left on device"), path_part=CONSUMER_OFFSETS, count=None)
    allocation = files.fail(ALLOCATE, OSError(ENOSPC, "No space left on device"), count=None)
    assert commit(broker, 6) == errors.NOT_COORDINATOR
    writes = fault.hit_count
    runtime = broker.broker.groups.host.runtime(0)
    shard = runtime.load()
    assert commit(broker, 7) == errors.NOT_COORDINATOR
    assert runtime.load() is shard and fault.hit_count == writes
    fault.cancel()
    allocation.cancel()
    assert commit(broker, 8) == errors.NONE
    assert runtime.load() is shard


def test_transactions_end_in_partitions_that_exist(broker: PlayedBroker) -> None:
    with pytest.raises(ApiError) as caught:
        broker.broker.groups.complete_transaction(0, 9, 0, is_commit=True, coordinator_epoch=0)
    assert caught.value.error_code == errors.UNKNOWN_TOPIC_OR_PARTITION
    commit(broker)
    with pytest.raises(ApiError):
        broker.broker.groups.complete_transaction(1, 9, 0, is_commit=True, coordinator_epoch=0)
    broker.broker.groups.complete_transaction(0, 9, 0, is_commit=True, coordinator_epoch=0)
    assert stored(broker) == {("orders", 0): 5}


def test_what_is_written_can_be_fetched_and_wakes_who_waits(broker: PlayedBroker) -> None:
    commit(broker)
    assert broker.fetch(0, topic=CONSUMER_OFFSETS).high_watermark == 1
    waiting = broker.fetch(1, topic=CONSUMER_OFFSETS, max_wait_ms=1000)
    commit(broker, 6)
    broker.broker.purgatory.drain()
    assert waiting.response.responses[0].partitions[0].high_watermark == 2


def test_offsets_expire_in_a_broker() -> None:
    properties = {"offsets.retention.minutes": "1", "offsets.retention.check.interval.ms": "1000"}
    broker = PlayedBroker(properties=properties)
    broker.create_topic("orders")
    commit(broker)
    broker.pass_time(59_000)
    assert stored(broker) == {("orders", 0): 5}
    broker.pass_time(1_000)
    assert stored(broker) == {}
    assert broker.ask(ListGroupsRequest(), 5).groups == []
