"""Opening a data directory: whose it is, what is in it, and what becomes of what nobody knows."""

from __future__ import annotations

import errno

import pytest

from kafkalite.cluster.image import ScramCredential
from kafkalite.cluster.record_codec import write_record
from kafkalite.log.checkpoints import (
    MetaProperties,
    decode_clean_shutdown,
    decode_leader_epochs,
    decode_meta_properties,
    encode_meta_properties,
)
from kafkalite.model.exceptions import StorageFault
from kafkalite.model.uuids import uuid_from_text
from kafkalite.protocol import errors
from kafkalite.protocol.internal_records.feature_level_record import FeatureLevelRecord
from kafkalite.protocol.internal_records.snapshot_footer_record import SnapshotFooterRecord
from kafkalite.protocol.internal_records.snapshot_header_record import SnapshotHeaderRecord
from kafkalite.protocol.internal_records.user_scram_credential_record import UserScramCredentialRecord
from kafkalite.records.builder import build_batch
from kafkalite.records.control import SNAPSHOT_FOOTER, SNAPSHOT_HEADER, build_control_batch
from kafkalite.settings.values import ConfigError
from kafkalite.system.memory_files import MemoryFiles
from kafkalite.testing.simulated_disk import FLUSH, FLUSH_DIRECTORY, MAKE_DIRECTORY, RENAME, WRITE
from kafkalite.testing.simulated_files import SimulatedFiles
from tests.broker.played_broker import START_MS, PlayedBroker

META_PROPERTIES = "/data/meta.properties"
CLEAN_SHUTDOWN = "/data/.kafka_cleanshutdown"


def properties_in(files: MemoryFiles) -> MetaProperties:
    return decode_meta_properties(files.read(META_PROPERTIES))


def test_an_empty_directory_is_claimed() -> None:
    files = MemoryFiles()
    broker = PlayedBroker(files, properties={"node.id": "7"}).broker
    claimed = properties_in(files)
    assert (claimed.node_id, claimed.cluster_id) == (7, broker.cluster_id) and broker.node_id == 7
    assert claimed.directory_id == broker.directory_id
    assert len(uuid_from_text(broker.cluster_id)) == 16


def test_what_was_claimed_stays() -> None:
    broker = PlayedBroker()
    restarted = broker.restart()
    for name in ("cluster_id", "node_id", "directory_id"):
        assert getattr(restarted.broker, name) == getattr(broker.broker, name)


def test_another_nodes_directory_is_refused_and_left_alone() -> None:
    files = MemoryFiles()
    PlayedBroker(files, properties={"node.id": "1"}).stop()
    before = files.read(META_PROPERTIES)
    with pytest.raises(ConfigError, match=r"belongs to node 1, this one is node.id=2"):
        PlayedBroker(files, properties={"node.id": "2"})
    assert files.read(META_PROPERTIES) == before
    PlayedBroker(files, properties={"node.id": "1"})


def test_the_cluster_id_may_be_chosen_for_a_new_directory_only(caplog: pytest.LogCaptureFixture) -> None:
    files = MemoryFiles()
    assert PlayedBroker(files, environ={"CLUSTER_ID": "my cluster"}).broker.cluster_id == "my cluster"
    assert properties_in(files).cluster_id == "my cluster"
    files = MemoryFiles()
    PlayedBroker(files, environ={"CLUSTER_ID": "first"}).stop()
    PlayedBroker(files, environ={"CLUSTER_ID": "first"}).stop()
    with pytest.raises(ConfigError, match=r"belongs to cluster first, and KAFKA_CLUSTER_ID is second"):
        PlayedBroker(files, environ={"KAFKA_CLUSTER_ID": "second"})
    broker = PlayedBroker(files, environ={"CLUSTER_ID": "second"})  # which may be meant for another program
    assert broker.broker.cluster_id == "first"
    assert caplog.messages == ["/data keeps its cluster id first: CLUSTER_ID is second"]


def test_a_directory_without_an_id_of_its_own_gets_one() -> None:
    files = MemoryFiles()
    files.make_directory("/data")
    files.write_atomically(META_PROPERTIES, encode_meta_properties(MetaProperties("cluster", 1, None)))
    broker = PlayedBroker(files).broker
    assert broker.cluster_id == "cluster" and properties_in(files).directory_id == broker.directory_id


def test_users_that_a_directory_was_formatted_with_are_taken_over_once() -> None:
    """As `kafka-storage format --add-scram` leaves it."""
    user = UserScramCredentialRecord(
        name="alice", mechanism=1, salt=b"salt", stored_key=b"stored", server_key=b"server", iterations=4096
    )
    records = [FeatureLevelRecord(name="metadata.version", feature_level=20), user]
    batch = build_batch([(None, write_record(record, 20)) for record in records], now_ms=START_MS)
    files = MemoryFiles()
    files.make_directory("/data")
    files.write_atomically("/data/bootstrap.checkpoint", bytes(batch))
    broker = PlayedBroker(files)
    image = broker.broker.metadata.image
    assert image.credentials == {("alice", 1): ScramCredential(b"salt", b"stored", b"server", 4096)}
    assert image.features.metadata_version == PlayedBroker().broker.metadata.image.features.metadata_version
    files.write_atomically("/data/bootstrap.checkpoint", b"not read again")
    assert broker.restart().broker.metadata.image.credentials == image.credentials


def test_users_in_the_snapshot_that_kafka_4_4_formats_with_are_taken_over_into_the_log() -> None:
    user = UserScramCredentialRecord(
        name="alice", mechanism=1, salt=b"salt", stored_key=b"stored", server_key=b"server", iterations=4096
    )
    records = [FeatureLevelRecord(name="metadata.version", feature_level=20), user]
    snapshot = build_control_batch(SNAPSHOT_HEADER, SnapshotHeaderRecord(), now_ms=START_MS, leader_epoch=0)
    snapshot += build_batch([(None, write_record(r, 20)) for r in records], base_offset=1, now_ms=START_MS)
    snapshot += build_control_batch(
        SNAPSHOT_FOOTER, SnapshotFooterRecord(), now_ms=START_MS, base_offset=3, leader_epoch=0
    )
    files = MemoryFiles()
    files.make_directory("/data")
    files.write_atomically(META_PROPERTIES, encode_meta_properties(MetaProperties("cluster", 1, None)))
    files.make_directory("/data/__cluster_metadata-0")
    name = "/data/__cluster_metadata-0/00000000000000000000-0000000000.checkpoint"
    files.write_atomically(name, bytes(snapshot))
    broker = PlayedBroker(files)
    image = broker.broker.metadata.image
    assert image.credentials == {("alice", 1): ScramCredential(b"salt", b"stored", b"server", 4096)}
    assert image.features.metadata_version == PlayedBroker().broker.metadata.image.features.metadata_version
    broker.stop()
    files.remove(name)
    assert PlayedBroker(files).broker.metadata.image.credentials == image.credentials, "the log has them"


def test_a_file_nobody_can_read_is_named() -> None:
    files = MemoryFiles()
    files.make_directory("/data")
    files.write_atomically(META_PROPERTIES, b"version=1\nnode.id=many\n")
    with pytest.raises(ConfigError, match=r"meta\.properties"):
        PlayedBroker(files)


def test_a_directory_in_use_is_refused_until_it_is_free() -> None:
    files = MemoryFiles()
    broker = PlayedBroker(files)
    with pytest.raises(StorageFault, match="lock"):
        PlayedBroker(files)
    broker.stop()
    PlayedBroker(files)


@pytest.mark.parametrize("path_part", ["meta.properties", "__cluster_metadata", ".log"])
def test_a_start_that_fails_leaves_the_directory_free(path_part: str) -> None:
    files = SimulatedFiles()
    no_space = OSError(errno.ENOSPC, "No space left on device")
    fault = files.fail(WRITE, no_space, path_part=path_part, count=None)
    with pytest.raises(StorageFault, match="No space left"):
        PlayedBroker(files)
    fault.cancel()
    PlayedBroker(files).create_topic()


@pytest.mark.parametrize("value", [b"", b"\x02\x00\x00", b"\x01\x7f\x00", b"\x01\x02\x00\x05"], ids=str)
def test_metadata_nobody_can_read_is_a_fault(value: bytes) -> None:
    files = MemoryFiles()
    broker = PlayedBroker(files)
    batch = build_batch([(None, value)], now_ms=START_MS)
    broker.broker.metadata.log.append(memoryview(batch), now_ms=START_MS, is_from_client=False)
    broker.stop()
    for _ in range(2):
        with pytest.raises(StorageFault, match="the metadata cannot be read"):
            PlayedBroker(files)


@pytest.mark.parametrize("clean", [True, False])
def test_topics_and_records_are_there_again(clean: bool) -> None:
    broker = PlayedBroker()
    broker.create_topic(partitions=2, retention_ms="1234")
    broker.produce(b"a", partition=1)
    topic_id = broker.topic_id()
    restarted = broker.restart(clean=clean)
    assert restarted.topic_id() == topic_id
    log = restarted.broker.partitions.get("orders", 1)
    assert (log.end_offset, log.config.retention_ms, log.topic_id) == (1, 1234, topic_id)
    assert restarted.broker.partitions.get("orders", 0).end_offset == 0


def test_a_clean_stop_leaves_its_mark_and_a_kill_none() -> None:
    files = MemoryFiles()
    broker = PlayedBroker(files)
    assert not files.exists(CLEAN_SHUTDOWN)
    broker.stop()
    assert files.exists(CLEAN_SHUTDOWN)
    broker = PlayedBroker(files)
    assert not files.exists(CLEAN_SHUTDOWN), "while it runs, a stop cannot have been clean"
    broker.stop(clean=False)
    assert not files.exists(CLEAN_SHUTDOWN)


def test_a_partition_that_the_metadata_does_not_know_is_put_aside() -> None:
    files = MemoryFiles()
    broker = PlayedBroker(files)
    broker.create_topic()
    broker.produce(b"a")
    broker.stop()
    for name in list(files.list_directory("/data/__cluster_metadata-0")):
        files.remove(f"/data/__cluster_metadata-0/{name}")
    files.remove_tree("/data/__cluster_metadata-0")
    restarted = PlayedBroker(files)
    assert restarted.broker.partitions.find("orders", 0) is None
    assert any(name.startswith("orders-0") and name.endswith("-stray") for name in files.list_directory("/data"))


def test_a_directory_without_meta_properties_is_refused_and_left_alone() -> None:
    files = MemoryFiles()
    broker = PlayedBroker(files)
    broker.create_topic()
    broker.produce(b"a")
    cluster_id = broker.broker.cluster_id
    broker.stop()
    content = files.read(META_PROPERTIES)
    files.remove(META_PROPERTIES)
    before = sorted(files.list_directory("/data"))
    for _ in range(2):
        with pytest.raises(
            ConfigError, match=r"has no meta\.properties, but holds __cluster_metadata-0, orders-0, .*-c"
        ):
            PlayedBroker(files)
        assert sorted(files.list_directory("/data")) == before
    files.write_atomically(META_PROPERTIES, content)
    assert PlayedBroker(files).broker.cluster_id == cluster_id


def test_a_directory_with_other_peoples_files_alone_is_new() -> None:
    files = MemoryFiles()
    files.make_directory("/data/lost+found")
    files.write_atomically("/data/.gitignore", b"*")
    PlayedBroker(files).create_topic()


@pytest.mark.parametrize("clean", [True, False])
def test_damaged_metadata_are_cut_and_the_topics_that_go_with_them_named(
    clean: bool, caplog: pytest.LogCaptureFixture
) -> None:
    files = MemoryFiles()
    broker = PlayedBroker(files)
    end_offset = broker.broker.metadata.log.end_offset
    size = broker.broker.metadata.log.size_bytes
    broker.create_topic(partitions=2)
    broker.create_topic("other")
    broker.stop(clean=clean)
    handle = files.open(f"/data/__cluster_metadata-0/{0:020d}.log")
    handle.write_at(size + 70, bytes((handle.read_at(size + 70, 1)[0] ^ 0xFF,)))
    restarted = PlayedBroker(files)
    assert restarted.broker.metadata.image.topics.by_name == {}
    assert len([name for name in files.list_directory("/data") if name.endswith("-stray")]) == 3
    cut, explanation = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"][-2:]
    assert cut.startswith(f"__cluster_metadata-0: cut /data/__cluster_metadata-0/{0:020d}.log at byte {size}, offset ")
    assert f"offset {end_offset}: the batch there has the checksum" in cut
    assert explanation == (
        f"/data/__cluster_metadata-0 was damaged and cut at offset {end_offset}: the topics of 3 partitions are "
        "forgotten with it. Their directories were renamed to *-stray and keep all records"
    )
    restarted.create_topic()
    assert restarted.produce(b"a").base_offset == 0


def test_a_quorum_state_that_cannot_be_read_is_refused_until_it_is_removed() -> None:
    files = MemoryFiles()
    PlayedBroker(files).stop()
    path = "/data/__cluster_metadata-0/quorum-state"
    content = files.read(path)
    for damaged in (b"garbage", b"", content[:20], b"{}"):
        files.write_atomically(path, damaged)
        with pytest.raises(StorageFault, match=f"read {path}: the file is damaged: remove it"):
            PlayedBroker(files)
    files.remove(path)
    PlayedBroker(files).stop()
    assert b'"leaderId":1,"leaderEpoch":2,' in files.read(path)


def test_metadata_that_a_full_disk_refuses_are_taken_when_there_is_room() -> None:
    files = SimulatedFiles()
    broker = PlayedBroker(files)
    image = broker.broker.metadata.image
    fault = files.fail(WRITE, OSError(errno.ENOSPC, "No space left on device"), path_part="__cluster", count=None)
    for _ in range(2):
        with pytest.raises(AssertionError, match="error_code=56"):
            broker.create_topic()
        assert broker.broker.metadata.image is image
    fault.cancel()
    broker.create_topic()
    assert broker.restart(clean=False).produce(b"a").base_offset == 0


def test_a_partition_that_a_full_disk_refuses_is_made_when_there_is_room(caplog: pytest.LogCaptureFixture) -> None:
    files = SimulatedFiles()
    broker = PlayedBroker(files)
    fault = files.fail(MAKE_DIRECTORY, OSError(errno.ENOSPC, "No space left on device"), count=None)
    broker.create_topic()
    logs = broker.broker.logs
    assert broker.produce(b"a").error_code == errors.UNKNOWN_TOPIC_OR_PARTITION
    logs.run_upkeep()
    assert logs.needs_upkeep
    fault.cancel()
    logs.run_upkeep()
    assert not logs.needs_upkeep
    assert broker.produce(b"a").base_offset == 0
    told = [record.getMessage() for record in caplog.records]
    assert len(told) == 2 and told[0].startswith("creating orders-0: make directory data/orders-0: [Errno 28]")
    assert told[1] == "creating orders-0: works again after 2 failures"


def test_a_partition_that_the_disk_does_not_have_is_made_anew() -> None:
    files = MemoryFiles()
    broker = PlayedBroker(files)
    broker.create_topic(partitions=2)
    broker.stop()
    files.remove_tree("/data/orders-1")
    restarted = PlayedBroker(files)
    assert restarted.produce(b"a", partition=1).base_offset == 0


def test_each_start_is_another_registration() -> None:
    """In a new epoch, which the marker of a clean stop then has."""
    broker = PlayedBroker(properties={"broker.rack": "a"})
    [first] = broker.broker.metadata.image.brokers.active()
    moved = broker.restart(properties={"broker.rack": "b"})
    [second] = moved.broker.metadata.image.brokers.active()
    assert (second.broker_id, second.rack) == (1, "b")
    assert second.broker_epoch > first.broker_epoch
    moved.stop()
    assert decode_clean_shutdown(moved.files.read(CLEAN_SHUTDOWN)) == second.broker_epoch


def leaderships(broker: PlayedBroker) -> dict[str, tuple[int, int, int, int]]:
    """Return leader, epoch and recovery state of each topic's partition 0 in the metadata, and the epoch of its log."""
    topics = broker.broker.metadata.image.topics.by_name.values()
    return {
        topic.name: (one.leader, one.leader_epoch, one.leader_recovery_state, log.leader_epoch)
        for topic in topics
        for one, log in [(topic.partitions[0], broker.broker.partitions.get(topic.name, 0))]
    }


def test_each_start_raises_the_leader_epochs() -> None:
    """By two, as Apache Kafka: one for the end of the leadership, one for the new one (KIP-320)."""
    broker = PlayedBroker()
    broker.create_topic("orders")
    broker.create_topic("empty")
    broker.produce(b"a")
    assert leaderships(broker) == dict.fromkeys(("orders", "empty"), (1, 0, 0, 0))
    for number, clean in enumerate([True, False, False, True], 1):
        broker = broker.restart(clean=clean)
        state = 1 if number > 1 else 0  # once elected uncleanly, nothing takes it back
        assert leaderships(broker) == dict.fromkeys(("orders", "empty"), (1, 2 * number, state, 2 * number))
        assert broker.broker.metadata.log.leader_epoch == 1 + number
        broker.produce(b"b")
    stored = broker.files.read("/data/orders-0/leader-epoch-checkpoint")
    assert decode_leader_epochs(stored) == [(0, 0), (2, 1), (4, 2), (6, 3), (8, 4)]


def test_a_start_flushes_as_little_for_many_partitions_as_for_few() -> None:
    """The elections are one append of the metadata; epochs wait for the first append of their partition."""
    counts = []
    for partition_count in (1, 60):
        files = SimulatedFiles()
        broker = PlayedBroker(files)
        broker.create_topic(partitions=partition_count)
        broker.stop()
        begun = len(files.operations)
        PlayedBroker(files)
        counts.append([each.kind for each in files.operations[begun:] if each.kind in (FLUSH, FLUSH_DIRECTORY, RENAME)])
    assert counts[0] == counts[1]


def test_a_disk_that_fails_at_the_stop_is_logged_and_makes_it_unclean(caplog: pytest.LogCaptureFixture) -> None:
    files = SimulatedFiles()
    broker = PlayedBroker(files)
    broker.create_topic()
    broker.produce(b"a")
    fault = files.fail(WRITE, OSError(errno.EIO, "Input/output error"), path_part="__cluster_metadata", count=None)
    broker.stop()
    assert "the stop of this broker is not in the metadata" in caplog.text
    fault.cancel()
    again = PlayedBroker(files)
    assert leaderships(again) == {"orders": (1, 2, 1, 2)}
    assert again.fetch(0).high_watermark == 1
