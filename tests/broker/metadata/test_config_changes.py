"""The outcomes of an alteration of configurations, resource by resource."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kafkalite.broker.metadata.config_changes import alter_configs_steps
from kafkalite.cluster.configs.alter import SUCCESS, Outcome, replace_configs_steps
from kafkalite.cluster.resource_types import TOPIC
from kafkalite.model.steps import finish
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.alter_configs_request import AlterableConfig, AlterConfigsResource
from tests.broker.played_broker import PlayedBroker

if TYPE_CHECKING:
    from kafkalite.model.steps import Steps


def resource(topic: str, flush_ms: str) -> AlterConfigsResource:
    configs = [AlterableConfig(name="flush.ms", value=flush_ms)]
    return AlterConfigsResource(resource_type=TOPIC, resource_name=topic, configs=configs)


def alter(broker: PlayedBroker, *resources: AlterConfigsResource, validate_only: bool = False) -> list[Outcome]:
    steps = alter_configs_steps(broker.broker, resources, replace_configs_steps, validate_only=validate_only)
    return finish(steps)


def flush_ms(broker: PlayedBroker) -> str | None:
    value: str | None = broker.broker.metadata.image.configs.of(TOPIC, "orders").get("flush.ms")
    return value


def test_an_invalid_resource_does_not_spoil_another() -> None:
    broker = PlayedBroker()
    broker.create_topic("orders")
    codes = [code for code, _ in alter(broker, resource("nope", "9"), resource("orders", "9"))]
    assert codes == [errors.UNKNOWN_TOPIC_OR_PARTITION, errors.NONE]
    assert flush_ms(broker) == "9"


def test_validate_only_returns_the_outcomes_and_stores_nothing() -> None:
    broker = PlayedBroker()
    broker.create_topic("orders")
    assert alter(broker, resource("orders", "9"), validate_only=True) == [SUCCESS]
    assert flush_ms(broker) is None


def test_a_refusal_of_the_request_is_the_outcome_of_every_resource() -> None:
    broker = PlayedBroker()
    resources = [resource("orders", "9"), resource("other", "9")]

    def refuse(*arguments: Any) -> Steps[Any]:
        raise ApiError(errors.POLICY_VIOLATION, "too many")
        yield

    steps = alter_configs_steps(broker.broker, resources, refuse, validate_only=False)
    assert finish(steps) == [(errors.POLICY_VIOLATION, "too many")] * 2
