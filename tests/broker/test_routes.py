"""Every API that is advertised has a handler, and every handler answers every version that is advertised for it."""

from __future__ import annotations

import ast
import pathlib
from importlib import import_module
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kafkalite.broker import handlers
from kafkalite.broker.routes import ROUTES
from kafkalite.protocol.api_error import ProtocolViolation
from kafkalite.protocol.api_keys import DESCRIBE_ACLS, NAMES
from kafkalite.protocol.api_support import SERVED
from kafkalite.protocol.primitives import FrameWriter
from tests.broker.played_broker import PlayedBroker, decode
from tests.protocol.message_samples import BY_NAME, VARIANTS, Sampler
from tests.protocol.message_strategies import messages_of

EVERY_REQUEST = [
    (api_key, version) for api_key, (lowest, highest) in SERVED.items() for version in range(lowest, highest + 1)
]


def request_schema(api_key: int) -> Any:
    """Return the schema of an API's requests."""
    return BY_NAME[f"{NAMES[api_key]}Request"]


def answer(broker: PlayedBroker, request: Any, version: int) -> Any:
    """Send a request, let all time it may wait pass, and return the decoded answer; None where the broker closes.

    Whatever happens, it must not be a bug, and it must be over.
    """
    try:
        reply = broker.send(request, version)
    except ProtocolViolation:
        reply = None
    if reply is not None and not isinstance(reply, FrameWriter):
        arrived: list[FrameWriter | ProtocolViolation | None] = []
        reply.then(arrived.append)
        broker.pass_time(2**31)
        assert len(arrived) == 1, "a reply never came"
        reply = arrived[0] if isinstance(arrived[0], FrameWriter) else None
    assert not broker.bugs, broker.bugs
    return None if reply is None else decode(reply, request.API_KEY, version)


def handler_classes() -> set[tuple[str, str]]:
    """Return (module, class) of every handler class in the package, found in the source."""
    return {
        (f"{handlers.__name__}.{path.stem}", node.name)
        for path in pathlib.Path(handlers.__path__[0]).glob("*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef) and node.name.endswith("Handler")
    }


def test_the_module_of_an_api_can_be_guessed() -> None:
    assert ROUTES[DESCRIBE_ACLS] == ("kafkalite.broker.handlers.describe_acls", "DescribeAclsHandler", "describe_acls")


def test_every_handler_has_a_route_and_every_served_api_a_handler() -> None:
    routes = [(module, class_name) for module, class_name, _ in ROUTES.values()]
    assert len(set(routes)) == len(SERVED)
    assert set(routes) == handler_classes()


@pytest.mark.parametrize("api_key", ROUTES, ids=NAMES.get)
def test_every_route_leads_to_a_method(api_key: int) -> None:
    module, class_name, method = ROUTES[api_key]
    assert callable(getattr(getattr(import_module(module), class_name), method))


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_served_version_is_answered(variant: str) -> None:
    broker = PlayedBroker()
    broker.create_topic()
    unanswered: dict[str, list[int]] = {}
    for api_key, version in EVERY_REQUEST:
        request = Sampler(request_schema(api_key), version, variant).sample()
        if answer(broker, request, version) is None:
            unanswered.setdefault(NAMES[api_key], []).append(version)
    if variant == "default":
        # A Produce without any field set has acks=0, which asks for no answer, and a filter of ACLs is UNKNOWN.
        assert unanswered == {"Produce": list(range(14)), "DescribeAcls": [1, 2, 3]}
    else:  # the isolation level does not exist, and these versions cannot say so of the whole request
        assert unanswered == {"Fetch": [4, 5, 6]}


@settings(max_examples=150)
@given(st.data())
def test_no_request_is_a_bug(data: st.DataObject) -> None:
    api_key, version = data.draw(st.sampled_from(EVERY_REQUEST))
    request = data.draw(messages_of(request_schema(api_key), version))
    broker = PlayedBroker()
    answer(broker, request, version)
