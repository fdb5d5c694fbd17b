"""Broker registration records."""

from __future__ import annotations

import pytest

from kafkalite.cluster.brokers_delta import BrokersDelta
from kafkalite.cluster.image import BrokersImage
from kafkalite.protocol.internal_records.broker_registration_change_record import BrokerRegistrationChangeRecord
from kafkalite.protocol.internal_records.fence_broker_record import FenceBrokerRecord
from kafkalite.protocol.internal_records.register_broker_record import RegisterBrokerRecord
from kafkalite.protocol.internal_records.unfence_broker_record import UnfenceBrokerRecord
from kafkalite.protocol.internal_records.unregister_broker_record import UnregisterBrokerRecord


def registered() -> BrokersImage:
    delta = BrokersDelta(BrokersImage({}))
    delta.replay_register(RegisterBrokerRecord(broker_id=1, broker_epoch=5, incarnation_id=b"i" * 16, rack="r"))
    return delta.apply()


def change(**fields: object) -> BrokerRegistrationChangeRecord:
    return BrokerRegistrationChangeRecord(broker_id=1, broker_epoch=5, **fields)


def test_a_broker_registers_fenced_and_is_taken_into_service() -> None:
    image = registered()
    assert image.by_id[1].is_fenced
    assert list(image.active()) == []
    delta = BrokersDelta(image)
    delta.replay_registration_change(change(fenced=-1))
    assert [broker.broker_id for broker in delta.apply().active()] == [1]


def test_changes_leave_alone_what_they_do_not_name() -> None:
    delta = BrokersDelta(registered())
    delta.replay_registration_change(change(fenced=-1))
    delta.replay_registration_change(change(in_controlled_shutdown=1))
    delta.replay_registration_change(change(log_dirs=[b"d" * 16]))
    delta.replay_registration_change(change(cordoned_log_dirs=[b"c" * 16]))
    broker = delta.apply().by_id[1]
    assert (broker.is_fenced, broker.is_in_controlled_shutdown, broker.rack) == (False, True, "r")
    assert (broker.directories, broker.cordoned_directories) == ((b"d" * 16,), (b"c" * 16,))
    assert list(delta.apply().active()) == []


def test_older_records_fence_and_unfence_too() -> None:
    delta = BrokersDelta(registered())
    delta.replay_unfence(UnfenceBrokerRecord(id=1, epoch=5))
    assert not delta.apply().by_id[1].is_fenced
    delta.replay_fence(FenceBrokerRecord(id=1, epoch=5))
    assert delta.apply().by_id[1].is_fenced


def test_a_broker_leaves() -> None:
    delta = BrokersDelta(registered())
    delta.replay_unregister(UnregisterBrokerRecord(broker_id=1, broker_epoch=5))
    assert (delta.apply().by_id, delta.changed) == ({}, {1: None})
    with pytest.raises(ValueError, match="not registered"):
        delta.replay_registration_change(change(fenced=1))


def test_another_epochs_change_is_refused() -> None:
    delta = BrokersDelta(registered())
    with pytest.raises(ValueError, match="epoch"):
        delta.replay_unregister(UnregisterBrokerRecord(broker_id=1, broker_epoch=4))


def test_nothing_replayed_is_the_same_image() -> None:
    image = registered()
    assert BrokersDelta(image).apply() is image
