"""AlterConfigs and IncrementalAlterConfigs on the metadata.

Each resource succeeds or fails as a whole, independently of the others.

Deviation: an unknown operation type is INVALID_REQUEST on every kind of resource; Kafka answers UNKNOWN_SERVER_ERROR
for kinds on which it does not check the type first.

Source: kafka.server.ConfigAdminManager, kafka.server.ControllerConfigurationValidator,
org.apache.kafka.controller.ConfigurationControlManager (KIP-133, KIP-339).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kafkalite.cluster.configs.broker import effective_broker_config, overlay
from kafkalite.cluster.configs.dynamic_broker import check_names_and_types, check_transition
from kafkalite.cluster.configs.tables import BROKER_CONFIGS, TOPIC_CONFIGS
from kafkalite.cluster.configs.topic import check_topic_configs
from kafkalite.cluster.configs.values import InvalidConfigValue
from kafkalite.cluster.controller import RECORDS_PER_REQUEST_MAX_COUNT
from kafkalite.cluster.repetitions import find_repeated
from kafkalite.cluster.resource_types import BROKER, CLIENT_METRICS, CLUSTER_DEFAULT, GROUP, TOPIC, name_of
from kafkalite.cluster.result import Result
from kafkalite.cluster.topic_names import check_name
from kafkalite.model.steps import Pace, finish
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.internal_records.clear_elr_record import ClearElrRecord
from kafkalite.protocol.internal_records.config_record import ConfigRecord

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kafkalite.cluster.configs.broker import BrokerConfigs
    from kafkalite.cluster.controller import ControllerContext
    from kafkalite.cluster.image import MetadataImage
    from kafkalite.model.steps import Steps

SET, DELETE, APPEND, SUBTRACT = 0, 1, 2, 3
OPERATION_NAMES = {SET: "SET", DELETE: "DELETE", APPEND: "APPEND", SUBTRACT: "SUBTRACT"}

MIN_IN_SYNC_REPLICAS = "min.insync.replicas"
VALUE_MAX_LENGTH = 32767
"""Maximum length of a value in a ConfigRecord. Source: Short.MAX_VALUE in ConfigurationControlManager."""

Outcome = tuple[int, str | None]
"""(error code, error message) of one resource; (0, None) is success."""

SUCCESS: Outcome = (errors.NONE, None)


def incremental_alter_configs(
    image: MetadataImage, resources: Sequence[Any], context: ControllerContext
) -> Result[list[Outcome]]:
    """Alter as `incremental_alter_configs_steps` does, at once."""
    return finish(incremental_alter_configs_steps(image, resources, context))


def replace_configs(
    image: MetadataImage, resources: Sequence[Any], context: ControllerContext
) -> Result[list[Outcome]]:
    """Replace as `replace_configs_steps` does, at once."""
    return finish(replace_configs_steps(image, resources, context))


def incremental_alter_configs_steps(
    image: MetadataImage, resources: Sequence[Any], context: ControllerContext
) -> Steps[Result[list[Outcome]]]:
    """Apply operations to single configurations.

    Args:
        resources: `AlterConfigsResource` of IncrementalAlterConfigsRequest, each named once.

    Returns: the records of all successful resources, and the outcome of each resource in its order. Broker loggers are
        not part of the metadata and are refused here.

    Raises:
        ApiError: POLICY_VIOLATION for more than `RECORDS_PER_REQUEST_MAX_COUNT` records.
    """

    def change(resource: Any) -> dict[str, str | None]:
        _check_entries(resource.configs, lambda entry: entry.config_operation != DELETE)
        current = image.configs.of(resource.resource_type, resource.resource_name)
        return {
            entry.name: _operate(resource.resource_type, entry, current.get(entry.name)) for entry in resource.configs
        }

    return (yield from _alter(image, resources, context, change, is_replacing=False))


def replace_configs_steps(
    image: MetadataImage, resources: Sequence[Any], context: ControllerContext
) -> Steps[Result[list[Outcome]]]:
    """Replace all configurations of resources; those not named are removed.

    Args:
        resources: `AlterConfigsResource` of AlterConfigsRequest, each named once.

    Returns: as `incremental_alter_configs`.
    """

    def change(resource: Any) -> dict[str, str | None]:
        _check_entries(resource.configs, lambda entry: True)
        return {entry.name: entry.value for entry in resource.configs}

    return (yield from _alter(image, resources, context, change, is_replacing=True))


def new_topic_config_records(
    image: MetadataImage, topic: str, values: Mapping[str, str], context: ControllerContext
) -> list[Any]:
    """Return the records of a new topic's configurations.

    Raises:
        ApiError: INVALID_CONFIG.
    """
    try:
        _check_lengths(values)
        check_topic_configs({}, values, effective_broker_config(image.configs, context.static_configs, context.node_id))
    except InvalidConfigValue as error:
        raise ApiError(errors.INVALID_CONFIG, str(error)) from None
    return with_cleared_elr(image, _records(TOPIC, topic, values))


def with_cleared_elr(image: MetadataImage, records: list[Any]) -> list[Any]:
    """Return the records and their consequences: a change of `min.insync.replicas` clears the ELR of its partitions."""
    if not image.features.is_elr_enabled():
        return records
    cleared = [
        ClearElrRecord(topic_name=record.resource_name if record.resource_type == TOPIC else "")
        for record in records
        if record.name == MIN_IN_SYNC_REPLICAS
    ]
    return [*records, *cleared]


def _alter(
    image: MetadataImage, resources: Sequence[Any], context: ControllerContext, change: Any, *, is_replacing: bool
) -> Steps[Result[list[Outcome]]]:
    keys = [(resource.resource_type, resource.resource_name) for resource in resources]
    repeated = find_repeated(keys)
    broker = effective_broker_config(image.configs, context.static_configs, context.node_id)
    pace = Pace()
    records: list[Any] = []
    outcomes: list[Outcome] = []
    for key, resource in zip(keys, resources, strict=True):
        try:
            if key in repeated:
                raise ApiError(errors.INVALID_REQUEST, "Each resource must be named at most once.")
            _check_resource(key, context)
            records += _resource_records(image, key, change(resource), context, broker, is_replacing=is_replacing)
            outcomes.append(SUCCESS)
        except InvalidConfigValue as error:
            outcomes.append((errors.INVALID_CONFIG, str(error)))
        except ApiError as error:
            outcomes.append((error.error_code, error.error_message))
        if len(records) > RECORDS_PER_REQUEST_MAX_COUNT:
            raise ApiError(errors.POLICY_VIOLATION, "Unable to perform excessively large batch operation.")
        if pace.is_due(1 + len(resource.configs)):
            yield
    return Result(with_cleared_elr(image, records), outcomes)


def _resource_records(
    image: MetadataImage,
    key: tuple[int, str],
    changes: dict[str, str | None],
    context: ControllerContext,
    broker: BrokerConfigs,
    *,
    is_replacing: bool,
) -> list[Any]:
    """Return the records of one resource's change after all checks."""
    resource_type, resource_name = key
    current = image.configs.of(resource_type, resource_name)
    removed = {name: None for name in current if name not in changes} if is_replacing else {}
    kept = {} if is_replacing else current
    after = {name: value for name, value in {**kept, **changes}.items() if value is not None}
    _check_min_in_sync_replicas(image, key, {**changes, **removed})
    _check_lengths(after)
    _check_values(image, key, current, after, context, broker)
    _check_exists(image, key)
    # A broker reloads the target of a configuration (a key store) even if its name stays the same.
    is_broker = resource_type == BROKER
    altered = {name: value for name, value in changes.items() if is_broker or value != current.get(name)}
    return _records(resource_type, resource_name, {**altered, **removed})


def _check_resource(key: tuple[int, str], context: ControllerContext) -> None:
    resource_type, resource_name = key
    if resource_type == BROKER:
        if resource_name != CLUSTER_DEFAULT:
            check_is_this_node(resource_name, context.node_id)
    elif resource_type not in (TOPIC, CLIENT_METRICS, GROUP):
        raise ApiError(errors.INVALID_REQUEST, f"Unknown resource type {resource_type}")


def check_is_this_node(resource_name: str, node_id: int) -> None:
    """Check that a resource's name is the id of this node.

    Raises:
        ApiError: INVALID_REQUEST if it is not.
    """
    try:
        named = int(resource_name)
    except ValueError:
        raise ApiError(errors.INVALID_REQUEST, f"The broker id must be a whole number: {resource_name}") from None
    if named != node_id:
        raise ApiError(errors.INVALID_REQUEST, f"This is broker {node_id}, not broker {resource_name}.")


def _check_entries(entries: Sequence[Any], needs_value: Any) -> None:
    if len({entry.name for entry in entries}) != len(entries):
        raise ApiError(errors.INVALID_REQUEST, "A configuration is named more than once.")
    nulls = [entry.name for entry in entries if entry.value is None and needs_value(entry)]
    if nulls:
        raise ApiError(errors.INVALID_REQUEST, f"A value is needed for: {', '.join(nulls)}")


def _operate(resource_type: int, entry: Any, current: str | None) -> str | None:
    """Return the value after an operation; None if it removes the configuration."""
    operation = entry.config_operation
    if operation == SET:
        return str(entry.value)
    if operation == DELETE:
        return None
    if operation not in OPERATION_NAMES:
        raise ApiError(errors.INVALID_REQUEST, f"Unknown operation type {operation}")
    definition = {TOPIC: TOPIC_CONFIGS, BROKER: BROKER_CONFIGS}.get(resource_type, {}).get(entry.name)
    if definition is None or definition.type != "list":
        what = OPERATION_NAMES[operation]
        raise InvalidConfigValue(f"{what} is for lists, and {name_of(resource_type)} {entry.name} is none.")
    text = definition.default if current is None else current
    items = [item for item in (text or "").split(",") if item]
    for item in entry.value.split(","):
        if operation == APPEND and item not in items:
            items.append(item)
        elif operation == SUBTRACT and item in items:
            items.remove(item)
    return ",".join(items)


def _check_min_in_sync_replicas(image: MetadataImage, key: tuple[int, str], changes: Mapping[str, str | None]) -> None:
    """Raise if ELR is enabled and the shared value is removed or one broker gets a different one (KIP-966)."""
    if key[0] != BROKER or MIN_IN_SYNC_REPLICAS not in changes or not image.features.is_elr_enabled():
        return
    if key[1] != CLUSTER_DEFAULT:
        raise InvalidConfigValue(f"{MIN_IN_SYNC_REPLICAS} cannot be set on one broker while ELR is enabled.")
    if changes[MIN_IN_SYNC_REPLICAS] is None:
        raise InvalidConfigValue(f"{MIN_IN_SYNC_REPLICAS} cannot be removed while ELR is enabled.")


def _check_lengths(values: Mapping[str, str]) -> None:
    for name, value in values.items():
        if len(value) > VALUE_MAX_LENGTH:
            raise InvalidConfigValue(f"The value of {name} is longer than {VALUE_MAX_LENGTH} characters.")


def _check_values(
    image: MetadataImage,
    key: tuple[int, str],
    before: Mapping[str, str],
    after: Mapping[str, str],
    context: ControllerContext,
    broker: BrokerConfigs,
) -> None:
    resource_type, resource_name = key
    if resource_type == TOPIC:
        if not resource_name:
            raise ApiError(errors.INVALID_REQUEST, "There is no default topic resource.")
        check_name(resource_name)
        check_topic_configs(before, after, broker)
    elif resource_type == BROKER:
        _check_broker_values(image, resource_name, after, context)
    elif resource_type == CLIENT_METRICS:
        from kafkalite.cluster.configs.client_metrics import check_client_metrics_configs

        check_client_metrics_configs(resource_name, after)
    else:
        if not resource_name:
            raise ApiError(errors.INVALID_REQUEST, "There is no default group resource.")
        from kafkalite.cluster.configs.group import check_group_configs

        check_group_configs(after, broker)


def _check_broker_values(
    image: MetadataImage, resource_name: str, after: Mapping[str, str], context: ControllerContext
) -> None:
    """Check a broker's configurations. Kafka answers INVALID_REQUEST, not INVALID_CONFIG, to bad ones (KAFKA-13609)."""
    static, node = context.static_configs, str(context.node_id)
    configs = image.configs
    is_per_broker = resource_name != CLUSTER_DEFAULT
    cluster_level = configs.of(BROKER, CLUSTER_DEFAULT) if is_per_broker else after
    broker_level = after if is_per_broker else configs.of(BROKER, node)
    try:
        check_names_and_types(after, is_per_broker=is_per_broker)
        before = effective_broker_config(configs, static, context.node_id)
        check_transition(before, overlay(static, cluster_level, broker_level))
    except InvalidConfigValue as error:
        raise ApiError(errors.INVALID_REQUEST, str(error)) from None


def _check_exists(image: MetadataImage, key: tuple[int, str]) -> None:
    if key[0] == TOPIC and key[1] not in image.topics.by_name:
        raise ApiError(errors.UNKNOWN_TOPIC_OR_PARTITION, "No topic has this name.")


def _records(resource_type: int, resource_name: str, changes: Mapping[str, str | None]) -> list[Any]:
    return [
        ConfigRecord(resource_type=resource_type, resource_name=resource_name, name=name, value=value)
        for name, value in changes.items()
    ]
