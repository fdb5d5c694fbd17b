"""UpdateFeatures on the metadata: the finalized feature levels of the cluster.

Deviation: `kraft.version` stays at 0, a quorum from the configuration; Kafka would write its voters into the log.
Source: org.apache.kafka.controller.{FeatureControlManager,ConfigurationControlManager}.updateFeatures,
org.apache.kafka.server.common.{Feature,MetadataVersion} (KIP-584, KIP-778, KIP-1022).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kafkalite.cluster.bootstrap import MIN_IN_SYNC_REPLICAS
from kafkalite.cluster.configs.broker import effective_broker_config
from kafkalite.cluster.features import ELR_VERSION, KRAFT_VERSION, METADATA_VERSION, SUPPORTED
from kafkalite.cluster.image import ConfigsImage
from kafkalite.cluster.resource_types import BROKER, CLUSTER_DEFAULT
from kafkalite.cluster.result import Result
from kafkalite.model.steps import Pace, finish
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.internal_records.config_record import ConfigRecord
from kafkalite.protocol.internal_records.feature_level_record import FeatureLevelRecord

if TYPE_CHECKING:
    from kafkalite.cluster.controller import ControllerContext
    from kafkalite.cluster.image import MetadataImage
    from kafkalite.model.steps import Steps
    from kafkalite.protocol.messages.update_features_request import UpdateFeaturesRequest

UPGRADE, SAFE_DOWNGRADE, UNSAFE_DOWNGRADE = 1, 2, 3
UPGRADE_TYPES = (UPGRADE, SAFE_DOWNGRADE, UNSAFE_DOWNGRADE)

METADATA_CHANGING_LEVELS = frozenset((7, 8, 11, 13, 14, 15, 17, 23, 30, 32, 33))
"""Levels of `metadata.version` that changed records: a downgrade below one of them is not possible."""

ELR_NEEDS_METADATA_LEVEL = 23  # 4.0-IV1


def update_features(image: MetadataImage, request: UpdateFeaturesRequest, context: ControllerContext) -> list[Any]:
    """Return the records of `update_features_steps`, at once."""
    return finish(update_features_steps(image, request, context)).records


def update_features_steps(
    image: MetadataImage, request: UpdateFeaturesRequest, context: ControllerContext
) -> Steps[Result[None]]:
    """Return the records of all updates; none if one update is invalid, or with `validate_only`.

    A feature that is named more than once gets the last of its levels.

    Raises:
        ApiError: INVALID_UPDATE_VERSION for an unsupported feature or level, or for a downgrade that is not declared
            as one or would lose metadata.
    """
    updates: dict[str, tuple[int, int]] = {}
    pace = Pace()
    for update in request.feature_updates:
        updates[update.feature] = (update.max_version_level, update.upgrade_type)
        if pace.is_due():
            yield
    proposed = {**image.features.finalized, **{name: level for name, (level, _) in updates.items()}}
    records: list[Any] = []
    for name, (level, upgrade_type) in updates.items():
        flaw = _find_flaw(image, name, level, upgrade_type, proposed)
        if flaw is not None:
            raise ApiError(errors.INVALID_UPDATE_VERSION, f"{name} cannot be at level {level}: {flaw}.")
        if name != KRAFT_VERSION:
            records.append(FeatureLevelRecord(name=name, feature_level=level))
    if request.validate_only:
        return Result([], None)
    if updates.get(ELR_VERSION, (0, 0))[0] > 0:
        records = _elr_records(image, context) + records
    return Result(records, None)


def _find_flaw(image: MetadataImage, name: str, level: int, upgrade_type: int, proposed: dict[str, int]) -> str | None:
    """Return the reason why an update is refused, None if it is valid."""
    current = image.features.finalized.get(name, 0)
    if upgrade_type not in UPGRADE_TYPES:
        return f"there is no kind of update {upgrade_type}"
    supported = SUPPORTED.get(name)
    if supported is None:
        return "there is no such feature"
    if not supported.lowest <= level <= supported.highest:
        return f"the levels are {supported.lowest} to {supported.highest}"
    if level < current and upgrade_type == UPGRADE:
        return f"it is at {current}, and a downgrade has to be called one"
    if level > current and upgrade_type != UPGRADE:
        return f"it is at {current}, and this is no downgrade"
    if name == METADATA_VERSION and any(level < changing <= current for changing in METADATA_CHANGING_LEVELS):
        return f"metadata have changed since, it stays at {current}"
    if name == KRAFT_VERSION and level:
        return "the quorum is the one of the configuration"
    if name == ELR_VERSION and level and proposed.get(METADATA_VERSION, 0) < ELR_NEEDS_METADATA_LEVEL:
        return f"it needs {METADATA_VERSION} {ELR_NEEDS_METADATA_LEVEL}"
    return None


def _elr_records(image: MetadataImage, context: ControllerContext) -> list[Any]:
    """Return the records that make `min.insync.replicas` the same on all brokers, as ELR requires."""
    records: list[Any] = []
    if MIN_IN_SYNC_REPLICAS not in image.configs.of(BROKER, CLUSTER_DEFAULT):
        static = effective_broker_config(ConfigsImage({}), context.static_configs, context.node_id)
        records.append(_min_in_sync_replicas(CLUSTER_DEFAULT, static.get(MIN_IN_SYNC_REPLICAS) or "1"))
    for (resource_type, name), values in image.configs.by_resource.items():
        if resource_type == BROKER and name != CLUSTER_DEFAULT and MIN_IN_SYNC_REPLICAS in values:
            records.append(_min_in_sync_replicas(name, None))
    return records


def _min_in_sync_replicas(broker: str, value: str | None) -> ConfigRecord:
    return ConfigRecord(resource_type=BROKER, resource_name=broker, name=MIN_IN_SYNC_REPLICAS, value=value)
