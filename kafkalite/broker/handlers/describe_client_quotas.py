"""DescribeClientQuotas: the quotas of the users, client ids and addresses that match a filter.

Versions 0-1:
    1    flexible

Errors, for the request:
    INVALID_REQUEST        a filter that is not valid
    UNSUPPORTED_VERSION    a filter of an unknown type of entities

Source: KafkaApis.handleDescribeClientQuotasRequest (KIP-546).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.cluster.client_quotas import describe_client_quotas
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.describe_client_quotas_response import DescribeClientQuotasResponse

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.protocol.messages.describe_client_quotas_request import DescribeClientQuotasRequest


class DescribeClientQuotasHandler:
    """Answers DescribeClientQuotas."""

    def __init__(self, broker: Broker) -> None:
        self._metadata = broker.metadata

    def describe_client_quotas(
        self, context: RequestContext, request: DescribeClientQuotasRequest
    ) -> DescribeClientQuotasResponse:
        """Return the quotas that match the filter."""
        try:
            return describe_client_quotas(self._metadata.image, request)
        except ApiError as error:
            return DescribeClientQuotasResponse(
                error_code=error.error_code, error_message=error.error_message, entries=None
            )
