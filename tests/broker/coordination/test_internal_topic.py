"""An internal topic is found in the metadata, created on demand, and knows which partitions hold records."""

from __future__ import annotations

import pytest

from kafkalite.broker.coordination.internal_topic import InternalTopic
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.records.builder import build_batch
from kafkalite.testing.simulated_disk import WRITE
from kafkalite.testing.simulated_files import SimulatedFiles
from tests.broker.played_broker import PlayedBroker

NAME = "__transaction_state"


def internal(played: PlayedBroker) -> InternalTopic:
    broker = played.broker
    return InternalTopic(NAME, broker.metadata, broker.partitions, broker.topic_creator, 1000)


def test_it_is_created_and_found() -> None:
    topic = internal(PlayedBroker())
    assert topic.locate() is None and topic.max_batch_bytes(0) is None
    topic.create()
    located = topic.locate()
    assert located is not None and len(located[0]) == 16 and located[1] >= 1
    assert topic.max_batch_bytes(0) == 1_048_588
    topic.create()
    assert topic.locate() == located, "one that exists is left alone"


def test_a_partition_holds_records_once_some_are_appended() -> None:
    topic = internal(PlayedBroker())
    topic.create()
    assert not topic.has_records(0) and not topic.has_records(99)
    topic.open_log(0).append(build_batch([(b"key", b"value")], now_ms=0))
    assert topic.has_records(0)


def test_a_disk_that_refuses_makes_no_topic() -> None:
    files = SimulatedFiles()
    topic = internal(PlayedBroker(files))
    files.fail(WRITE, OSError(28, "No space left on device"), count=None)
    with pytest.raises(ApiError) as caught:
        topic.create()
    assert caught.value.error_code == errors.COORDINATOR_NOT_AVAILABLE
