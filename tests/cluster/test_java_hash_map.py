"""The order of Java's hash maps; what is expected was printed by Java."""

from __future__ import annotations

import pytest

from kafkalite.cluster.java_hash_map import (
    iteration_order,
    map_hash,
    string_hash,
    table_size_for,
    table_size_of_copy,
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (None, 0),
        ("", 0),
        ("ip", 3367),
        ("user", 3599307),
        ("client-id", 2390829661),
        ("producer_byte_rate", 3462464842),
        ("m\u00fcn\U0001f600", 110049730),
    ],
)
def test_hash_codes_of_texts(text: str | None, code: int) -> None:
    assert string_hash(text) == code


def test_hash_codes_of_maps_do_not_depend_on_order() -> None:
    entries = [("user", "a"), ("client-id", None)]
    assert map_hash(entries) == map_hash(reversed(entries)) == ((3599307 ^ 97) + 2390829661) % 2**32


def test_sizes_of_tables() -> None:
    assert [table_size_for(capacity) for capacity in (0, 1, 2, 3, 4, 5, 16, 17)] == [1, 1, 2, 4, 4, 8, 16, 32]
    assert [table_size_of_copy(count) for count in (0, 1, 2, 3, 4, 6, 7, 12, 13)] == [1, 2, 4, 4, 8, 8, 16, 16, 32]


@pytest.mark.parametrize("table_size", [1, 2, 4, 16])
@pytest.mark.parametrize(
    ("count", "numbers"),
    [
        (1, [0]),
        (2, [0, 7]),
        (4, [21, 0, 7, 14]),
        (5, [21, 0, 28, 7, 14]),
        (13, [28, 14, 35, 49, 21, 0, 42, 56, 77, 63, 84, 7, 70]),
        (20, [28, 14, 35, 49, 21, 98, 0, 42, 133, 56, 77, 126, 63, 112, 84, 119, 7, 70, 105, 91]),
    ],
)
def test_order_of_keys(count: int, numbers: list[int], table_size: int) -> None:
    keys = [f"key-{7 * number}" for number in range(count)]
    assert iteration_order(keys, string_hash, table_size) == [f"key-{number}" for number in numbers]


def test_keys_of_one_bucket_stay_in_the_order_of_their_insertion() -> None:
    assert string_hash("Aa") == string_hash("BB")
    assert iteration_order(["BB", "Aa"], string_hash) == ["BB", "Aa"]
    assert iteration_order(["Aa", "BB"], string_hash) == ["Aa", "BB"]
