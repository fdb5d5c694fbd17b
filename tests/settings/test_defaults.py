"""The defaults that differ from Kafka's."""

from __future__ import annotations

import pytest

from kafkalite.settings.defaults import PROFILES
from kafkalite.settings.definitions import check, default_of, is_known


@pytest.mark.parametrize("profile", PROFILES)
def test_every_default_is_a_valid_value_of_a_known_property_with_a_reason(profile: str) -> None:
    for name, (value, reason) in PROFILES[profile].items():
        assert is_known(name), name
        assert reason
        check(name, value)
        assert value != default_of(name), f"{name}: this is Kafka's default, the row is not needed"


def test_only_ci_is_in_memory() -> None:
    in_memory = [profile for profile, defaults in PROFILES.items() if defaults["log.dir"][0] == "memory"]
    assert in_memory == ["ci"]
