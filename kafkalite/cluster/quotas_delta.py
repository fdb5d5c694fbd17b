"""Changes of client quotas: records applied to the quotas of an image, in the order of Kafka's maps.

The order of entities and of their values is visible in DescribeClientQuotas. In Kafka it is that of hash maps, whose
table sizes depend on their earlier contents.

Source: org.apache.kafka.image.ClientQuotasDelta, ClientQuotaDelta.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kafkalite.cluster.java_hash_map import (
    DEFAULT_TABLE_SIZE,
    iteration_order,
    map_hash,
    string_hash,
    table_size_for,
)
from kafkalite.model.limits import ORDERED_QUOTA_MAX_CHARS, ORDERED_QUOTA_MAX_COUNT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kafkalite.cluster.image import QuotaEntity

_OBJECTS_HASH_OF_ONE = 31
"""The number that ``Objects.hash`` adds to the hash code of a single object."""


def entity_hash(entity: QuotaEntity) -> int:
    """Return the hash code of Kafka's ClientQuotaEntity, as an unsigned number."""
    return (_OBJECTS_HASH_OF_ONE + map_hash(entity)) & 0xFFFFFFFF


def entity_order(entities: Sequence[QuotaEntity], table_size: int = DEFAULT_TABLE_SIZE) -> list[QuotaEntity]:
    """Return entities in the iteration order of a map into which they are inserted one after the other.

    Very many entities, or very long names, keep their order: sorting must take no noticeable time.
    """
    is_large = max(len(entities), sum(map(len, entities)) // 3) > ORDERED_QUOTA_MAX_COUNT or (
        sum(len(name or "") for entity in entities for _, name in entity) > ORDERED_QUOTA_MAX_CHARS
    )
    return list(entities) if is_large else iteration_order(entities, entity_hash, table_size)


class QuotasDelta:
    """Collects quota records; ``apply`` returns the changed quotas.

    Args:
        quotas: the quotas of the image before the changes, in Kafka's order.
    """

    __slots__ = ("_changes", "_quotas")

    def __init__(self, quotas: Mapping[QuotaEntity, Mapping[str, float]]) -> None:
        self._quotas = quotas
        self._changes: dict[QuotaEntity, dict[str, float | None]] = {}

    def replay(self, record: Any) -> None:
        """Add one ClientQuotaRecord."""
        entity = tuple(sorted({each.entity_type: each.entity_name for each in record.entity}.items()))
        changes = self._changes.setdefault(entity, {})
        changes[record.key] = None if record.remove else record.value

    def apply(self) -> Mapping[QuotaEntity, Mapping[str, float]]:
        """Return the quotas of all entities that have any left."""
        if not self._changes:
            return self._quotas
        found = {
            entity: values if entity not in self._changes else _apply(values, self._changes[entity])
            for entity, values in self._quotas.items()
        }
        for entity in entity_order(list(self._changes)):
            found.setdefault(entity, _apply({}, self._changes[entity]))
        kept = [entity for entity, values in found.items() if values]
        return {entity: found[entity] for entity in entity_order(kept, table_size_for(len(self._quotas)))}


def _apply(values: Mapping[str, float], changes: Mapping[str, float | None]) -> dict[str, float]:
    found: dict[str, float] = {}
    for key, value in values.items():
        change = changes.get(key, value)
        if change is not None:
            found[key] = change
    for key in iteration_order(list(changes), string_hash):
        change = changes[key]
        if change is not None and key not in found:
            found[key] = change
    return {key: found[key] for key in iteration_order(list(found), string_hash, table_size_for(len(values)))}
