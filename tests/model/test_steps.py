"""Work in steps: when a step is over, and that nothing is lost between two."""

from __future__ import annotations

from collections.abc import Generator

import pytest

from kafkalite.model.limits import STEP_MAX_ITEM_COUNT
from kafkalite.model.steps import Pace, finish, map_steps


def test_a_step_is_over_every_so_many_items() -> None:
    pace = Pace()
    due = [number for number in range(1, 3 * STEP_MAX_ITEM_COUNT + 1) if pace.is_due()]
    assert due == [STEP_MAX_ITEM_COUNT, 2 * STEP_MAX_ITEM_COUNT, 3 * STEP_MAX_ITEM_COUNT]


def test_items_may_be_counted_together() -> None:
    pace = Pace()
    assert not pace.is_due(STEP_MAX_ITEM_COUNT - 1)
    assert pace.is_due(100)
    assert not pace.is_due()


def test_mapping_gives_all_results_in_order_and_yields_on_the_way() -> None:
    count = 5 * STEP_MAX_ITEM_COUNT + 3
    steps = map_steps(lambda number: -number, range(count), Pace())
    yield_count = 0
    while True:
        try:
            next(steps)
        except StopIteration as end:
            assert end.value == [-number for number in range(count)]
            break
        yield_count += 1
    assert yield_count == 5


def test_finishing_takes_every_step_and_raises_what_the_work_raises() -> None:
    def failing() -> Generator[None, None, int]:
        yield
        raise ValueError("not like this")

    assert finish(map_steps(str, range(100), Pace()))[-1] == "99"
    with pytest.raises(ValueError, match="not like this"):
        finish(failing())
