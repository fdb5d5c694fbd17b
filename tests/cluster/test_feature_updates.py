"""UpdateFeatures on the metadata: levels up and down, and what is refused."""

from __future__ import annotations

import pytest

from kafkalite.cluster.feature_updates import (
    SAFE_DOWNGRADE,
    UNSAFE_DOWNGRADE,
    UPGRADE,
    update_features,
    update_features_steps,
)
from kafkalite.cluster.features import ELR_VERSION, GROUP_VERSION, KRAFT_VERSION, METADATA_VERSION, TRANSACTION_VERSION
from kafkalite.cluster.result import Result
from kafkalite.model.limits import STEP_MAX_ITEM_COUNT
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.internal_records.config_record import ConfigRecord
from kafkalite.protocol.internal_records.feature_level_record import FeatureLevelRecord
from kafkalite.protocol.messages.update_features_request import FeatureUpdateKey, UpdateFeaturesRequest
from tests.cluster.conversation import Cluster, summary

BROKER = 4


def update(cluster: Cluster, *updates: tuple[str, int, int], validate_only: bool = False) -> list[tuple[object, ...]]:
    """Update features and return the records in short."""
    wanted = [
        FeatureUpdateKey(feature=name, max_version_level=level, upgrade_type=kind) for name, level, kind in updates
    ]
    request = UpdateFeaturesRequest(feature_updates=wanted, validate_only=validate_only)
    records = update_features(cluster.image, request, cluster.context)
    cluster.commit(Result(records, None))
    cluster.check_replay()
    return summary(records)


def finalize(cluster: Cluster, name: str, level: int) -> None:
    cluster.commit(Result([FeatureLevelRecord(name=name, feature_level=level)], None))


@pytest.fixture
def cluster() -> Cluster:
    return Cluster()


def test_a_feature_that_is_named_often_counts_once_and_is_read_in_steps(cluster: Cluster) -> None:
    update = FeatureUpdateKey(feature="group.version", max_version_level=1, upgrade_type=UPGRADE)
    request = UpdateFeaturesRequest(feature_updates=[update] * 10 * STEP_MAX_ITEM_COUNT)
    assert list(update_features_steps(cluster.image, request, cluster.context)) == [None] * 10
    [record] = update_features(cluster.image, request, cluster.context)
    assert (record.name, record.feature_level) == ("group.version", 1)


def test_a_feature_goes_down_and_up(cluster: Cluster) -> None:
    update(cluster, (GROUP_VERSION, 0, SAFE_DOWNGRADE), (TRANSACTION_VERSION, 1, UNSAFE_DOWNGRADE))
    assert GROUP_VERSION not in cluster.image.features.finalized
    assert cluster.image.features.finalized[TRANSACTION_VERSION] == 1
    update(cluster, (GROUP_VERSION, 1, UPGRADE))
    assert cluster.image.features.finalized[GROUP_VERSION] == 1


def test_trying_changes_nothing(cluster: Cluster) -> None:
    assert update(cluster, (GROUP_VERSION, 0, SAFE_DOWNGRADE), validate_only=True) == []
    assert update(cluster, (KRAFT_VERSION, 0, UPGRADE)) == [], "its level is no metadata"


@pytest.mark.parametrize(
    ("name", "level", "kind"),
    [
        ("no.such.feature", 0, UPGRADE),
        (GROUP_VERSION, 2, UPGRADE),
        (GROUP_VERSION, -1, SAFE_DOWNGRADE),
        (GROUP_VERSION, 1, 0),
        (GROUP_VERSION, 0, UPGRADE),
        (METADATA_VERSION, 31, UPGRADE),
        (METADATA_VERSION, 6, UNSAFE_DOWNGRADE),
        (METADATA_VERSION, 29, SAFE_DOWNGRADE),
        (METADATA_VERSION, 29, UNSAFE_DOWNGRADE),
        (KRAFT_VERSION, 1, UPGRADE),
    ],
)
def test_one_update_that_cannot_be_keeps_all_back(cluster: Cluster, name: str, level: int, kind: int) -> None:
    before = cluster.image.features
    with pytest.raises(ApiError) as caught:
        update(cluster, (TRANSACTION_VERSION, 1, SAFE_DOWNGRADE), (name, level, kind))
    assert caught.value.error_code == errors.INVALID_UPDATE_VERSION
    assert cluster.image.features == before


@pytest.mark.parametrize(("level", "is_possible"), [(22, False), (23, True), (24, True), (27, True)])
def test_metadata_go_back_to_where_their_records_changed(cluster: Cluster, level: int, is_possible: bool) -> None:
    finalize(cluster, METADATA_VERSION, 27)
    if is_possible:
        update(cluster, (METADATA_VERSION, level, SAFE_DOWNGRADE))
        assert cluster.image.features.metadata_version == level
    else:
        with pytest.raises(ApiError, match="changed since"):
            update(cluster, (METADATA_VERSION, level, SAFE_DOWNGRADE))
    update(cluster, (METADATA_VERSION, 30, UPGRADE))


def test_an_upgrade_that_is_called_a_downgrade(cluster: Cluster) -> None:
    finalize(cluster, TRANSACTION_VERSION, 1)
    with pytest.raises(ApiError, match="no downgrade"):
        update(cluster, (TRANSACTION_VERSION, 2, SAFE_DOWNGRADE))


def test_eligible_leader_replicas_need_metadata_that_can_hold_them(cluster: Cluster) -> None:
    finalize(cluster, METADATA_VERSION, 20)
    finalize(cluster, ELR_VERSION, 0)
    with pytest.raises(ApiError, match=r"metadata\.version 23"):
        update(cluster, (ELR_VERSION, 1, UPGRADE))
    update(cluster, (ELR_VERSION, 1, UPGRADE), (METADATA_VERSION, 23, UPGRADE))


def test_eligible_leader_replicas_need_one_min_in_sync_replicas_for_all(cluster: Cluster) -> None:
    name = "min.insync.replicas"
    finalize(cluster, ELR_VERSION, 0)
    for broker, value in (("", None), ("1", "2")):
        record = ConfigRecord(resource_type=BROKER, resource_name=broker, name=name, value=value)
        cluster.commit(Result([record], None))
    records = update(cluster, (ELR_VERSION, 1, UPGRADE))
    assert records == [("Config", BROKER, "", name, "1"), ("Config", BROKER, "1", name, None), ("FeatureLevel",)]
    assert [each[0] for each in update(cluster, (ELR_VERSION, 1, UPGRADE))] == ["FeatureLevel"]
