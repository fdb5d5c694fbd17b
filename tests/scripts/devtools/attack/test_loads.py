"""The bytes of the loads, read by the second opinion on the protocol."""

from __future__ import annotations

import random

import pytest

from kafkalite.dissector import DissectionError, dissect, dissect_records
from kafkalite.dissector.schema import UNKNOWN_TAGGED_FIELDS
from scripts.devtools.attack import loads


@pytest.mark.parametrize(
    ("load", "api", "path"),
    [
        (loads.empty_names(3), "Metadata", "Topics"),
        (loads.unknown_names(3), "Metadata", "Topics"),
        (loads.wide_offset_fetch("t", 3), "OffsetFetch", "Topics"),
        (loads.create_topics(["a"], 5, compact=True), "CreateTopics", "Topics"),
        (loads.delete_topics(["a"]), "DeleteTopics", "TopicNames"),
        (loads.wide_fetch("t", 3), "Fetch", "Topics"),
        (loads.produce("t", loads.plain_batch(2, 5)), "Produce", "TopicData"),
    ],
)
def test_requests_are_proper(load: bytes, api: str, path: str) -> None:
    tree = dissect(load, has_length=True)
    assert tree.get("Header").get("RequestApiKey").note == api
    assert tree.get("Body").value[path]


def test_tagged_fields_are_counted() -> None:
    body = dissect(loads.tagged_fields(300), has_length=True).get("Body").value
    assert sorted(body[UNKNOWN_TAGGED_FIELDS]) == list(range(100, 400))


def test_a_bomb_is_small_until_it_is_opened() -> None:
    bomb = loads.bomb(5_000_000)
    assert len(bomb) < 20_000
    [batch] = dissect_records(bomb).children
    assert batch.get("recordCount").value == 1


def test_mutations_are_drawn_by_the_seed() -> None:
    data = loads.all_metadata()
    first = [loads.mutate(data, random.Random(7)) for _ in range(2)]
    assert first[0] == first[1]
    rng = random.Random(7)
    many = {loads.mutate(data, rng) for _ in range(50)}
    assert len(many) > 40 and data not in many


def test_most_mutated_batches_are_broken() -> None:
    batch, rng, broken = loads.plain_batch(3, 10), random.Random(1), 0
    for _ in range(100):
        try:
            dissect_records(loads.mutate(batch, rng))
        except DissectionError:
            broken += 1
    assert broken > 20
