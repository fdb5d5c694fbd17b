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

from kafkalite.cluster.client_quotas import alter_client_quotas_steps, describe_client_quotas, hosts_to_check
from kafkalite.model.steps import Pace, map_steps
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.alter_client_quotas_response import AlterClientQuotasResponse, EntityData, EntryData
from kafkalite.protocol.messages.describe_client_quotas_response import DescribeClientQuotasResponse

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.protocol.messages.alter_client_quotas_request import AlterClientQuotasRequest
    from kafkalite.protocol.messages.alter_client_quotas_request import EntryData as RequestEntry
    from kafkalite.protocol.messages.describe_client_quotas_request import DescribeClientQuotasRequest
    from kafkalite.system.work_queue import SlicedSteps


class ClientQuotasHandler:
    """Answers DescribeClientQuotas and AlterClientQuotas."""

    def __init__(self, broker: Broker) -> None:
        self._metadata = broker.metadata
        self._hosts = broker.hosts

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
    ) -> SlicedSteps[AlterClientQuotasResponse]:
        """Set and remove what can be, or only try it; the names of hosts are resolved beforehand."""
        known_hosts = yield from self._hosts.find_known(hosts_to_check(request))
        try:
            return (
                yield from self._metadata.commit_steps(
                    lambda image: alter_client_quotas_steps(image, request, known_hosts.__contains__)
                )
            )
        except ApiError as refusal:
            error = refusal

        def refused(entry: RequestEntry) -> EntryData:
            return EntryData(
                error_code=error.error_code,
                error_message=error.error_message,
                entity=[
                    EntityData(entity_type=part.entity_type, entity_name=part.entity_name) for part in entry.entity
                ],
            )

        return AlterClientQuotasResponse(entries=(yield from map_steps(refused, request.entries, Pace())))
