"""Java's hash codes, as a JVM computes them."""

from __future__ import annotations

import pytest

from kafkalite.coordinators.runtime.partitioning import java_string_hash, partition_for


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", 0),
        ("a", 97),
        ("orders-writer", 819761243),
        ("transactional-id", 510590431),
        ("polygenelubricants", -(2**31)),
        ("zażółć", -701064989),
        ("\N{GRINNING FACE}", 1772899),
    ],
)
def test_hash_codes_of_java(text: str, code: int) -> None:
    assert java_string_hash(text) == code


def test_the_one_number_without_an_absolute_value_is_partition_0() -> None:
    assert partition_for("polygenelubricants", 50) == 0


def test_negative_codes_count_like_positive_ones() -> None:
    assert partition_for("zażółć", 50) == 39
    assert partition_for("a", 50) == 47
    assert partition_for("anything", 1) == 0
