"""Request and response headers against the generated header messages, and damaged ones."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kafkalite.protocol import api_keys, headers, registry
from kafkalite.protocol.api_error import ProtocolViolation
from kafkalite.protocol.messages.request_header import RequestHeader
from kafkalite.protocol.messages.response_header import ResponseHeader

QUICK = settings(max_examples=40, deadline=None, database=None, derandomize=True)
FLEXIBLE_PRODUCE, RIGID_PRODUCE = 9, 8


@QUICK
@given(
    st.sampled_from([RIGID_PRODUCE, FLEXIBLE_PRODUCE]),
    st.integers(-(1 << 31), (1 << 31) - 1),
    st.none() | st.text(max_size=20),
    st.none() | st.dictionaries(st.integers(0, 500), st.binary(max_size=5), min_size=1, max_size=3),
)
def test_request_headers_are_read_as_the_schema_says(
    version: int, correlation_id: int, client_id: str | None, tags: dict[int, bytes] | None
) -> None:
    header_version = registry.request_header_version(api_keys.PRODUCE, version)
    header = RequestHeader(
        request_api_key=api_keys.PRODUCE,
        request_api_version=version,
        correlation_id=correlation_id,
        client_id=client_id,
        unknown_tagged_fields=tags if header_version == 2 else None,
    )
    out = bytearray(b"??")
    header.write(out, header_version)
    end = len(out)
    out += b"body"
    expected = (api_keys.PRODUCE, version, correlation_id, client_id, end)
    for buffer in (out, bytes(out), memoryview(out)):
        assert headers.read_request_header(buffer, 2) == expected
    for length in range(2, end):
        with pytest.raises(ProtocolViolation):
            headers.read_request_header(memoryview(out)[:length], 2)


@pytest.mark.parametrize("client_id", [None, "", "client-é"])
@pytest.mark.parametrize("version", [RIGID_PRODUCE, FLEXIBLE_PRODUCE])
def test_request_headers_are_written_as_they_are_read(client_id: str | None, version: int) -> None:
    out = bytearray()
    headers.write_request_header(out, api_keys.PRODUCE, version, 7, client_id)
    assert headers.read_request_header(out, 0) == (api_keys.PRODUCE, version, 7, client_id, len(out))


def test_an_unknown_api_is_read_as_not_flexible() -> None:
    out = bytearray()
    headers.write_request_header(out, 9999, 3, 7, "c")
    assert headers.read_request_header(out, 0) == (9999, 3, 7, "c", len(out))


def test_a_client_id_that_is_not_utf_8_is_read_as_java_reads_it() -> None:
    assert headers.read_request_header(b"\0\0\0\0\0\0\0\0\0\1\xff", 0)[3] == "\ufffd"


@pytest.mark.parametrize("header_version", [0, 1])
def test_response_headers(header_version: int) -> None:
    expected = bytearray()
    ResponseHeader(correlation_id=-5).write(expected, header_version)
    out = bytearray()
    headers.write_response_header(out, -5, header_version)
    assert out == expected
    assert headers.read_response_header(out, 0, header_version) == (-5, len(out))
    for length in range(len(out)):
        with pytest.raises(ProtocolViolation):
            headers.read_response_header(out[:length], 0, header_version)
