"""From the decision to the end, with partitions and logs that refuse, and restarts at every point."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from kafkalite.coordinators.transaction.completion import EndMarker, LateMarkers
from kafkalite.coordinators.transaction.states import (
    COMPLETE_COMMIT,
    ONGOING,
    PREPARE_ABORT,
    PREPARE_COMMIT,
)
from kafkalite.model.completion import Completion
from kafkalite.model.identifiers import TopicPartition
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from tests.coordinators.memory_log import LateCoordinatorLog
from tests.coordinators.transaction.conversation import ID, OFFSETS, P0, P1, Conversation


def test_a_partition_that_refuses_is_tried_again_alone(coordinator: Conversation) -> None:
    coordinator.given(PREPARE_COMMIT)
    coordinator.markers.refusing = {P0}
    assert coordinator.complete() is False
    assert coordinator.state().state == PREPARE_COMMIT
    coordinator.markers.refusing = set()
    assert coordinator.complete() is True
    assert [partition for partition, _ in coordinator.markers.written] == [OFFSETS, P0]
    assert coordinator.state().state == COMPLETE_COMMIT


def test_one_transaction_does_not_hold_up_another(coordinator: Conversation) -> None:
    coordinator.given(PREPARE_COMMIT)
    coordinator.init("other")
    coordinator.add(coordinator.producer("other"), P1)
    coordinator.decide(coordinator.producer("other"))
    coordinator.markers.refusing = {P0}
    assert coordinator.complete() is False
    assert coordinator.state("other").state == COMPLETE_COMMIT
    assert list(coordinator.shard.prepared) == [ID]


@pytest.mark.parametrize("state", [PREPARE_COMMIT, PREPARE_ABORT])
def test_a_restart_after_the_decision_goes_on_to_its_end(coordinator: Conversation, state: int) -> None:
    coordinator.given(state)
    coordinator.restart()
    assert coordinator.complete() is True
    assert {marker.is_commit for _, marker in coordinator.markers.written} == {state == PREPARE_COMMIT}
    assert coordinator.shard.prepared == {}


def test_a_restart_among_the_markers_writes_them_again(coordinator: Conversation) -> None:
    coordinator.given(PREPARE_COMMIT)
    coordinator.markers.refusing = {P0}
    coordinator.complete()
    coordinator.restart()
    coordinator.markers.refusing = set()
    coordinator.complete()
    assert [partition for partition, _ in coordinator.markers.written] == [OFFSETS, OFFSETS, P0]


def test_where_the_completion_is_not_stored_it_is_tried_again(coordinator: Conversation) -> None:
    coordinator.given(PREPARE_COMMIT)
    coordinator.log.fail_next_appends = 1
    assert coordinator.complete() is False
    assert coordinator.state().state == PREPARE_COMMIT
    assert coordinator.complete() is True
    assert coordinator.state().state == COMPLETE_COMMIT


def test_a_decision_that_is_not_stored_was_none(coordinator: Conversation) -> None:
    producer = coordinator.given(ONGOING)
    coordinator.log.fail_next_appends = 1
    with pytest.raises(ApiError):
        coordinator.decide(producer)
    assert coordinator.complete() is True
    assert coordinator.markers.written == []
    assert coordinator.state().state == ONGOING
    assert coordinator.end(producer).producer_epoch == producer.producer_epoch + 1


def test_with_nothing_prepared_there_is_nothing_to_do(coordinator: Conversation) -> None:
    coordinator.given(ONGOING)
    assert coordinator.complete() is True
    assert coordinator.markers.written == []


# ---- what is stored later ------------------------------------------------------------------------------------------


def test_no_marker_is_written_before_its_decision_is_stored() -> None:
    log = LateCoordinatorLog()
    coordinator = Conversation(log=log)
    late_given(coordinator, log)
    coordinator.decide(coordinator.producer())
    assert coordinator.complete() is True and coordinator.markers.written == []
    log.store()
    assert {partition for partition, _ in coordinator.markers.written} == {OFFSETS, P0}


def test_a_decision_that_fails_later_was_none() -> None:
    log = LateCoordinatorLog()
    coordinator = Conversation(log=log)
    late_given(coordinator, log)
    coordinator.decide(coordinator.producer())
    coordinator.complete()
    log.fail()
    assert coordinator.markers.written == [] and coordinator.state().state == ONGOING


@pytest.mark.parametrize("refusal", [None, errors.KAFKA_STORAGE_ERROR, errors.UNKNOWN_TOPIC_OR_PARTITION])
def test_a_transaction_is_complete_when_its_late_markers_are(coordinator: Conversation, refusal: int | None) -> None:
    coordinator.given(PREPARE_COMMIT)
    change = Completion()
    written: list[list[TopicPartition]] = []

    def write_late(marker: EndMarker, partitions: Iterable[TopicPartition]) -> frozenset[TopicPartition] | LateMarkers:
        written.append(sorted(partitions))
        if len(written) > 1:
            return frozenset()
        return LateMarkers([], [(P0, change)], frozenset((errors.UNKNOWN_TOPIC_OR_PARTITION,)))

    coordinator.markers.write = write_late  # type: ignore[method-assign]
    assert coordinator.complete() is True and coordinator.complete() is True
    assert len(written) == 1, "they are being written"
    assert coordinator.state().state == PREPARE_COMMIT
    change.end(None if refusal is None else ApiError(refusal))
    assert coordinator.state().state == COMPLETE_COMMIT
    assert written[1:] == [[P0]] if refusal == errors.KAFKA_STORAGE_ERROR else [[]]


def late_given(coordinator: Conversation, log: LateCoordinatorLog) -> None:
    """Begin a transaction, and store that."""
    coordinator.init()
    log.store()
    coordinator.add(coordinator.producer(), OFFSETS, P0)
    log.store()
