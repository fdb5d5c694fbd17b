"""AlterClientQuotas and DescribeClientQuotas on the metadata.

A quota belongs to an entity: a user, a client id, both, or an address. A null name is the default for all entities
without a specific quota.

Source: org.apache.kafka.controller.ClientQuotaControlManager, org.apache.kafka.image.ClientQuotasImage (KIP-546,
KIP-612, KIP-599).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kafkalite.cluster.controller import RECORDS_PER_REQUEST_MAX_COUNT
from kafkalite.cluster.java_hash_map import (
    DEFAULT_TABLE_SIZE,
    iteration_order,
    string_hash,
    table_size_for,
    table_size_of_copy,
)
from kafkalite.cluster.quotas_delta import entity_order
from kafkalite.cluster.result import Result
from kafkalite.model.steps import Pace, finish, map_steps
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.internal_records.client_quota_record import ClientQuotaRecord
from kafkalite.protocol.internal_records.client_quota_record import EntityData as RecordEntity
from kafkalite.protocol.messages.alter_client_quotas_response import AlterClientQuotasResponse
from kafkalite.protocol.messages.alter_client_quotas_response import EntityData as AlteredEntity
from kafkalite.protocol.messages.alter_client_quotas_response import EntryData as AlteredEntry
from kafkalite.protocol.messages.describe_client_quotas_response import (
    DescribeClientQuotasResponse,
    EntityData,
    EntryData,
    ValueData,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kafkalite.cluster.image import MetadataImage, QuotaEntity
    from kafkalite.model.steps import Steps
    from kafkalite.protocol.messages.alter_client_quotas_request import AlterClientQuotasRequest, OpData
    from kafkalite.protocol.messages.alter_client_quotas_request import EntryData as RequestEntry
    from kafkalite.protocol.messages.describe_client_quotas_request import ComponentData, DescribeClientQuotasRequest

USER, CLIENT_ID, IP = "user", "client-id", "ip"
ENTITY_TYPES = (CLIENT_ID, IP, USER)

EXACT, DEFAULT, SPECIFIED = 0, 1, 2
"""Match types of a filter's component: the given name, the default, or any name."""

ANY_NUMBER, LONG_MAX, INT_MAX = 0.0, float(2**63 - 1), float(2**31 - 1)
CLIENT_QUOTAS = {
    "producer_byte_rate": LONG_MAX,
    "consumer_byte_rate": LONG_MAX,
    "request_percentage": ANY_NUMBER,
    "controller_mutation_rate": ANY_NUMBER,
}
IP_QUOTAS = {"connection_creation_rate": INT_MAX}
"""Key of a quota -> the largest value, which must be whole; any value is valid for `ANY_NUMBER`."""

_FRACTION_MIN = 1e-6


def alter_client_quotas(
    image: MetadataImage, request: AlterClientQuotasRequest, is_known_host: Callable[[str], bool]
) -> Result[AlterClientQuotasResponse]:
    """Alter as `alter_client_quotas_steps` does, at once."""
    return finish(alter_client_quotas_steps(image, request, is_known_host))


def alter_client_quotas_steps(
    image: MetadataImage, request: AlterClientQuotasRequest, is_known_host: Callable[[str], bool]
) -> Steps[Result[AlterClientQuotasResponse]]:
    """Set and remove quotas, independently for each entity.

    Args:
        is_known_host: returns whether an address is valid or a host name resolves.

    Errors, per entity: INVALID_REQUEST for an invalid entity, key or value, and for an entity that is named more than
    once, although its first alteration is applied.

    Raises:
        ApiError: POLICY_VIOLATION for more than `RECORDS_PER_REQUEST_MAX_COUNT` records.
    """
    records: list[Any] = []
    entries: dict[QuotaEntity, AlteredEntry] = {}
    pace = Pace()
    for asked in request.entries:
        entity = yield from _entity_steps(asked, pace)
        is_repeated = entity in entries
        if not is_repeated:
            entries[entity] = yield from _entry_steps(entity, pace)
        entry = entries[entity]
        try:
            values = _values(asked.ops)
            if is_repeated:
                raise ApiError(errors.INVALID_REQUEST, "The entity is named more than once.")
            limits = _check_entity(entity, is_known_host)
            records += _changes(image, entity, values, limits)
        except ApiError as error:
            entry.error_code, entry.error_message = error.error_code, error.error_message
        if len(records) > RECORDS_PER_REQUEST_MAX_COUNT:
            raise ApiError(errors.POLICY_VIOLATION, "Unable to perform excessively large batch operation.")
        if pace.is_due(1 + len(asked.ops)):
            yield
    response = AlterClientQuotasResponse(entries=[entries[entity] for entity in entity_order(list(entries))])
    return Result([] if request.validate_only else records, response)


def hosts_to_check(request: AlterClientQuotasRequest) -> Iterator[str | None]:
    """Yield each entry's address or host name for ``is_known_host``; None if it has none."""
    for asked in request.entries:
        is_host = asked.entity and all(part.entity_type == IP for part in asked.entity)
        yield asked.entity[-1].entity_name if is_host else None


def describe_client_quotas(image: MetadataImage, request: DescribeClientQuotasRequest) -> DescribeClientQuotasResponse:
    """Return the quotas of the entities that match all components of the filter; a strict filter allows no others.

    Entities, their parts and their values are in the order of Kafka's hash maps, which clients' tests compare.

    Raises:
        ApiError: INVALID_REQUEST for an invalid filter, UNSUPPORTED_VERSION for an unknown entity type.
    """
    wanted: dict[str, ComponentData] = {}
    for component in request.components:
        _check_component(component, wanted)
        wanted[component.entity_type] = component
    if IP in wanted and len(wanted) > 1:
        raise ApiError(errors.INVALID_REQUEST, "An address is combined with neither users nor client ids.")
    return DescribeClientQuotasResponse(
        entries=[
            EntryData(
                entity=[EntityData(entity_type=type_, entity_name=name) for type_, name in _in_order(entity)],
                values=[ValueData(key=key, value=value) for key, value in image.quotas[entity].items()],
            )
            for entity in _candidates(image, wanted)
            if _matches(dict(entity), wanted, is_strict=request.strict)
        ]
    )


def entity_of(parts: Any) -> QuotaEntity:
    """Return the entity of (type, name) pairs in any order; a type's last pair counts."""
    return tuple(sorted(dict(parts).items()))


def _entity_steps(asked: RequestEntry, pace: Pace) -> Steps[QuotaEntity]:
    """Return the entity of an entry, as `entity_of`; more parts than types are left unchanged, to be refused."""
    parts: dict[str, str | None] = {}
    for part in asked.entity:
        parts[part.entity_type] = part.entity_name
        if pace.is_due():
            yield
    return entity_of(parts) if len(parts) <= len(ENTITY_TYPES) else tuple(parts.items())


def _entry_steps(entity: QuotaEntity, pace: Pace) -> Steps[AlteredEntry]:
    parts = yield from map_steps(
        lambda part: AlteredEntity(entity_type=part[0], entity_name=part[1]),
        _in_order(entity, table_size_for(len(entity))),
        pace,
    )
    return AlteredEntry(error_message=None, entity=parts)


def _in_order(entity: QuotaEntity, table_size: int = DEFAULT_TABLE_SIZE) -> list[tuple[str, str | None]]:
    """Return the parts of an entity in the order of its map; more parts than types are left unchanged."""
    if len(entity) > len(ENTITY_TYPES):
        return list(entity)
    return iteration_order(entity, lambda part: string_hash(part[0]), table_size)


def _candidates(image: MetadataImage, wanted: Mapping[str, ComponentData]) -> list[QuotaEntity]:
    """Return the entities that a filter checks, in the order of their map.

    Kafka begins with a copy of the entities that match one component, preferably one with a name, and removes those
    that do not match the others.
    """
    if not wanted:
        return list(image.quotas)
    named = [type_ for type_, component in wanted.items() if component.match_type != SPECIFIED]
    first = wanted[iteration_order(named or list(wanted), string_hash)[0]]
    found = [entity for entity in image.quotas if _matches(dict(entity), {first.entity_type: first}, is_strict=False)]
    return entity_order(entity_order(found), table_size_of_copy(len(found)))


def _values(ops: list[OpData]) -> dict[str, float | None]:
    """Return the value of each key, None for a key to remove.

    Raises:
        ApiError: INVALID_REQUEST for a key that is named more than once.
    """
    values: dict[str, float | None] = {}
    for op in ops:
        if op.key in values:
            raise ApiError(errors.INVALID_REQUEST, f"The quota {op.key} is named more than once.")
        values[op.key] = None if op.remove else op.value
    return values


def _check_entity(entity: QuotaEntity, is_known_host: Callable[[str], bool]) -> Mapping[str, float]:
    """Return the quotas that an entity may have.

    Raises:
        ApiError: INVALID_REQUEST for an invalid entity.
    """
    if not entity:
        raise ApiError(errors.INVALID_REQUEST, "The entity is empty.")
    for type_, name in entity:
        if type_ not in ENTITY_TYPES:
            raise ApiError(errors.INVALID_REQUEST, f"There are no entities of the type {type_!r}.")
        if name == "":
            raise ApiError(errors.INVALID_REQUEST, f"The name of the {type_} is empty.")
    names = dict(entity)
    if IP not in names:
        return CLIENT_QUOTAS
    if len(names) > 1:
        raise ApiError(errors.INVALID_REQUEST, "An address is combined with neither users nor client ids.")
    address = names[IP]
    if address is not None and not is_known_host(address):
        raise ApiError(errors.INVALID_REQUEST, f"{address} is no address, and no host that is known.")
    return IP_QUOTAS


def _changes(
    image: MetadataImage, entity: QuotaEntity, values: Mapping[str, float | None], limits: Mapping[str, float]
) -> list[ClientQuotaRecord]:
    """Return the records of the quotas that change.

    Raises:
        ApiError: INVALID_REQUEST for an invalid key or value.
    """
    current = image.quotas.get(entity, {})
    records = []
    is_possible = len(values) <= len(limits)  # else one of them will be refused
    keys = iteration_order(list(values), string_hash, table_size_for(len(values))) if is_possible else list(values)
    for key in keys:
        value = values[key]
        if value is None:
            if key in current:
                records.append(_record(entity, key, remove=True))
            continue
        _check_value(key, value, limits)
        if current.get(key) != value:
            records.append(_record(entity, key, value=value))
    return records


def _check_value(key: str, value: float, limits: Mapping[str, float]) -> None:
    limit = limits.get(key)
    if limit is None:
        raise ApiError(errors.INVALID_REQUEST, f"The entity can have no quota {key}.")
    if value <= 0:
        raise ApiError(errors.INVALID_REQUEST, f"The quota {key} must be more than 0.")
    if limit == ANY_NUMBER:
        return
    if value > limit:
        raise ApiError(errors.INVALID_REQUEST, f"The quota {key} is at most {limit:.0f}.")
    if abs(value % 1.0) > _FRACTION_MIN:
        raise ApiError(errors.INVALID_REQUEST, f"The quota {key} is a whole number.")


def _record(entity: QuotaEntity, key: str, *, value: float = 0.0, remove: bool = False) -> ClientQuotaRecord:
    parts = [RecordEntity(entity_type=type_, entity_name=name) for type_, name in entity]
    return ClientQuotaRecord(entity=parts, key=key, value=value, remove=remove)


def _check_component(component: ComponentData, earlier: Mapping[str, ComponentData]) -> None:
    type_ = component.entity_type
    if not type_:
        raise ApiError(errors.INVALID_REQUEST, "The type of an entity is empty.")
    if type_ in earlier:
        raise ApiError(errors.INVALID_REQUEST, f"The filter names the type {type_} more than once.")
    if type_ not in ENTITY_TYPES:
        raise ApiError(errors.UNSUPPORTED_VERSION, f"There are no entities of the type {type_}.")
    if component.match_type not in (EXACT, DEFAULT, SPECIFIED):
        raise ApiError(errors.INVALID_REQUEST, f"There is no kind of match {component.match_type}.")
    if (component.match is not None) != (component.match_type == EXACT):
        raise ApiError(errors.INVALID_REQUEST, "An exact match has a name, and no other match has.")


def _matches(entity: Mapping[str, str | None], wanted: Mapping[str, ComponentData], *, is_strict: bool) -> bool:
    if is_strict and len(entity) != len(wanted):
        return False
    return all(
        type_ in entity and (component.match_type == SPECIFIED or entity[type_] == component.match)
        for type_, component in wanted.items()
    )
