"""Finding classes and header versions by number."""

from __future__ import annotations

import subprocess
import sys

import pytest

from kafkalite.protocol import api_keys, errors, registry
from tests.protocol.message_samples import MESSAGES, RECORDS


def test_every_request_and_response_is_found() -> None:
    requests = {m.api_key: m.name for m in MESSAGES if m.type == "request"}
    assert set(requests) == set(registry.API_NAMES)
    for api_key, name in requests.items():
        assert api_key is not None
        assert name == registry.request_class(api_key).NAME
        assert name.replace("Request", "Response") == registry.response_class(api_key).NAME
        assert registry.request_class(api_key) is registry.request_class(api_key)


def test_an_unknown_key_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        registry.request_class(9999)
    with pytest.raises(KeyError):
        registry.response_class(4)


@pytest.mark.parametrize(
    ("api_key", "version", "request_header", "response_header"),
    [
        (api_keys.PRODUCE, 8, 1, 0),
        (api_keys.PRODUCE, 9, 2, 1),
        (api_keys.API_VERSIONS, 2, 1, 0),
        (api_keys.API_VERSIONS, 3, 2, 0),
        (api_keys.API_VERSIONS, 99, 2, 0),
        (api_keys.SASL_HANDSHAKE, 1, 1, 0),
        (api_keys.SHARE_FETCH, 0, 2, 1),
        (api_keys.DESCRIBE_CLUSTER, 0, 2, 1),
        (9999, 3, 1, 0),
    ],
)
def test_header_versions(api_key: int, version: int, request_header: int, response_header: int) -> None:
    assert registry.request_header_version(api_key, version) == request_header
    assert registry.response_header_version(api_key, version) == response_header


def test_every_record_of_an_internal_topic_is_found() -> None:
    for message in RECORDS:
        if message.api_key is None:
            continue
        assert message.name in _find_names(message.type, message.api_key)


def _find_names(kind: str, key: int) -> list[str]:
    """Return the names of the classes found for a record type, over all internal topics."""
    if kind == "metadata":
        found = [registry.find_metadata_record_class(key)]
    else:
        find = registry.find_record_key_class if kind == "coordinator-key" else registry.find_record_value_class
        found = [find(topic, key) for topic in ("__consumer_offsets", "__transaction_state", "__share_group_state")]
    return [candidate.NAME for candidate in found if candidate is not None]


def test_records_are_found_in_their_topic_only() -> None:
    offsets = registry.find_record_key_class("__consumer_offsets", 1)
    state = registry.find_record_value_class("__transaction_state", 0)
    share = registry.find_record_key_class("__share_group_state", 1)
    assert offsets is not None
    assert state is not None
    assert share is not None
    assert (offsets.NAME, state.NAME, share.NAME) == ("OffsetCommitKey", "TransactionLogValue", "ShareUpdateKey")
    assert registry.find_record_key_class("__transaction_state", 5) is None
    assert registry.find_record_value_class("orders", 0) is None
    assert registry.find_metadata_record_class(6) is None


def test_error_codes_are_kafkas() -> None:
    assert (errors.NONE, errors.UNKNOWN_SERVER_ERROR, errors.UNSUPPORTED_VERSION) == (0, -1, 35)
    assert errors.NAMES[100] == "UNKNOWN_TOPIC_ID"
    assert errors.NOT_LEADER_OR_FOLLOWER in errors.RETRIABLE
    assert errors.MESSAGE_TOO_LARGE not in errors.RETRIABLE


def test_nothing_is_imported_before_it_is_asked_for() -> None:
    program = (
        "import sys, kafkalite.protocol.registry as r\n"
        "r.request_class(0)\n"
        "print([n for n in sys.modules if n.startswith('kafkalite.protocol.messages.')])"
    )
    result = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert result.stdout.strip() == "['kafkalite.protocol.messages.produce_request']"
