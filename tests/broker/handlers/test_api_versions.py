"""Conversations of ApiVersions: what is told, to whom, and that what is told stays true."""

from __future__ import annotations

from typing import Any

import pytest

from kafkalite.broker.handlers.api_versions import is_software_name
from kafkalite.protocol import errors
from kafkalite.protocol.api_support import FEATURES, SERVED
from kafkalite.protocol.messages.api_versions_request import ApiVersionsRequest
from kafkalite.protocol.messages.update_features_request import UpdateFeaturesRequest
from kafkalite.security.authenticator import Authenticator, State
from tests.broker.played_broker import PlayedBroker

CLIENT = {"client_software_name": "kafka-tests", "client_software_version": "1.0"}


def ask(broker: PlayedBroker, version: int = 4, **fields: Any) -> Any:
    return broker.ask(ApiVersionsRequest(**(fields or (CLIENT if version >= 3 else {}))), version)


@pytest.mark.parametrize("version", range(6))
def test_what_is_told_is_what_is_served(version: int) -> None:
    response = ask(PlayedBroker(), version)
    assert response.error_code == errors.NONE
    told = {key.api_key: (key.min_version, key.max_version) for key in response.api_keys}
    assert told == SERVED and list(told) == sorted(told)


@pytest.mark.parametrize("version", range(6))
def test_features_by_version(version: int) -> None:
    response = ask(PlayedBroker(), version)
    supported = {one.name: (one.min_version, one.max_version) for one in response.supported_features}
    finalized = {one.name: one.max_version_level for one in response.finalized_features}
    if version < 3:
        assert supported == finalized == {}
    elif version == 3:  # older clients cannot read a lowest level of 0
        assert supported == {"metadata.version": FEATURES["metadata.version"][:2]}
    else:
        assert supported == {name: (lowest, highest) for name, (lowest, highest, _) in FEATURES.items()}
    if version >= 3:
        # kraft.version is 0 where the quorum is fixed, as it is here, and what is 0 is not told.
        assert finalized == {name: level for name, (_, _, level) in FEATURES.items() if name != "kraft.version"}
        assert all(one.min_version_level == one.max_version_level for one in response.finalized_features)


@pytest.mark.parametrize(
    ("name", "is_valid"),
    [
        ("a", True),
        ("7", True),
        ("apache-kafka-java", True),
        ("4.3.1", True),
        ("A.b-C.9", True),
        ("", False),
        ("-a", False),
        ("a-", False),
        (".", False),
        ("a b", False),
        ("a_b", False),
        ("a/b", False),
        ("ä", False),
        ("aäa", False),
        ("²", False),
        ("a\n", False),
    ],
)
def test_software_names(name: str, is_valid: bool) -> None:
    assert is_software_name(name) is is_valid
    broker = PlayedBroker()
    for fields in ({**CLIENT, "client_software_name": name}, {**CLIENT, "client_software_version": name}):
        response = ask(broker, 3, **fields)
        assert response.error_code == (errors.NONE if is_valid else errors.INVALID_REQUEST)
        assert bool(response.api_keys) is is_valid


@pytest.mark.parametrize(
    ("cluster_id", "node_id", "code"),
    [
        ("this", 1, errors.NONE),
        (None, -1, errors.NONE),
        ("this", 2, errors.REBOOTSTRAP_REQUIRED),
        ("this", -2, errors.REBOOTSTRAP_REQUIRED),
        ("another", 1, errors.REBOOTSTRAP_REQUIRED),
        ("", 1, errors.REBOOTSTRAP_REQUIRED),
        ("this", -1, errors.INVALID_REQUEST),
        ("another", -1, errors.INVALID_REQUEST),
        (None, 1, errors.INVALID_REQUEST),
    ],
)
def test_a_client_may_say_which_broker_it_means(cluster_id: str | None, node_id: int, code: int) -> None:
    broker = PlayedBroker(environ={"CLUSTER_ID": "this"})
    response = ask(broker, 5, **CLIENT, cluster_id=cluster_id, node_id=node_id)
    assert (response.error_code, bool(response.api_keys)) == (code, code == errors.NONE)
    assert ask(broker, 5, **CLIENT).error_code == errors.NONE, "the connection goes on"


def test_before_authentication_no_broker_is_the_wrong_one() -> None:
    broker = PlayedBroker()
    authenticator = Authenticator((), lambda: 0)
    broker.connection.authenticator = authenticator
    assert ask(broker, 5, **CLIENT, cluster_id="another", node_id=1).error_code == errors.NONE
    assert ask(broker, 5, **CLIENT, cluster_id="another").error_code == errors.INVALID_REQUEST
    authenticator.state = State.COMPLETE
    assert ask(broker, 5, **CLIENT, cluster_id="another", node_id=1).error_code == errors.REBOOTSTRAP_REQUIRED


def test_the_software_is_remembered_with_the_connection() -> None:
    broker = PlayedBroker()
    assert broker.connection.client_software_name == "unknown"
    ask(broker, 3)
    assert (broker.connection.client_software_name, broker.connection.client_software_version) == ("kafka-tests", "1.0")
    ask(broker, 3, client_software_name="-", client_software_version="2.0")
    assert broker.connection.client_software_version == "1.0"


def test_the_answer_follows_the_metadata() -> None:
    broker = PlayedBroker()
    before = ask(broker)
    assert ask(broker) == before
    broker.create_topic()
    after = ask(broker)
    assert after.finalized_features_epoch > before.finalized_features_epoch
    assert after.finalized_features_epoch == broker.broker.metadata.image.end_offset - 1


def test_an_imitated_release_tells_its_own_features() -> None:
    response = ask(PlayedBroker(as_version="4.0"))
    supported = {one.name: one.max_version for one in response.supported_features}
    finalized = {one.name: one.max_version_level for one in response.finalized_features}
    assert supported["metadata.version"] < FEATURES["metadata.version"][1]
    assert "streams.version" not in finalized


def test_2_8_finalizes_nothing() -> None:
    response = ask(PlayedBroker(as_version="2.8"), 3)
    assert (response.supported_features, response.finalized_features) == ([], [])
    assert UpdateFeaturesRequest.API_KEY not in {key.api_key for key in response.api_keys} - set(SERVED)
