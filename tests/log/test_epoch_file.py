"""The times of the writes of leader epochs to their file."""

from __future__ import annotations

from kafkalite.log.checkpoints import LEADER_EPOCH_FILE, decode_leader_epochs
from kafkalite.log.epoch_cache import LeaderEpochCache
from kafkalite.log.epoch_file import EpochFile
from tests.log.memory_store import make_store


class Epochs:
    """The epochs of one partition, and those of them on disk."""

    def __init__(self, *entries: tuple[int, int]) -> None:
        self.store = make_store()
        self.unflushed: set[str] = set()
        self.file = EpochFile(LeaderEpochCache(entries), self.store, self.unflushed)

    @property
    def stored(self) -> list[tuple[int, int]]:
        if LEADER_EPOCH_FILE not in self.store.list():
            return []
        return [tuple(entry) for entry in decode_leader_epochs(self.store.read_whole(LEADER_EPOCH_FILE))]  # type: ignore[misc]


def test_an_epoch_is_known_before_it_is_stored() -> None:
    epochs = Epochs((0, 0))
    assert not epochs.file.is_behind
    epochs.file.begin(2, 5)
    assert epochs.file.is_behind
    assert epochs.file.cache.end_offset_for(1, 5) == (0, 5)
    assert (epochs.stored, epochs.unflushed) == ([], set())
    epochs.file.store(2, 5)
    assert not epochs.file.is_behind
    assert (epochs.stored, epochs.unflushed) == ([(0, 0), (2, 5)], {LEADER_EPOCH_FILE})


def test_epochs_that_wrote_nothing_are_never_stored() -> None:
    epochs = Epochs((0, 0))
    for epoch in (2, 4, 6):
        epochs.file.begin(epoch, 5)
    epochs.file.store(6, 5)
    assert epochs.stored == [(0, 0), (6, 5)]


def test_a_log_without_epochs_stores_the_first_with_its_first_append() -> None:
    epochs = Epochs()
    assert epochs.file.is_behind
    epochs.file.store(0, 0)
    assert epochs.stored == [(0, 0)]


def test_an_epoch_from_before_contradicts_the_later_ones() -> None:
    epochs = Epochs((0, 0), (3, 2))
    epochs.file.begin(2, 5)
    assert epochs.file.cache.entries() == [(0, 0), (2, 5)]


def test_what_ends_before_the_log_start_is_forgotten() -> None:
    epochs = Epochs((0, 0), (2, 5))
    epochs.file.truncate_from_start(0)
    assert epochs.stored == []
    epochs.file.truncate_from_start(7)
    assert epochs.stored == [(2, 7)]
