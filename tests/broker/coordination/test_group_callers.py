"""The sender of a request about a group, and the check of group ids."""

from __future__ import annotations

import pytest

from kafkalite.broker.context import RequestContext
from kafkalite.broker.coordination.group_callers import caller_of, check_group_id
from kafkalite.coordinators.group.context import Caller
from kafkalite.protocol import api_keys, errors
from kafkalite.protocol.api_error import ApiError
from tests.broker.played_broker import PlayedBroker


@pytest.mark.parametrize(("client_id", "name"), [("app", "app"), ("", ""), (None, "")])
def test_a_caller_has_the_name_the_address_and_the_version_of_the_request(client_id: str | None, name: str) -> None:
    context = RequestContext(api_keys.HEARTBEAT, 3, 7, client_id, PlayedBroker().connection)
    assert caller_of(context) == Caller(name, "/127.0.0.1", 3)


def test_only_the_empty_group_id_is_invalid() -> None:
    check_group_id(" ")
    with pytest.raises(ApiError) as refusal:
        check_group_id("")
    assert refusal.value.error_code == errors.INVALID_GROUP_ID
