"""Alter configurations in the metadata, for AlterConfigs and IncrementalAlterConfigs: each resource has its outcome.

Source: kafka.server.ConfigAdminManager, org.apache.kafka.controller.ConfigurationControlManager.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kafkalite.cluster.result import Result
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kafkalite.broker.broker import Broker
    from kafkalite.cluster.configs.alter import Outcome
    from kafkalite.cluster.controller import ControllerContext
    from kafkalite.cluster.image import MetadataImage
    from kafkalite.model.steps import Steps

    Alteration = Callable[[MetadataImage, Sequence[Any], ControllerContext], Steps[Result[list[Outcome]]]]


def alter_configs_steps(
    broker: Broker, resources: Sequence[Any], alteration: Alteration, *, validate_only: bool
) -> Steps[list[Outcome]]:
    """Alter the valid resources, or only validate them; return the outcome of each, in the order of the request."""
    planned: list[Outcome] = []

    def plan(image: MetadataImage) -> Steps[Result[list[Outcome]]]:
        nonlocal planned
        result = yield from alteration(image, resources, broker.controller)
        planned = result.response
        return Result([], planned) if validate_only else result

    try:
        return (yield from broker.metadata.commit_steps(plan))
    except ApiError as error:
        failed: Outcome = (error.error_code, error.error_message)
        if not planned:  # the request is refused as a whole
            return [failed] * len(resources)
        return [failed if code == errors.NONE else (code, message) for code, message in planned]
