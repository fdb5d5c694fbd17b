"""Checkpoints are written after changes, and a read of a damaged one fails with advice."""

from __future__ import annotations

import pytest

from kafkalite.log.checkpoint_files import CheckpointFiles
from kafkalite.log.disk_health import DiskHealth
from kafkalite.model.exceptions import StorageFault
from kafkalite.model.identifiers import TopicPartition
from kafkalite.storage.files import FileLogDirectory
from kafkalite.system.clock import ManualClock
from kafkalite.system.entropy import SeededEntropy
from kafkalite.testing.simulated_disk import WRITE
from kafkalite.testing.simulated_files import SimulatedFiles

NAME = "recovery-point-offset-checkpoint"
OFFSETS = {TopicPartition("orders", 0): 7}


def open_files() -> tuple[SimulatedFiles, CheckpointFiles]:
    files = SimulatedFiles()
    directory = FileLogDirectory(files, "/data", SeededEntropy(1))
    return files, CheckpointFiles(directory, DiskHealth("/data", ManualClock()))


def test_what_was_written_is_read() -> None:
    _, checkpoints = open_files()
    assert checkpoints.read(NAME, "all is checked") == {}
    checkpoints.write(NAME, OFFSETS)
    assert checkpoints.read(NAME, "all is checked") == OFFSETS


def test_what_is_there_already_is_not_written_again() -> None:
    files, checkpoints = open_files()
    checkpoints.write(NAME, OFFSETS)
    refused = files.fail(WRITE, OSError(5, "Input/output error"), count=None)
    checkpoints.write(NAME, OFFSETS)
    assert refused.hit_count == 0
    with pytest.raises(StorageFault):
        checkpoints.write(NAME, {})


def test_a_damaged_file_is_named_with_the_price_of_a_start_without_it() -> None:
    files, checkpoints = open_files()
    files.write_atomically(f"/data/{NAME}", b"0\nmany\n", durable=True)
    with pytest.raises(StorageFault, match=f"{NAME}: the checkpoint is damaged .* then all is checked"):
        checkpoints.read(NAME, "all is checked")


def test_a_write_that_fails_is_reported_and_tried_again(caplog: pytest.LogCaptureFixture) -> None:
    files, checkpoints = open_files()
    files.fail(WRITE, OSError(28, "No space left on device"))
    checkpoints.try_to_write(NAME, OFFSETS)
    assert "it stays as it was until the next checkpoint" in caplog.text
    checkpoints.try_to_write(NAME, OFFSETS)
    assert checkpoints.read(NAME, "") == OFFSETS and "works again" in caplog.text
