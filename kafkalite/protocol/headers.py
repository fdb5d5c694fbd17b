"""Request and response headers, read and written by hand because every request passes here.

Source: Kafka's RequestHeader.json, ResponseHeader.json and ApiKeys; KIP-482.
"""

from __future__ import annotations

from struct import Struct
from struct import error as StructError
from typing import TYPE_CHECKING

from kafkalite.protocol.api_error import ProtocolViolation
from kafkalite.protocol.api_keys import FIRST_FLEXIBLE_VERSIONS
from kafkalite.protocol.primitives import read_tagged_fields, skip_tagged_fields, skip_tagged_fields_steps

if TYPE_CHECKING:
    from collections.abc import Generator

    from kafkalite.model.buffers import Buffer

_NEVER_FLEXIBLE = 32767

_unpack_header = Struct(">hhih").unpack_from
_pack_header = Struct(">hhih").pack
_pack_correlation_id = Struct(">i").pack
_pack_flexible_response = Struct(">ib").pack


def read_request_header(buffer: Buffer, position: int) -> tuple[int, int, int, str | None, int]:
    """Read the header of a request.

    Returns: API key, API version, correlation id, client id (None when null), and the position of the body. Neither
    the key nor the version is checked; an unknown key is read as not flexible. Tagged fields are skipped.

    Raises:
        ProtocolViolation: bytes are missing or malformed.
        ManyTaggedFields: see `skip_header_tags_steps`.
    """
    try:
        api_key, api_version, correlation_id, length = _unpack_header(buffer, position)
        position += 10
        client_id = None
        if length >= 0:
            end = position + length
            client_id = str(buffer[position:end], "utf-8", "as-java")
            position = end
        if api_version >= FIRST_FLEXIBLE_VERSIONS.get(api_key, _NEVER_FLEXIBLE):
            position = skip_tagged_fields(buffer, position) if buffer[position] else position + 1
    except (StructError, IndexError) as error:
        raise ProtocolViolation("the request header is truncated or malformed") from error
    if position > len(buffer):
        raise ProtocolViolation("the request header is truncated")
    return api_key, api_version, correlation_id, client_id, position


def skip_header_tags_steps(buffer: Buffer, position: int) -> Generator[None, None, int]:
    """Return the position of the body after more tagged fields than are skipped at once, and yield on the way.

    Args:
        position: the start of the tagged fields, from ManyTaggedFields.

    Raises:
        ProtocolViolation: the fields are malformed.
    """
    try:
        return (yield from skip_tagged_fields_steps(buffer, position))
    except IndexError as error:
        raise ProtocolViolation("the request header is truncated or malformed") from error


def write_request_header(
    out: bytearray, api_key: int, api_version: int, correlation_id: int, client_id: str | None
) -> None:
    """Append the header of a request in the header version that this API version asks for."""
    data = b"" if client_id is None else client_id.encode()
    length = -1 if client_id is None else len(data)
    out += _pack_header(api_key, api_version, correlation_id, length)
    out += data
    if api_version >= FIRST_FLEXIBLE_VERSIONS.get(api_key, _NEVER_FLEXIBLE):
        out.append(0)


def write_response_header(out: bytearray, correlation_id: int, header_version: int) -> None:
    """Append the header of a response; `header_version` is 0 or 1, see `registry.response_header_version`."""
    if header_version:
        out += _pack_flexible_response(correlation_id, 0)
    else:
        out += _pack_correlation_id(correlation_id)


def read_response_header(buffer: Buffer, position: int, header_version: int) -> tuple[int, int]:
    """Read the header of a response; return the correlation id and the body's position.

    Raises:
        ProtocolViolation: the header is malformed.
    """
    try:
        correlation_id = int.from_bytes(buffer[position : position + 4], "big", signed=True)
        position += 4
        if header_version:
            count = buffer[position]
            _, position = read_tagged_fields(buffer, position + 1, count)
    except IndexError as error:
        raise ProtocolViolation("the response header is truncated") from error
    if position > len(buffer):
        raise ProtocolViolation("the response header is truncated")
    return correlation_id, position
