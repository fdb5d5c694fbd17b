"""UpdateFeatures through the router, in every version; levels survive a restart and a crash."""

from __future__ import annotations

import pytest

from kafkalite.broker.context import RequestContext
from kafkalite.broker.handlers.update_features import UpdateFeaturesHandler
from kafkalite.model.exceptions import StorageFault
from kafkalite.model.limits import STEP_MAX_ITEM_COUNT
from kafkalite.protocol import errors
from kafkalite.protocol.messages.api_versions_request import ApiVersionsRequest
from kafkalite.protocol.messages.update_features_request import FeatureUpdateKey, UpdateFeaturesRequest
from tests.broker.played_broker import PlayedBroker

UPGRADE, SAFE_DOWNGRADE = 1, 2


def request(name: str, level: int, kind: int = UPGRADE) -> UpdateFeaturesRequest:
    return UpdateFeaturesRequest(
        feature_updates=[FeatureUpdateKey(feature=name, max_version_level=level, upgrade_type=kind)]
    )


def told_levels(broker: PlayedBroker) -> dict[str, int]:
    asked = ApiVersionsRequest(client_software_name="test", client_software_version="1")
    return {each.name: each.max_version_level for each in broker.ask(asked, 4).finalized_features}


@pytest.mark.parametrize("version", range(3))
def test_a_level_that_it_has(version: int) -> None:
    answer = PlayedBroker().ask(request("group.version", 1), version)
    assert (answer.error_code, answer.error_message) == (errors.NONE, None)
    expected = [("group.version", errors.NONE)] if version <= 1 else []
    assert [(each.feature, each.error_code) for each in answer.results] == expected


@pytest.mark.parametrize("version", range(3))
def test_a_level_that_there_is_not(version: int) -> None:
    answer = PlayedBroker().ask(request("group.version", 9), version)
    assert (answer.error_code, answer.results) == (errors.INVALID_UPDATE_VERSION, [])
    assert answer.error_message


def test_many_updates_are_worked_through_in_steps() -> None:
    broker = PlayedBroker()
    many = request("group.version", 1)
    many.feature_updates *= 10 * STEP_MAX_ITEM_COUNT
    context = RequestContext(many.API_KEY, 1, 7, "test", broker.connection)
    steps = UpdateFeaturesHandler(broker.broker).update_features(context, many)
    assert list(steps) == [None] * 20  # 10 of the updates, and 10 of their results
    assert len(broker.ask(many, 1).results) == 10 * STEP_MAX_ITEM_COUNT


@pytest.mark.parametrize("clean", [True, False], ids=["after a clean stop", "after a crash"])
def test_levels_are_kept_and_told(clean: bool) -> None:
    broker = PlayedBroker()
    assert told_levels(broker)["transaction.version"] == 2
    assert broker.ask(request("transaction.version", 1, SAFE_DOWNGRADE), 2).error_code == errors.NONE
    assert told_levels(broker)["transaction.version"] == 1
    assert told_levels(broker.restart(clean=clean))["transaction.version"] == 1


def test_a_failing_disk_fails_all(monkeypatch: pytest.MonkeyPatch) -> None:
    broker = PlayedBroker()

    def fail(*args: object, **kwargs: object) -> None:
        raise StorageFault("append", "/data", "disk full")

    monkeypatch.setattr(type(broker.broker.metadata.log), "append", fail)
    assert broker.ask(request("group.version", 0, SAFE_DOWNGRADE), 2).error_code == errors.KAFKA_STORAGE_ERROR
