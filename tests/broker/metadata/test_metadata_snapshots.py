"""Snapshots of the metadata: when they are written, what makes one whole, and what a start does with them."""

from __future__ import annotations

import errno

import pytest

from kafkalite.broker.metadata.metadata_snapshots import find_snapshot, snapshot_names, write_snapshot
from kafkalite.cluster.result import Result
from kafkalite.model.exceptions import StorageFault
from kafkalite.protocol.internal_records.access_control_entry_record import AccessControlEntryRecord
from kafkalite.records.batch import iterate_batches
from kafkalite.system.memory_files import MemoryFiles
from kafkalite.testing.simulated_disk import WRITE
from kafkalite.testing.simulated_files import SimulatedFiles
from tests.broker.played_broker import START_MS, PlayedBroker

METADATA = "/data/__cluster_metadata-0"


def snapshots(broker: PlayedBroker) -> list[str]:
    return snapshot_names(broker.files.list_directory(METADATA))


@pytest.fixture(autouse=True)
def early(monkeypatch: pytest.MonkeyPatch) -> None:
    """Write snapshots of small clusters, too."""
    monkeypatch.setattr("kafkalite.broker.metadata.metadata_log.SNAPSHOT_MIN_RECORDS", 1)


def test_names_are_in_the_order_of_end_offset_and_epoch() -> None:
    names = ["00000000000000000009-0000000002.checkpoint", "00000000000000000010-0000000001.checkpoint", "a.log"]
    assert snapshot_names([*names, "bootstrap.checkpoint", "quorum-state"]) == [names[1], names[0]]


@pytest.mark.parametrize("clean", [True, False])
def test_a_start_goes_on_from_the_newest_snapshot(clean: bool) -> None:
    broker = PlayedBroker()
    broker.create_topic(partitions=5, retention_ms="77")
    names = set()
    for _ in range(6):
        epoch = broker.broker.metadata.image.topics.by_name["orders"].partitions[4].leader_epoch
        broker = broker.restart(clean=clean)
        image = broker.broker.metadata.image
        assert image.topics.by_name["orders"].partitions[4].leader_epoch == epoch + 2
        names.update(snapshots(broker))
        assert len(snapshots(broker)) <= 1
    assert len(names) >= 2
    broker.create_topic("later")
    broker = broker.restart(clean=False)
    assert set(broker.broker.metadata.image.topics.by_name) == {"orders", "later"}
    assert broker.broker.partitions.get("orders", 0).config.retention_ms == 77


def test_the_image_is_that_of_the_whole_log() -> None:
    broker = PlayedBroker()
    broker.create_topic(partitions=3)
    broker.stop()
    assert snapshots(broker)
    files = broker.files
    with_snapshot = PlayedBroker(files).broker.metadata
    image = with_snapshot.image
    [name] = snapshots(broker)
    files.remove(f"{METADATA}/{name}")
    assert with_snapshot.load(None)._replace(epoch=image.epoch) == image


@pytest.mark.parametrize("damage", ["torn", "flipped", "empty"])
def test_a_damaged_snapshot_is_passed_over(damage: str, caplog: pytest.LogCaptureFixture) -> None:
    broker = PlayedBroker()
    broker.create_topic()
    broker.stop()
    [name] = snapshots(broker)
    content = bytearray(broker.files.read(f"{METADATA}/{name}"))
    footer = list(iterate_batches(content))[-1].position
    content[300] ^= 1 if damage == "flipped" else 0
    size = {"torn": footer, "flipped": len(content), "empty": 0}[damage]
    broker.files.write_atomically(f"{METADATA}/{name}", bytes(content[:size]))
    again = PlayedBroker(broker.files)
    assert f"the snapshot {name} of the metadata is damaged" in caplog.text
    assert set(again.broker.metadata.image.topics.by_name) == {"orders"}


def test_a_log_that_ends_before_its_snapshot_is_refused() -> None:
    broker = PlayedBroker()
    broker.create_topic()
    broker.stop()
    assert snapshots(broker)
    broker.files.write_atomically(f"{METADATA}/{0:020}.log", b"")
    with pytest.raises(StorageFault, match="the log ends at 0, before its snapshot"):
        PlayedBroker(broker.files)


def test_records_that_an_image_does_not_hold_prevent_snapshots() -> None:
    broker = PlayedBroker()
    before = snapshots(broker)
    broker.broker.metadata.commit(lambda image: Result([AccessControlEntryRecord(id=b"i" * 16)] * 50, None))
    again = broker.restart()
    assert snapshots(again) == before
    assert again.broker.metadata.image.unread == {"AccessControlEntryRecord": 50}


def test_the_voters_of_a_dynamic_quorum_prevent_snapshots() -> None:
    broker = PlayedBroker()
    broker.stop()
    path = f"{METADATA}/quorum-state"
    for name in snapshots(broker):
        broker.files.remove(f"{METADATA}/{name}")
    broker.files.write_atomically(path, b'{"leaderId":1,"leaderEpoch":1,"votedId":-1,"data_version":1}')
    broker = PlayedBroker(broker.files)
    broker.create_topic(partitions=9)
    assert snapshots(broker.restart()) == []


def test_a_power_cut_while_a_snapshot_is_written() -> None:
    files = SimulatedFiles()
    files.make_directory("/data")
    files.flush_directory("/")
    broker = PlayedBroker(files)
    broker.create_topic(partitions=2)
    begun = len(files.operations)
    broker.restart().stop()
    for count in range(begun, len(files.operations) + 1):
        again = PlayedBroker(files.crash(after_operation=count, seed=count))
        partitions = again.broker.metadata.image.topics.by_name["orders"].partitions
        assert [each.leader for each in partitions] == [1, 1], count


def test_a_disk_too_full_for_a_snapshot_costs_nothing_else(caplog: pytest.LogCaptureFixture) -> None:
    files = SimulatedFiles()
    broker = PlayedBroker(files)
    broker.create_topic()
    for _ in range(10):
        epoch = broker.elect_again()
    before = snapshots(broker)
    no_space = OSError(errno.ENOSPC, "No space left on device")
    files.fail(WRITE, no_space, path_part=".checkpoint", count=None)
    broker.stop()
    assert "no snapshot of the metadata was written" in caplog.text and "No space left" in caplog.text
    assert snapshots(broker) == before and files.exists("/data/.kafka_cleanshutdown")
    [partition] = PlayedBroker(files).broker.metadata.image.topics.by_name["orders"].partitions
    assert (partition.leader_epoch, partition.leader_recovery_state) == (epoch + 2, 0)


def test_a_snapshot_replaces_those_before_it() -> None:
    broker = PlayedBroker(MemoryFiles())
    metadata = broker.broker.metadata
    first = write_snapshot(metadata.log.store, metadata.image, START_MS)
    broker.create_topic()
    second = write_snapshot(metadata.log.store, metadata.image, START_MS)
    assert first < second and snapshots(broker) == [second]
    found = find_snapshot(metadata.log.store)
    assert found is not None and (found.name, found.end_offset) == (second, metadata.image.end_offset)
    batches = list(iterate_batches(found.content))
    assert (batches[0].is_control, batches[-1].is_control) == (True, True)
    assert [batch.base_offset for batch in batches] == [0, 1, batches[1].end_offset]
