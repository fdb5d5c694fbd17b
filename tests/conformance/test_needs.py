"""Broker properties that answers depend on."""

from __future__ import annotations

import pytest

from kafkalite.conformance.cases import all_conversations
from kafkalite.conformance.needs import DEFAULT, IN_FILE, Need, missing_defaults, unmet
from kafkalite.conformance.settings import BROKER_SETTINGS

TWO = Need("2")


@pytest.mark.parametrize(
    ("need", "told", "line"),
    [
        (TWO, ("2", DEFAULT), None),
        (TWO, ("3", IN_FILE), "group.max.size=2 (here 3)"),
        (Need("2", IN_FILE), ("2", IN_FILE), None),
        (Need("2", IN_FILE), ("2", DEFAULT), "group.max.size=2, set in its file (here the default)"),
        (Need(source=DEFAULT), ("7", DEFAULT), None),
        (Need(source=DEFAULT), ("7", IN_FILE), "group.max.size at its default (here 7)"),
    ],
)
def test_a_need_is_met_or_told(need: Need, told: tuple[str, int], line: str | None) -> None:
    assert unmet({"group.max.size": need}, {"group.max.size": told}) == ([line] if line else [])


@pytest.mark.parametrize("told", [None, {"num.partitions": ("1", DEFAULT)}])
def test_what_a_broker_does_not_tell_is_not_met(told: dict[str, tuple[str | None, int]] | None) -> None:
    assert unmet({"group.max.size": TWO}, told) == ["group.max.size=2 (the broker does not show it)"]


def test_topics_are_given_the_defaults_that_their_broker_does_not_have() -> None:
    told = {"log.cleanup.policy": ("compact", IN_FILE), "compression.type": ("producer", IN_FILE)}
    assert missing_defaults(told) == {"cleanup.policy": "delete"}
    assert missing_defaults(None) == {}


def test_the_settings_of_the_suite_meet_every_need() -> None:
    """What is needed is a default or what `--settings` prints."""
    for conversation in all_conversations():
        for name, need in conversation.needs.items():
            if need.source == DEFAULT:
                assert name not in BROKER_SETTINGS, conversation.title
            elif name in BROKER_SETTINGS:
                assert need.value == BROKER_SETTINGS[name], conversation.title
            else:
                assert need.source is None, conversation.title
