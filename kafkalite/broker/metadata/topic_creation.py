"""The creation of topics on first use.

Source: kafka.server.AutoTopicCreationManager.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.cluster.controller import PARTITIONS_PER_REQUEST_MAX_COUNT
from kafkalite.cluster.internal_topics import automatic_topic
from kafkalite.cluster.topics import create_topics, create_topics_steps
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.create_topics_request import CreateTopicsRequest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kafkalite.broker.metadata.live_configs import LiveConfigs
    from kafkalite.broker.metadata.metadata_log import MetadataLog
    from kafkalite.cluster.controller import ControllerContext
    from kafkalite.model.steps import Steps
    from kafkalite.protocol.messages.create_topics_response import CreateTopicsResponse


class TopicCreator:
    """Creates topics as the broker's configuration says; internal ones as their kind demands."""

    def __init__(self, metadata: MetadataLog, controller: ControllerContext, configs: LiveConfigs) -> None:
        self._metadata = metadata
        self._controller = controller
        self._configs = configs

    def create(self, names: Sequence[str]) -> dict[str, int]:
        """Create topics with their logs and return name to error code; 0 also for topics that exist already.

        A storage that fails is KAFKA_STORAGE_ERROR for all of them.
        """
        request = self._request(names)
        try:
            response = self._metadata.commit(lambda image: create_topics(image, request, self._controller))
        except ApiError as error:
            return dict.fromkeys(names, error.error_code)
        return _codes(response)

    def create_steps(self, names: Sequence[str]) -> Steps[dict[str, int]]:
        """Create topics as `create` does, in steps; of more than one request may create, none is created."""
        if len(names) > PARTITIONS_PER_REQUEST_MAX_COUNT:
            return dict.fromkeys(names, errors.POLICY_VIOLATION)
        request = self._request(names)
        try:
            response = yield from self._metadata.commit_steps(
                lambda image: create_topics_steps(image, request, self._controller)
            )
        except ApiError as error:
            return dict.fromkeys(names, error.error_code)
        return _codes(response)

    def _request(self, names: Sequence[str]) -> CreateTopicsRequest:
        config = self._configs.current()
        return CreateTopicsRequest(topics=[automatic_topic(name, config) for name in names])


def _codes(response: CreateTopicsResponse) -> dict[str, int]:
    return {
        topic.name: errors.NONE if topic.error_code == errors.TOPIC_ALREADY_EXISTS else topic.error_code
        for topic in response.topics
    }
