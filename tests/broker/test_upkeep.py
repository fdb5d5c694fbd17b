"""Everything that a broker does by the clock."""

from __future__ import annotations

from errno import ENOSPC

from kafkalite.broker.upkeep import Upkeep
from kafkalite.testing.simulated_disk import CREATE
from kafkalite.testing.simulated_files import SimulatedFiles
from tests.broker.played_broker import PlayedBroker


def keep_up(played: PlayedBroker) -> Upkeep:
    """Return the upkeep of a broker, which must not fail."""

    def fail(bug: Exception) -> None:
        raise bug

    return Upkeep(played.broker, fail)


def test_actions_run_again_and_again_even_where_they_fail() -> None:
    played = PlayedBroker()
    bugs: list[Exception] = []
    runs: list[int] = []

    def fail() -> None:
        runs.append(played.clock.monotonic_ms())
        raise ValueError("broken")

    Upkeep(played.broker, bugs.append).every(1000, fail)
    for _ in range(3):
        played.pass_time(1000)
    assert (runs, [str(bug) for bug in bugs]) == ([1000, 2000, 3000], ["broken"] * 3)


def test_an_interval_without_end_is_once_a_day() -> None:
    played = PlayedBroker()
    runs: list[int] = []
    keep_up(played).every(2**63 - 1, lambda: runs.append(played.clock.monotonic_ms()))
    played.pass_time(24 * 3600 * 1000)
    assert runs == [24 * 3600 * 1000]


def test_it_writes_checkpoints() -> None:
    played = PlayedBroker(properties={"log.flush.offset.checkpoint.interval.ms": "5000"})
    keep_up(played).start()
    played.create_topic()
    played.produce(b"x")
    played.pass_time(5000)
    assert b"orders 0 1" in played.files.read("/data/replication-offset-checkpoint")


def test_what_a_full_disk_refused_is_tried_again_until_it_works() -> None:
    files = SimulatedFiles()
    files.make_directory("/data")
    played = PlayedBroker(files)
    keep_up(played).start()
    fault = files.fail(CREATE, OSError(ENOSPC, "No space left on device"), path_part="orders-0", count=None)
    played.create_topic()
    assert played.broker.partitions.find("orders", 0) is None
    for _ in range(3):
        played.pass_time(1000)
    assert played.broker.partitions.find("orders", 0) is None and fault.hit_count >= 3
    fault.cancel()
    played.pass_time(1000)
    assert played.broker.partitions.find("orders", 0) is not None
    assert not played.broker.logs.needs_upkeep and played.produce(b"x").error_code == 0
