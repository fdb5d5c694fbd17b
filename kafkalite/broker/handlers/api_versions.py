"""ApiVersions: the versions of APIs and the features that a client can use.

Versions 0-5:
    1    throttle time
    3    flexible; the client's software name and version (KIP-511); features (KIP-584)
    4    features whose lowest level is 0; they would break clients of older versions (KAFKA-17011)
    5    the cluster and the node that the client expects (KIP-1242)

Errors, for the request:
    UNSUPPORTED_VERSION   an unknown version of ApiVersions itself; answered in version 0, with its own range only
    INVALID_REQUEST       the software name or version has illegal characters, or only one of cluster and node is
                          named
    REBOOTSTRAP_REQUIRED  the client expects another cluster or node; not before SASL authentication

Source: KafkaApis.handleApiVersionsRequest, SaslServerAuthenticator.handleApiVersionsRequest,
ApiVersionsRequest.{isValid,getErrorResponse}, ApiVersionsResponse.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.broker.prepared_response import PreparedResponse
from kafkalite.protocol import errors
from kafkalite.protocol.api_keys import API_VERSIONS
from kafkalite.protocol.messages.api_versions_response import (
    ApiVersion,
    ApiVersionsResponse,
    FinalizedFeatureKey,
    SupportedFeatureKey,
)

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.cluster.image import MetadataImage
    from kafkalite.protocol.messages.api_versions_request import ApiVersionsRequest

_FIRST_VERSION_OF_SOFTWARE_NAME = 3
_FIRST_VERSION_OF_LEVEL_0 = 4
_FIRST_VERSION_OF_NODE = 5
_NO_NODE = -1
_INNER_PUNCTUATION = "-."


class ApiVersionsHandler:
    """Answers ApiVersions."""

    def __init__(self, broker: Broker) -> None:
        self._broker = broker
        self._metadata = broker.metadata
        self._apis = broker.served_apis
        self._api_keys = [
            ApiVersion(api_key=api_key, min_version=lowest, max_version=highest)
            for api_key, (lowest, highest) in sorted(broker.served_apis.advertised.items())
        ]
        self._prepared: dict[int, PreparedResponse] = {}
        self._prepared_for: MetadataImage | None = None

    def api_versions(
        self, context: RequestContext, request: ApiVersionsRequest
    ) -> ApiVersionsResponse | PreparedResponse:
        """Return the served versions and features, and store the client's software."""
        version = context.api_version
        if version >= _FIRST_VERSION_OF_SOFTWARE_NAME:
            name, software_version = request.client_software_name, request.client_software_version
            is_valid = is_software_name(name) and is_software_name(software_version)
            if not is_valid or (request.cluster_id is None) != (request.node_id == _NO_NODE):
                return ApiVersionsResponse(error_code=errors.INVALID_REQUEST)
            context.connection.client_software_name = name
            context.connection.client_software_version = software_version
            if version >= _FIRST_VERSION_OF_NODE and self._is_misrouted(context, request):
                return ApiVersionsResponse(error_code=errors.REBOOTSTRAP_REQUIRED)
        image = self._metadata.image
        if self._prepared_for is not image:
            self._prepared_for = image
            self._prepared.clear()
        prepared = self._prepared.get(version)
        if prepared is None:
            prepared = self._prepared[version] = PreparedResponse(self._build(version), version)
        return prepared

    def _is_misrouted(self, context: RequestContext, request: ApiVersionsRequest) -> bool:
        """Return whether the client expects another broker, as when an address was assigned to a new one."""
        authenticator = context.connection.authenticator
        if request.cluster_id is None or (authenticator is not None and not authenticator.is_complete):
            return False
        return (request.cluster_id, request.node_id) != (self._broker.cluster_id, self._broker.node_id)

    def _build(self, version: int) -> ApiVersionsResponse:
        return ApiVersionsResponse(
            api_keys=self._api_keys,
            supported_features=[
                SupportedFeatureKey(name=name, min_version=lowest, max_version=highest)
                for name, (lowest, highest, _) in self._apis.features.items()
                if lowest > 0 or version >= _FIRST_VERSION_OF_LEVEL_0
            ],
            finalized_features_epoch=self._metadata.image.end_offset - 1,
            finalized_features=[
                FinalizedFeatureKey(name=name, max_version_level=level, min_version_level=level)
                for name, level in self._finalized_levels().items()
                if level > 0
            ],
        )

    def _finalized_levels(self) -> dict[str, int]:
        """Return the finalized levels, or those of the imitated release."""
        if self._apis.release is not None:
            return {name: finalized for name, (_, _, finalized) in self._apis.features.items()}
        return dict(self._metadata.image.features.finalized)


def unsupported_version(broker: Broker) -> ApiVersionsResponse:
    """Return the answer, to be written in version 0, to an unknown version of ApiVersions."""
    lowest, highest = broker.served_apis.advertised[API_VERSIONS]
    own = ApiVersion(api_key=API_VERSIONS, min_version=lowest, max_version=highest)
    return ApiVersionsResponse(error_code=errors.UNSUPPORTED_VERSION, api_keys=[own])


def is_software_name(text: str) -> bool:
    """Return whether the text has only letters, digits, ``-`` and ``.``, the last two not at its ends."""
    if not text or not (text[0].isalnum() and text[-1].isalnum()):
        return False
    return text.isascii() and all(char.isalnum() or char in _INNER_PUNCTUATION for char in text)
