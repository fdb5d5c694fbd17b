"""The tables as a whole: what kafkalite serves is asked for."""

from __future__ import annotations

from kafkalite.conformance.cases import all_conversations
from kafkalite.conformance.player import versions_of
from kafkalite.protocol.api_keys import NAMES
from kafkalite.protocol.api_support import SERVED

UNPLAYED: dict[tuple[str, int], str] = {}
"""(API, version) that kafkalite serves and no conversation plays, each with the reason why it cannot be judged."""


def test_every_version_that_is_served_is_played() -> None:
    """A version is played by a conversation about its API; steps of other conversations do not count."""
    played = {(each.api, version) for each in all_conversations() for version in versions_of(each)}
    served = {(NAMES[key], version) for key, (low, high) in SERVED.items() for version in range(low, high + 1)}
    assert served - played == UNPLAYED.keys()
