"""Typed properties of the group coordinator."""

from __future__ import annotations

import pytest

from kafkalite.coordinators.group.config import GroupCoordinatorConfig
from kafkalite.settings import merge_settings
from tests.coordinators.group.conversation import FixedProperties


def test_minutes_become_milliseconds() -> None:
    assert GroupCoordinatorConfig(FixedProperties(offsets_retention_minutes=2)).offsets_retention_ms == 120_000


@pytest.mark.parametrize(("profile", "delay_ms"), [("dev", 0), ("kafka", 3000)])
def test_defaults_are_kafkas_but_for_the_first_wait(profile: str, delay_ms: int) -> None:
    config = GroupCoordinatorConfig(merge_settings(environ={}, flags={}, profile=profile))
    assert config.initial_rebalance_delay_ms == delay_ms
    assert (config.min_session_timeout_ms, config.max_session_timeout_ms) == (6_000, 1_800_000)
    assert (config.max_size, config.offset_metadata_max_length) == (2**31 - 1, 4096)
    assert (config.offsets_retention_ms, config.offsets_retention_check_interval_ms) == (604_800_000, 600_000)
    assert config.new_member_join_timeout_ms == 300_000
