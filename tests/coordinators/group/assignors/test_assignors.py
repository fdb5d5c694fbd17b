"""Assignors by name."""

from __future__ import annotations

from kafkalite.coordinators.group.assignors import RANGE, UNIFORM, find_assignor
from kafkalite.coordinators.group.assignors.range import assign_ranges
from kafkalite.coordinators.group.assignors.uniform import assign_uniformly


def test_assignors_are_found_by_kafkas_names() -> None:
    assert find_assignor(UNIFORM) is assign_uniformly
    assert find_assignor(RANGE) is assign_ranges
    assert find_assignor("sticky") is None
