"""Changes of client quotas, in the order of Kafka's maps; orders of users are those of Apache Kafka 4.3.1."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from kafkalite.cluster.image import QuotaEntity
from kafkalite.cluster.quotas_delta import QuotasDelta, entity_order
from kafkalite.model.limits import ORDERED_QUOTA_MAX_CHARS, ORDERED_QUOTA_MAX_COUNT
from kafkalite.protocol.internal_records.client_quota_record import ClientQuotaRecord, EntityData

RATE = "producer_byte_rate"
Quotas = Mapping[QuotaEntity, Mapping[str, float]]


def record(number: int, value: float | None, key: str = RATE) -> ClientQuotaRecord:
    """Return a quota of the user with that number; None removes it."""
    entity = [EntityData(entity_type="user", entity_name=f"quota-order-{number}")]
    return ClientQuotaRecord(entity=entity, key=key, value=value or 0.0, remove=value is None)


def replay(quotas: Quotas, *records: ClientQuotaRecord) -> Quotas:
    delta = QuotasDelta(quotas)
    for each in records:
        delta.replay(each)
    return delta.apply()


def one_by_one(count: int) -> Quotas:
    quotas: Quotas = {}
    for number in range(count):
        quotas = replay(quotas, record(number, 5.0))
    return quotas


def numbers(quotas: Quotas) -> list[int]:
    return [int(str(entity[0][1]).rpartition("-")[2]) for entity in quotas]


@pytest.mark.parametrize(
    ("count", "order"),
    [
        (2, [1, 0]),
        (3, [1, 2, 0]),
        (6, [5, 3, 4, 1, 2, 0]),
        (8, [3, 1, 2, 7, 0, 5, 6, 4]),
        (13, [3, 1, 2, 0, 11, 7, 12, 5, 6, 4, 9, 10, 8]),
    ],
)
def test_order_of_entities(count: int, order: list[int]) -> None:
    assert numbers(one_by_one(count)) == order


def test_the_table_of_a_map_that_was_larger() -> None:
    quotas = replay(one_by_one(13), *(record(number, None) for number in range(0, 13, 2)))
    assert numbers(quotas) == [3, 1, 11, 7, 5, 9]
    assert numbers(replay(quotas, record(0, 7.0))) == [3, 1, 11, 7, 0, 5, 9]


def test_what_would_take_long_to_order_stays_as_it_comes() -> None:
    many: list[QuotaEntity] = [(("user", f"{number}"),) for number in range(ORDERED_QUOTA_MAX_COUNT + 1)]
    assert entity_order(many) == many != (ordered := entity_order(many[1:]))
    assert sorted(ordered) == sorted(many[1:])
    long: list[QuotaEntity] = [(("user", letter * 30_000),) for letter in "abcdefghijklmnopq"]
    assert entity_order(long) == long and sum(30_000 for _ in long) > ORDERED_QUOTA_MAX_CHARS


def test_values_are_set_changed_and_removed() -> None:
    quotas = replay({}, record(1, 1.0), record(1, 2.0, "request_percentage"), record(1, 3.0, "consumer_byte_rate"))
    assert [list(values) for values in quotas.values()] == [["consumer_byte_rate", "request_percentage", RATE]]
    [values] = replay(quotas, record(1, None, "request_percentage"), record(1, 9.0)).values()
    assert values == {"consumer_byte_rate": 3.0, RATE: 9.0}


def test_an_entity_without_quotas_is_gone_and_unchanged_quotas_are_shared() -> None:
    quotas = one_by_one(2)
    assert replay(quotas) is quotas
    assert numbers(replay(quotas, record(0, None))) == [1]
    assert replay(quotas, record(5, None)) == quotas
