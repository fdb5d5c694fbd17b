"""A simulated broker process and its client: start, stop, kill, power cut, and missing responses."""

from __future__ import annotations

from errno import EIO
from random import Random
from typing import Any

import pytest

from kafkalite.model.exceptions import StorageFault
from kafkalite.protocol.messages.create_topics_request import CreatableTopic, CreateTopicsRequest
from kafkalite.protocol.messages.metadata_request import MetadataRequest
from kafkalite.settings import merge_settings
from kafkalite.system.clock import ManualClock
from kafkalite.system.entropy import SeededEntropy
from kafkalite.testing.simulated_disk import FLUSH
from kafkalite.testing.simulated_files import ProcessDied, SimulatedFiles
from kafkalite.testing.simulation.broker import DIRECTORY, SimulatedBroker
from kafkalite.testing.simulation.client import Client, Lost
from kafkalite.testing.simulation.network import SimulatedNetwork, Weather
from kafkalite.testing.simulation.tasks import Task


class Scene:
    """One broker and one client."""

    def __init__(self) -> None:
        self.clock = ManualClock()
        self.network = SimulatedNetwork(self.clock, Random(1))
        files = SimulatedFiles(is_recorded=False)
        files.make_directory(DIRECTORY)
        files.flush_directory("/")
        settings = merge_settings(environ={}, flags={}, data=DIRECTORY, port=0)
        self.bugs: list[BaseException] = []
        self.broker = SimulatedBroker(
            settings, files, self.clock, self.network, SeededEntropy(1), Random(2), self.bugs.append
        )
        self.client = Client("client", self.clock, self.network, Random(3), patience_ms=1000)

    def ask(self, request: Any, version: int) -> Any:
        """Return the response, or the exception instead."""
        outcome: list[Any] = []

        async def live() -> None:
            try:
                outcome.append(await self.client.ask(request, version))
            except Lost as lost:
                outcome.append(lost)

        task = Task("client", live())
        while not task.is_done:
            assert self.clock.advance_to_next_deadline()
        assert not self.bugs
        return outcome[0]

    def create_topic(self) -> None:
        topic = CreatableTopic(name="orders", num_partitions=1, replication_factor=1)
        [created] = self.ask(CreateTopicsRequest(topics=[topic], timeout_ms=1000), 7).topics
        assert created.error_code == 0

    def topics(self) -> list[str]:
        return [topic.name for topic in self.ask(MetadataRequest(topics=None), 12).topics]


@pytest.mark.parametrize("end", ["stop", "kill", "cut_power"])
def test_what_was_promised_is_there_after_every_end(end: str) -> None:
    scene = Scene()
    scene.broker.start()
    scene.create_topic()
    getattr(scene.broker, end)()
    assert not scene.broker.is_running
    assert isinstance(scene.ask(MetadataRequest(topics=None), 12), Lost)
    scene.broker.start()
    assert scene.broker.is_running and scene.broker.start_count == 2
    assert scene.topics() == ["orders"]


def test_a_process_that_died_is_found_by_the_next_one() -> None:
    scene = Scene()
    scene.broker.files.die_after(5, Random(1))
    with pytest.raises(ProcessDied):
        scene.broker.start()
    assert not scene.broker.is_running
    scene.broker.kill()
    scene.broker.start()
    scene.create_topic()


def test_a_failed_disk_ends_the_process() -> None:
    scene = Scene()
    ends: list[int] = []
    scene.broker.on_end = lambda: ends.append(scene.clock.monotonic_ms())
    scene.broker.start()
    scene.broker.files.fail(FLUSH, OSError(EIO, "Input/output error"))
    topic = CreatableTopic(name="orders", num_partitions=1, replication_factor=1)
    scene.ask(CreateTopicsRequest(topics=[topic], timeout_ms=1000), 7)
    scene.clock.advance(100)
    assert len(ends) == 1 and not scene.broker.is_running


def test_a_disk_that_is_held_by_another_process_cannot_be_used() -> None:
    scene = Scene()
    scene.broker.files.lock(f"{DIRECTORY}/.lock")
    with pytest.raises(StorageFault):
        scene.broker.start()


def test_an_answer_that_does_not_come_is_not_awaited_for_ever() -> None:
    scene = Scene()
    scene.broker.start()
    scene.create_topic()
    scene.network.weather = Weather(slow_chance=1.0, slow_max_ms=1_000_000)
    started_ms = scene.clock.monotonic_ms()
    assert isinstance(scene.ask(MetadataRequest(topics=None), 12), Lost)
    assert scene.clock.monotonic_ms() - started_ms == 1000
    scene.network.weather = Weather()
    assert scene.topics() == ["orders"]
