"""More connections than descriptors, with a broker of ours and with one that makes no topics."""

from __future__ import annotations

import socket

import pytest

from scripts.devtools.attack import descriptors
from scripts.devtools.attack.case import Misbehaved
from scripts.devtools.attack.listeners import started
from tests.scripts.devtools.attack.fields import make_field, played_broker


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is to be measured beside the load."""
    monkeypatch.setattr(descriptors, "pause", lambda seconds: None)


def test_topics_are_made_whatever_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(descriptors, "FLOOD_COUNT", 250)
    with started("kafkalite", descriptor_count=200) as listeners:
        account = descriptors.beyond_descriptors(make_field(listeners.plain, "during", "after"))()
    assert account == "250 connected; topics made during and after it"


def test_a_broker_that_makes_no_topic_misbehaves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(descriptors, "FLOOD_COUNT", 0)

    def serve(connection: socket.socket) -> None:
        connection.recv(10)

    with played_broker(serve) as target, pytest.raises(Misbehaved, match="no topic could be made during the flood"):
        descriptors.beyond_descriptors(make_field(target, "during", "after"))()
