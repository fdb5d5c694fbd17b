"""Identities are version 4, never reserved, and never look like an option."""

from __future__ import annotations

import base64
import uuid

import pytest

from kafkalite.system.entropy import Entropy, SeededEntropy, SystemEntropy, _make_uuid


@pytest.mark.parametrize("entropy", [SystemEntropy(), SeededEntropy(7)])
def test_uuids_are_version_4_and_safe_on_a_command_line(entropy: Entropy) -> None:
    drawn = [entropy.uuid() for _ in range(500)]
    assert len(set(drawn)) == 500
    for one in drawn:
        assert uuid.UUID(bytes=one).version == 4
        assert uuid.UUID(bytes=one).variant == uuid.RFC_4122
        assert b"-" not in base64.urlsafe_b64encode(one)


@pytest.mark.parametrize("position", [0, 3, 12])
def test_a_draw_with_a_dash_in_its_text_is_refused(position: int) -> None:
    assert _make_uuid(bytes(position) + b"\xf8" + bytes(15 - position)) is None
    assert _make_uuid(bytes(position) + b"\xf4" + bytes(15 - position)) is not None


@pytest.mark.parametrize("entropy", [SystemEntropy(), SeededEntropy(7)])
def test_random_int_stays_below_its_bound(entropy: Entropy) -> None:
    assert {entropy.random_int(3) for _ in range(200)} == {0, 1, 2}
    assert entropy.random_int(1) == 0
    with pytest.raises(ValueError):
        entropy.random_int(0)


def test_the_same_seed_gives_the_same_values() -> None:
    one, two, other = SeededEntropy(1), SeededEntropy(1), SeededEntropy(2)
    assert [one.uuid(), one.random_int(1000)] == [two.uuid(), two.random_int(1000)]
    assert one.uuid() != other.uuid()
