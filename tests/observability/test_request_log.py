"""One line for each request, or everything that is in it."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from kafkalite.observability.request_log import RequestLog
from kafkalite.protocol import errors
from kafkalite.protocol.messages.api_versions_request import ApiVersionsRequest
from kafkalite.protocol.messages.find_coordinator_request import FindCoordinatorRequest
from kafkalite.protocol.messages.sasl_authenticate_request import SaslAuthenticateRequest
from tests.broker.played_broker import PlayedBroker, Waiting
from tests.embedded_server import produce_request


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Iterator[list[str]]:
    """The lines of the request log, filled as they are written."""
    caplog.set_level(logging.INFO, "kafkalite.requests")
    written: list[str] = []

    class Keeper(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            written.append(record.getMessage())

    logger = logging.getLogger("kafkalite.requests")
    keeper = Keeper()
    logger.addHandler(keeper)
    yield written
    logger.removeHandler(keeper)


def watched(*, is_decoded: bool = False) -> PlayedBroker:
    broker = PlayedBroker()
    broker.router.observer = RequestLog(is_decoded=is_decoded)
    return broker


def test_a_line_says_who_asked_what_in_which_version(lines: list[str]) -> None:
    broker = watched()
    broker.ask(ApiVersionsRequest(), 0)
    broker.ask(ApiVersionsRequest(), 0, client_id=None)
    assert lines == [
        "127.0.0.1:50000 test ApiVersions v0 #7",
        "127.0.0.1:50000 - ApiVersions v0 #7",
    ]


def test_a_client_id_can_neither_forge_a_line_nor_fill_the_log(lines: list[str]) -> None:
    broker = watched()
    broker.ask(ApiVersionsRequest(), 0, client_id="a\n2026 ERROR forged\x1b[1m" + "x" * 30_000)
    [line] = lines
    assert line.startswith(r"127.0.0.1:50000 a\n2026 ERROR forged\x1b[1mxxx") and line.endswith(" ApiVersions v0 #7")
    assert line.isprintable() and len(line) < 250


def test_a_failure_of_the_whole_request_is_named(lines: list[str]) -> None:
    broker = watched()
    response = broker.ask(FindCoordinatorRequest(key="g", key_type=9), 3)
    assert lines == [f"127.0.0.1:50000 test FindCoordinator v3 #7 {errors.NAMES[response.error_code]}"]


def test_a_request_without_answer_has_its_line_too(lines: list[str]) -> None:
    broker = watched()
    broker.create_topic()
    lines.clear()
    assert broker.ask(produce_request(b"a", acks=0), 9) is None
    assert lines == ["127.0.0.1:50000 test Produce v9 #7"]


def test_a_late_answer_has_its_line_when_it_comes(lines: list[str]) -> None:
    broker = watched()
    broker.create_topic()
    lines.clear()
    waiting = broker.fetch(max_wait_ms=500)
    assert isinstance(waiting, Waiting) and lines == []
    broker.produce(b"a")
    assert lines == ["127.0.0.1:50000 test Produce v9 #7", "127.0.0.1:50000 test Fetch v12 #7"]


def test_decoded_is_everything_but_the_records_themselves(lines: list[str]) -> None:
    broker = watched(is_decoded=True)
    broker.create_topic()
    lines.clear()
    broker.produce(b"x" * 100_000)
    request, response = lines
    assert request.startswith("127.0.0.1:50000 test Produce v9 #7 > ProduceRequest(")
    assert response.startswith("127.0.0.1:50000 test Produce v9 #7 < ProduceResponse(")
    assert "name='orders'" in request and "base_offset=0" in response and len(request) < 1000


def test_passwords_are_not_written_out(lines: list[str]) -> None:
    broker = watched(is_decoded=True)
    broker.ask(SaslAuthenticateRequest(auth_bytes=b"\0alice\0hunter2"), 2)
    assert [line.partition("#7 ")[2] for line in lines] == [
        "> SaslAuthenticateRequest(hidden)",
        "< SaslAuthenticateResponse(hidden)",
    ]
