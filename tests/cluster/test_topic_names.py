"""Which topic names there may be."""

from __future__ import annotations

import pytest

from kafkalite.cluster.topic_names import check_name, find_flaw, has_collision_characters, is_internal, unify
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError


@pytest.mark.parametrize("name", ["a", "A-9._b", "x" * 249, "...", "__cluster_metadata"])
def test_a_legal_name_has_no_flaw(name: str) -> None:
    assert find_flaw(name) is None
    check_name(name)


@pytest.mark.parametrize("name", ["", ".", "..", "x" * 250, "a b", "a/b", "é", "a\n", "a:b"])
def test_an_illegal_name_is_refused_in_words(name: str) -> None:
    with pytest.raises(ApiError) as refusal:
        check_name(name)
    assert refusal.value.error_code == errors.INVALID_TOPIC_EXCEPTION
    assert refusal.value.error_message == find_flaw(name)


def test_dots_and_underscores_are_the_same_to_metrics() -> None:
    assert unify("a.b_c") == unify("a_b.c") == "a_b_c"
    assert [has_collision_characters(name) for name in ("a.b", "a_b", "ab", "a-b")] == [True, True, False, False]


def test_internal_topics_are_those_of_the_coordinators() -> None:
    assert is_internal("__consumer_offsets")
    assert not is_internal("__cluster_metadata")
