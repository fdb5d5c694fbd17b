"""Client quotas on the metadata: entities, values, filters."""

from __future__ import annotations

from typing import Any

import pytest

from kafkalite.cluster.client_quotas import alter_client_quotas, describe_client_quotas, entity_of
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.alter_client_quotas_request import (
    AlterClientQuotasRequest,
    EntityData,
    EntryData,
    OpData,
)
from kafkalite.protocol.messages.describe_client_quotas_request import ComponentData, DescribeClientQuotasRequest
from tests.cluster.conversation import Cluster

EXACT, DEFAULT, SPECIFIED = 0, 1, 2
RATE = "producer_byte_rate"
KNOWN_HOSTS = ("127.0.0.1", "localhost")

Parts = dict[str, str | None]


def entry(parts: Parts, *ops: tuple[str, float | None]) -> EntryData:
    """Return what is asked of one entity; a value of None is a removal."""
    return EntryData(
        entity=[EntityData(entity_type=type_, entity_name=name) for type_, name in parts.items()],
        ops=[OpData(key=key, value=value or 0.0, remove=value is None) for key, value in ops],
    )


def alter(cluster: Cluster, *entries: EntryData, validate_only: bool = False) -> dict[Any, int]:
    """Return the error code of each entity, after checking that the log tells the same as the image."""
    request = AlterClientQuotasRequest(entries=list(entries), validate_only=validate_only)
    response = cluster.commit(alter_client_quotas(cluster.image, request, KNOWN_HOSTS.__contains__))
    cluster.check_replay()
    return {
        tuple((part.entity_type, part.entity_name) for part in each.entity): each.error_code
        for each in response.entries
    }


def describe(cluster: Cluster, *components: tuple[str, int, str | None], strict: bool = True) -> dict[Any, Any]:
    wanted = [ComponentData(entity_type=type_, match_type=kind, match=match) for type_, kind, match in components]
    response = describe_client_quotas(cluster.image, DescribeClientQuotasRequest(components=wanted, strict=strict))
    assert response.entries is not None
    return {
        tuple((part.entity_type, part.entity_name) for part in each.entity): {
            value.key: value.value for value in each.values
        }
        for each in response.entries
    }


ALICE: Parts = {"user": "alice"}
ALICE_APP: Parts = {"user": "alice", "client-id": "app"}
ANY_USER: Parts = {"user": None}


@pytest.fixture
def cluster() -> Cluster:
    """Return a cluster with quotas of a user, of a user with a client id, and of all other users."""
    cluster = Cluster()
    told = alter(cluster, entry(ALICE, (RATE, 1.0)), entry(ALICE_APP, (RATE, 2.0)), entry(ANY_USER, (RATE, 3.0)))
    assert set(told.values()) == {errors.NONE}
    return cluster


def test_the_order_of_an_entitys_parts_does_not_count(cluster: Cluster) -> None:
    assert entity_of([("user", "a"), ("client-id", "b")]) == entity_of([("client-id", "b"), ("user", "a")])
    alter(cluster, entry({"client-id": "app", "user": "alice"}, (RATE, 9.0)))
    assert cluster.image.quotas[entity_of(ALICE_APP.items())] == {RATE: 9.0}


def test_quotas_are_set_and_removed_each_on_its_own(cluster: Cluster) -> None:
    alter(cluster, entry(ALICE, ("request_percentage", 12.5), (RATE, None), ("consumer_byte_rate", None)))
    assert describe(cluster, ("user", EXACT, "alice")) == {(("user", "alice"),): {"request_percentage": 12.5}}
    alter(cluster, entry(ALICE, ("request_percentage", None)))
    assert describe(cluster, ("user", EXACT, "alice")) == {}
    assert len(cluster.image.quotas) == 2


def test_what_changes_nothing_is_not_stored(cluster: Cluster) -> None:
    before = len(cluster.stored)
    assert alter(cluster, entry(ALICE, (RATE, 1.0), ("no such quota", None))) == {(("user", "alice"),): errors.NONE}
    alter(cluster, entry(ALICE, (RATE, 8.0)), validate_only=True)
    assert len(cluster.stored) == before


@pytest.mark.parametrize(
    ("parts", "ops"),
    [
        ({}, [(RATE, 1.0)]),
        ({"user": ""}, [(RATE, 1.0)]),
        ({"topic": "t"}, [(RATE, 1.0)]),
        ({"user": "a", "ip": "127.0.0.1"}, [("connection_creation_rate", 1.0)]),
        ({"ip": "127.0.0.1"}, [(RATE, 1.0)]),
        ({"ip": "nowhere"}, [("connection_creation_rate", 1.0)]),
        ({"ip": "127.0.0.1"}, [("connection_creation_rate", 2.0**31)]),
        ({"user": "a"}, [("connection_creation_rate", 1.0)]),
        ({"user": "a"}, [(RATE, 0.0)]),
        ({"user": "a"}, [(RATE, -1.0)]),
        ({"user": "a"}, [(RATE, 1.5)]),
        ({"user": "a"}, [(RATE, 1e19)]),
        ({"user": "a"}, [(RATE, 1.0), (RATE, 2.0)]),
        ({"user": "a"}, [(RATE, 1.0), ("nonsense", 2.0)]),
    ],
)
def test_what_cannot_be_keeps_nobody_else_back(
    cluster: Cluster, parts: Parts, ops: list[tuple[str, float | None]]
) -> None:
    before = dict(cluster.image.quotas)
    told = alter(cluster, entry(parts, *ops), entry({"client-id": "other"}, (RATE, 4.0)))
    assert list(told.values()) == [errors.INVALID_REQUEST, errors.NONE]
    assert cluster.image.quotas == before | {(("client-id", "other"),): {RATE: 4.0}}


@pytest.mark.parametrize(
    ("parts", "ops"),
    [
        ({"ip": "localhost"}, ("connection_creation_rate", 2.0**31 - 1)),
        ({"ip": None}, ("connection_creation_rate", 1.0)),
        ({"client-id": None}, (RATE, 2.0**63)),
        ({"user": "a"}, ("controller_mutation_rate", 0.001)),
    ],
)
def test_what_just_can_be(cluster: Cluster, parts: Parts, ops: tuple[str, float]) -> None:
    assert list(alter(cluster, entry(parts, ops)).values()) == [errors.NONE]


def test_of_an_entity_that_is_named_twice_the_first_counts(cluster: Cluster) -> None:
    told = alter(cluster, entry(ALICE, (RATE, 5.0)), entry(ALICE, (RATE, 6.0)))
    assert told == {(("user", "alice"),): errors.INVALID_REQUEST}
    assert cluster.image.quotas[("user", "alice"),] == {RATE: 5.0}


ALL = [1.0, 2.0, 3.0]


@pytest.mark.parametrize(
    ("components", "strict", "found"),
    [
        ([], True, []),
        ([], False, ALL),
        ([("user", EXACT, "alice")], True, [1.0]),
        ([("user", EXACT, "alice")], False, [1.0, 2.0]),
        ([("user", DEFAULT, None)], False, [3.0]),
        ([("user", SPECIFIED, None)], True, [1.0, 3.0]),
        ([("user", SPECIFIED, None)], False, ALL),
        ([("user", EXACT, "alice"), ("client-id", SPECIFIED, None)], True, [2.0]),
        ([("client-id", DEFAULT, None)], False, []),
        ([("ip", SPECIFIED, None)], False, []),
    ],
)
def test_filters(cluster: Cluster, components: list[Any], strict: bool, found: list[float]) -> None:
    values = describe(cluster, *components, strict=strict).values()
    assert sorted(each[RATE] for each in values) == found


@pytest.mark.parametrize(
    ("components", "code"),
    [
        ([("", EXACT, "x")], errors.INVALID_REQUEST),
        ([("topic", EXACT, "x")], errors.UNSUPPORTED_VERSION),
        ([("user", EXACT, None)], errors.INVALID_REQUEST),
        ([("user", DEFAULT, "x")], errors.INVALID_REQUEST),
        ([("user", SPECIFIED, "x")], errors.INVALID_REQUEST),
        ([("user", 3, None)], errors.INVALID_REQUEST),
        ([("user", SPECIFIED, None), ("user", DEFAULT, None)], errors.INVALID_REQUEST),
        ([("ip", SPECIFIED, None), ("user", SPECIFIED, None)], errors.INVALID_REQUEST),
    ],
)
def test_filters_that_cannot_be(cluster: Cluster, components: list[Any], code: int) -> None:
    with pytest.raises(ApiError) as caught:
        describe(cluster, *components)
    assert caught.value.error_code == code
