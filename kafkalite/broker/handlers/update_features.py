"""UpdateFeatures: change the finalized levels of features (KIP-584).

Versions 0-2:
    0    a feature and its level; downgrades cannot be requested
    1    types of updates; validate_only (KIP-778)
    2    no results of single features (KIP-1022)

Errors, for the request:
    INVALID_UPDATE_VERSION    a feature or a level that is not supported; a downgrade that is not declared, or that
                              would lose metadata
    KAFKA_STORAGE_ERROR       the metadata log cannot be written

All updates are made, or none.
Source: ControllerApis.handleUpdateFeatures, QuorumController.updateFeatures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.cluster.feature_updates import update_features_steps
from kafkalite.model.steps import Pace, map_steps
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.update_features_response import UpdatableFeatureResult, UpdateFeaturesResponse

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.model.steps import Steps
    from kafkalite.protocol.messages.update_features_request import FeatureUpdateKey, UpdateFeaturesRequest

SUCCESS_MESSAGE = "NONE"
"""The message of each feature in versions 0 and 1, as in Kafka."""


class UpdateFeaturesHandler:
    """Answers UpdateFeatures."""

    def __init__(self, broker: Broker) -> None:
        self._metadata = broker.metadata
        self._controller = broker.controller

    def update_features(self, context: RequestContext, request: UpdateFeaturesRequest) -> Steps[UpdateFeaturesResponse]:
        """Update all named features, or none."""
        try:
            yield from self._metadata.commit_steps(
                lambda image: update_features_steps(image, request, self._controller)
            )
        except ApiError as error:
            return UpdateFeaturesResponse(error_code=error.error_code, error_message=error.error_message)
        response = UpdateFeaturesResponse(error_message=None)
        if context.api_version <= 1:
            response.results = yield from map_steps(_success, request.feature_updates, Pace())
        return response


def _success(update: FeatureUpdateKey) -> UpdatableFeatureResult:
    return UpdatableFeatureResult(feature=update.feature, error_message=SUCCESS_MESSAGE)
