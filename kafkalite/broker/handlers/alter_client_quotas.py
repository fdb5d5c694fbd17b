"""AlterClientQuotas: set and remove quotas of users, client ids and addresses.

Versions 0-1:
    1    flexible

Errors, each for one entity:
    INVALID_REQUEST        an entity, a quota or a value that is not valid; an entity or a quota named twice
    KAFKA_STORAGE_ERROR    the metadata log cannot be written

Deviation: quotas are stored but not enforced yet.
Source: ControllerApis.handleAlterClientQuotas (KIP-546).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.cluster.client_quotas import alter_client_quotas_steps, hosts_to_check
from kafkalite.model.steps import Pace, map_steps
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.alter_client_quotas_response import AlterClientQuotasResponse, EntityData, EntryData

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.protocol.messages.alter_client_quotas_request import AlterClientQuotasRequest
    from kafkalite.protocol.messages.alter_client_quotas_request import EntryData as RequestEntry
    from kafkalite.system.work_queue import SlicedSteps


class AlterClientQuotasHandler:
    """Answers AlterClientQuotas."""

    def __init__(self, broker: Broker) -> None:
        self._metadata = broker.metadata
        self._hosts = broker.hosts

    def alter_client_quotas(
        self, context: RequestContext, request: AlterClientQuotasRequest
    ) -> SlicedSteps[AlterClientQuotasResponse]:
        """Alter the quotas of valid entities, or only validate them; names of hosts are resolved beforehand."""
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
