"""Producer snapshots on the disk."""

from __future__ import annotations

from kafkalite.log.producer_entry import RetainedBatch
from kafkalite.log.producer_state import ProducerStateManager
from kafkalite.log.snapshot_files import SnapshotFiles
from kafkalite.records.batch import read_batch_header
from tests.log.harness import NOW_MS, make_batch
from tests.log.memory_store import make_store


def producers_with(sequence: int) -> ProducerStateManager:
    producers = ProducerStateManager()
    batch = make_batch(b"a", producer_id=1, producer_epoch=0, base_sequence=sequence, base_offset=sequence)
    producers.replay(read_batch_header(batch))
    return producers


def test_the_latest_that_can_be_read_is_loaded() -> None:
    store = make_store()
    snapshots = SnapshotFiles(store, ())
    for offset in (10, 20, 30):
        snapshots.take(offset, producers_with(offset - 1))
    assert snapshots.unflushed == {f"{offset:020d}.snapshot" for offset in (10, 20, 30)}
    store.replace(f"{30:020d}.snapshot", b"damaged")
    producers = ProducerStateManager()
    assert snapshots.load_latest(producers, 0, now_ms=NOW_MS) == 20
    entry = producers.find(1)
    assert entry is not None
    assert list(entry.batches) == [RetainedBatch(19, 19, 19, 19, NOW_MS)]
    assert 30 not in snapshots
    assert len(snapshots) == 2
    assert snapshots.load_latest(producers, 21, now_ms=NOW_MS) is None


def test_removals() -> None:
    store = make_store()
    snapshots = SnapshotFiles(store, ())
    for offset in (5, 10, 15, 20, 25):
        snapshots.take(offset, ProducerStateManager())
    snapshots.remove_after(20)
    snapshots.remove_strays([0, 10])
    assert sorted(store.list()) == [f"{offset:020d}.snapshot" for offset in (10, 20)]
    snapshots.remove(999)
    snapshots.remove(10)
    assert store.list() == [f"{20:020d}.snapshot"]
    assert snapshots.unflushed == {f"{20:020d}.snapshot"}
