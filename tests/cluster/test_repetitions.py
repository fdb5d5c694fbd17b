"""What is named more than once."""

from __future__ import annotations

from kafkalite.cluster.repetitions import find_repeated


def test_names_that_repeat_are_found_in_the_order_of_their_first_occurrence() -> None:
    assert find_repeated(["b", "a", "c", "a", "b", "b"]) == {"b": 3, "a": 2}
    assert list(find_repeated(["b", "a", "a", "b"])) == ["b", "a"]
    assert find_repeated(["a", "b"]) == {} == find_repeated([])


def test_a_million_names_are_looked_at_once_each() -> None:
    asked = 0

    class Name(str):
        def __hash__(self) -> int:
            nonlocal asked
            asked += 1
            return super().__hash__()

    find_repeated([Name(number) for number in range(10_000)])
    assert asked < 50_000
