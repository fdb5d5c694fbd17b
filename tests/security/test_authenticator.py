"""Every state and every request; the answers; sessions that end."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError, ProtocolViolation
from kafkalite.protocol.api_keys import API_VERSIONS, METADATA, PRODUCE, SASL_AUTHENTICATE, SASL_HANDSHAKE
from kafkalite.security.authenticator import Authenticator, Mechanism, State
from kafkalite.security.plain import PlainExchange
from kafkalite.security.scram import ScramExchange
from kafkalite.system.clock import ManualClock
from tests.security.scram_client import ScramClient, credential

PASSWORDS = {"alice": "secret", "bob": "other"}
ALICE, BOB, WRONG = b"\0alice\0secret", b"\0bob\0other", b"\0alice\0wrong"
UNKNOWN_API = 999


class Scene:
    """An authenticator on a clock that stands still."""

    def __init__(self, session_ms: int = 0) -> None:
        self.clock = ManualClock(1_700_000_000_000)
        scram = {"alice": credential("SCRAM-SHA-256", "secret")}
        self.it = Authenticator(
            [
                Mechanism("PLAIN", lambda: PlainExchange(PASSWORDS), session_ms),
                Mechanism("SCRAM-SHA-256", lambda: ScramExchange("SCRAM-SHA-256", scram.get, lambda: "n"), session_ms),
            ],
            self.clock.monotonic_ms,
        )

    def log_in(self, token: bytes = ALICE, version: int = 2) -> None:
        self.it.check_request(SASL_HANDSHAKE)
        assert self.it.handshake("PLAIN", 1).error_code == 0
        self.it.check_request(SASL_AUTHENTICATE)
        assert self.it.authenticate(token, version).error_code == 0


def initial() -> Scene:
    return Scene()


def after_failed_versions() -> Scene:
    scene = Scene()
    scene.it.versions_answered(errors.UNSUPPORTED_VERSION)
    return scene


def after_versions() -> Scene:
    scene = Scene()
    scene.it.versions_answered(errors.NONE)
    return scene


def after_handshake() -> Scene:
    scene = Scene()
    scene.it.handshake("PLAIN", 1)
    return scene


def after_old_handshake() -> Scene:
    scene = Scene()
    scene.it.handshake("PLAIN", 0)
    return scene


def after_failure() -> Scene:
    scene = after_handshake()
    scene.it.authenticate(WRONG, 2)
    return scene


def again() -> Scene:
    scene = Scene(session_ms=10_000)
    scene.log_in()
    assert scene.it.begin_again()
    return scene


def again_with_another_mechanism() -> Scene:
    scene = again()
    scene.it.handshake("SCRAM-SHA-256", 1)
    return scene


PASS, CLOSE, TOLD = "passes", "closes", "ILLEGAL_SASL_STATE"
TABLE = [
    # state, how to get there, ApiVersions, SaslHandshake, SaslAuthenticate, others, unknown ones
    (State.INITIAL_REQUEST, initial, PASS, PASS, CLOSE, CLOSE, CLOSE),
    (State.HANDSHAKE_OR_VERSIONS_REQUEST, after_failed_versions, PASS, PASS, CLOSE, CLOSE, CLOSE),
    (State.HANDSHAKE_REQUEST, after_versions, CLOSE, PASS, CLOSE, CLOSE, CLOSE),
    (State.AUTHENTICATE, after_handshake, TOLD, TOLD, PASS, TOLD, CLOSE),
    (State.AUTHENTICATE, after_old_handshake, CLOSE, CLOSE, CLOSE, CLOSE, CLOSE),
    (State.FAILED, after_failure, CLOSE, CLOSE, CLOSE, CLOSE, CLOSE),
    (State.REAUTH_PROCESS_HANDSHAKE, again, CLOSE, PASS, CLOSE, CLOSE, CLOSE),
    (State.REAUTH_BAD_MECHANISM, again_with_another_mechanism, CLOSE, CLOSE, CLOSE, CLOSE, CLOSE),
]
REQUESTS = [API_VERSIONS, SASL_HANDSHAKE, SASL_AUTHENTICATE, METADATA, UNKNOWN_API]


@pytest.mark.parametrize(
    ("state", "begin", "api_key", "outcome"),
    [
        (state, begin, api_key, outcome)
        for state, begin, *outcomes in TABLE
        for api_key, outcome in zip(REQUESTS, outcomes, strict=True)
    ],
)
def test_every_state_and_every_request(state: State, begin: Callable[[], Scene], api_key: int, outcome: str) -> None:
    it = begin().it
    assert it.state is state
    if outcome == PASS:
        it.check_request(api_key)
        assert it.failure is None
    elif outcome == TOLD:
        with pytest.raises(ApiError) as caught:
            it.check_request(api_key)
        assert caught.value.error_code == errors.ILLEGAL_SASL_STATE
    else:
        with pytest.raises(ProtocolViolation):
            it.check_request(api_key)
    if outcome != PASS:
        assert (it.state, it.failure is None) == (State.FAILED, False)


def test_the_whole_way_with_requests() -> None:
    it = Scene().it
    it.check_request(API_VERSIONS)
    it.versions_answered(errors.NONE)
    it.check_request(SASL_HANDSHAKE)
    answer = it.handshake("SCRAM-SHA-256", 1)
    assert (answer.error_code, answer.mechanisms) == (0, ["PLAIN", "SCRAM-SHA-256"])
    client = ScramClient("SCRAM-SHA-256", "alice", "secret")
    first = it.authenticate(client.first(), 2)
    assert (first.error_code, it.is_complete) == (0, False)
    final = it.authenticate(client.final(first.auth_bytes), 2)
    assert client.is_answer(final.auth_bytes)
    assert (final.error_code, final.error_message, final.session_lifetime_ms) == (0, "", 0)
    assert (it.is_complete, it.principal, it.session_end_ms, it.failure) == (True, "User:alice", None, None)


def test_the_whole_way_with_bare_tokens() -> None:
    it = after_old_handshake().it
    assert it.expects_bare_token
    assert it.answer_bare_token(ALICE) == b""
    assert (it.is_complete, it.expects_bare_token, it.principal) == (True, False, "User:alice")


def test_a_bare_token_that_is_wrong_has_no_answer() -> None:
    it = after_old_handshake().it
    assert it.answer_bare_token(WRONG) is None
    assert it.failure == "SASL authentication failed: PLAIN: Authentication failed: Invalid username or password"


def test_another_mechanism_is_told_which_there_are() -> None:
    it = Scene().it
    answer = it.handshake("GSSAPI", 1)
    assert (answer.error_code, answer.mechanisms) == (errors.UNSUPPORTED_SASL_MECHANISM, ["PLAIN", "SCRAM-SHA-256"])
    assert (it.state, it.failure) == (State.FAILED, "SASL authentication failed: unsupported SASL mechanism 'GSSAPI'")


def test_plain_says_what_is_wrong() -> None:
    answer = after_handshake().it.authenticate(WRONG, 2)
    assert answer.error_code == errors.SASL_AUTHENTICATION_FAILED
    assert answer.error_message == "Authentication failed: Invalid username or password"


def test_scram_tells_a_stranger_nothing_and_the_log_the_reason() -> None:
    it = Scene().it
    it.handshake("SCRAM-SHA-256", 1)
    answer = it.authenticate(b"n,,n=eve,r=x", 2)
    assert answer.error_code == errors.SASL_AUTHENTICATION_FAILED
    assert answer.error_message == (
        "Authentication failed during authentication due to invalid credentials with SASL mechanism SCRAM-SHA-256"
    )
    assert it.failure is not None and "no credential" in it.failure


def test_what_is_asked_for_too_early_is_named() -> None:
    with pytest.raises(ProtocolViolation, match=r"Produce came before SASL authentication.*security\.protocol"):
        Scene().it.check_request(PRODUCE)


# ---- sessions that end ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("version", "told_ms"), [(0, 0), (1, 10_000), (2, 10_000)])
def test_the_lifetime_of_the_session_is_told_where_there_is_a_field(version: int, told_ms: int) -> None:
    scene = Scene(session_ms=10_000)
    scene.it.handshake("PLAIN", 1)
    assert scene.it.authenticate(ALICE, version).session_lifetime_ms == told_ms
    assert scene.it.session_end_ms == scene.clock.monotonic_ms() + 10_000


def test_a_session_ends_and_begins_anew() -> None:
    scene = Scene(session_ms=10_000)
    scene.log_in()
    scene.clock.advance(10_000)
    assert not scene.it.has_expired()
    scene.clock.advance(1)
    assert scene.it.has_expired()
    assert scene.it.begin_again()
    scene.log_in()
    assert not scene.it.has_expired()
    assert scene.it.session_end_ms == scene.clock.monotonic_ms() + 10_000


def test_sessions_without_an_end_do_not_begin_again() -> None:
    scene = Scene()
    scene.log_in()
    assert not scene.it.begin_again()
    assert not scene.it.has_expired()
    assert scene.it.is_complete


def test_nobody_begins_again_twice_in_a_second() -> None:
    scene = again()
    scene.log_in()
    scene.clock.advance(999)
    assert not scene.it.begin_again()
    scene.clock.advance(1)
    assert scene.it.begin_again()


def test_nobody_becomes_somebody_else() -> None:
    it = again().it
    it.handshake("PLAIN", 1)
    answer = it.authenticate(BOB, 2)
    assert answer.error_code == errors.SASL_AUTHENTICATION_FAILED
    assert answer.error_message == "Cannot change principals during re-authentication from User.alice: User.bob"
    assert (it.state, it.principal) == (State.FAILED, "User:alice")


def test_another_mechanism_in_re_authentication_fails_with_the_next_frame() -> None:
    it = again().it
    assert it.handshake("SCRAM-SHA-256", 1).error_code == 0
    with pytest.raises(ProtocolViolation, match="another SASL mechanism"):
        it.check_request(SASL_AUTHENTICATE)


def test_a_failed_re_authentication_says_so() -> None:
    it = again().it
    it.handshake("PLAIN", 1)
    it.authenticate(WRONG, 2)
    assert it.failure is not None and it.failure.startswith("SASL re-authentication failed")
