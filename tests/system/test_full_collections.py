"""Full runs of the cycle collector are held off exactly as long as somebody asks for it."""

from __future__ import annotations

import gc

from kafkalite.system.full_collections import NEVER, FullCollections


def test_thresholds_are_raised_while_held_and_restored_afterwards() -> None:
    before = gc.get_threshold()
    collections = FullCollections()
    collections.hold_off()
    collections.hold_off()
    assert gc.get_threshold() == (*before[:2], NEVER)
    collections.allow()
    assert gc.get_threshold() == (*before[:2], NEVER)
    collections.allow()
    assert gc.get_threshold() == before


def test_young_objects_are_still_collected() -> None:
    collections = FullCollections()
    collections.hold_off()
    before = gc.get_stats()[0]["collections"], gc.get_stats()[2]["collections"]
    kept = [[] for _ in range(200_000)]  # type: ignore[var-annotated]
    after = gc.get_stats()[0]["collections"], gc.get_stats()[2]["collections"]
    collections.allow()
    assert after[0] > before[0] and after[1] == before[1] and kept
