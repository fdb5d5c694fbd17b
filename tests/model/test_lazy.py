"""What is made on first use is made once."""

from __future__ import annotations

from kafkalite.model.lazy import Lazy


def test_a_value_is_made_once_and_not_before() -> None:
    made: list[int] = []
    lazy: Lazy[None] = Lazy(lambda: made.append(1))
    assert made == []
    assert lazy.get() is None and lazy.get() is None
    assert made == [1]
