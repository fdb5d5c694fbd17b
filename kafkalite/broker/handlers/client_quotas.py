"""DescribeClientQuotas, AlterClientQuotas: how much users, client ids and addresses may ask of the cluster.

Versions 0-1 of both:
    1    flexible

Errors, of AlterClientQuotas each for one entity, of DescribeClientQuotas for all:
    INVALID_REQUEST        an entity, a quota, a value or a filter that cannot be; an entity or a quota named twice
    UNSUPPORTED_VERSION    a filter of an unknown type of entities
    KAFKA_STORAGE_ERROR    the metadata log cannot be written

Deviation: quotas are kept and told, and hold nobody back yet.
Source: KafkaApis.handleDescribeClientQuotasRequest, ControllerApis.handleAlterClientQuotas (KIP-546).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.cluster.client_quotas import alter_client_quotas, describe_client_quotas
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.alter_client_quotas_response import AlterClientQuotasResponse, EntityData, EntryData
from kafkalite.protocol.messages.describe_client_quotas_response import DescribeClientQuotasResponse

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.protocol.messages.alter_client_quotas_request import AlterClientQuotasRequest
    from kafkalite.protocol.messages.describe_client_quotas_request import DescribeClientQuotasRequest


class ClientQuotasHandler:
    """Answers DescribeClientQuotas and AlterClientQuotas."""

    def __init__(self, broker: Broker) -> None:
        self._metadata = broker.metadata
        self._resolve = broker.resolve_host

    def describe_client_quotas(
        self, context: RequestContext, request: DescribeClientQuotasRequest
    ) -> DescribeClientQuotasResponse:
        """Tell the quotas that a filter finds."""
        try:
            return describe_client_quotas(self._metadata.image, request)
        except ApiError as error:
            return DescribeClientQuotasResponse(
                error_code=error.error_code, error_message=error.error_message, entries=None
            )

    def alter_client_quotas(
        self, context: RequestContext, request: AlterClientQuotasRequest
    ) -> AlterClientQuotasResponse:
        """Set and remove what can be, or only try it."""
        image = self._metadata.image
        try:
            return self._metadata.commit(alter_client_quotas(image, request, lambda host: bool(self._resolve(host))))
        except ApiError as error:
            return AlterClientQuotasResponse(
                entries=[
                    EntryData(
                        error_code=error.error_code,
                        error_message=error.error_message,
                        entity=[
                            EntityData(entity_type=part.entity_type, entity_name=part.entity_name)
                            for part in entry.entity
                        ],
                    )
                    for entry in request.entries
                ]
            )
