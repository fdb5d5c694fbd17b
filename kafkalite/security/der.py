"""The part of DER (X.690) that is needed to inspect a certificate: its elements, its fields, its times.

Source: RFC 5280, section 4.1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_VERSION_TAG = 0xA0
_UTC_TIME_TAG = 23
_VALIDITY = 3  # the fields before it: serial number, algorithm, issuer


class Element(NamedTuple):
    """One DER element: its tag, its content, and all its bytes."""

    tag: int
    content: bytes
    whole: bytes


def read_elements(data: bytes) -> Iterator[Element]:
    """Yield consecutive elements.

    Raises:
        IndexError, ValueError: the elements are cut off.
    """
    position = 0
    while position < len(data):
        start = position
        tag, length = data[position], data[position + 1]
        position += 2
        if length & 0x80:
            count = length & 0x7F
            length = int.from_bytes(data[position : position + count], "big")
            position += count
        end = position + length
        if end > len(data):
            raise ValueError("an element is cut off")
        yield Element(tag, data[position:end], data[start:end])
        position = end


def read_certificate_fields(certificate: bytes) -> list[Element]:
    """Return the fields of a certificate from its serial number on.

    Raises:
        ValueError: the bytes are not a certificate.
    """
    try:
        [outer] = read_elements(certificate)
        fields = list(read_elements(next(read_elements(outer.content)).content))
        if fields[0].tag == _VERSION_TAG:
            del fields[0]
    except (IndexError, StopIteration) as error:
        raise ValueError("no certificate") from error
    if len(fields) <= _VALIDITY + 1:
        raise ValueError("no certificate")
    return fields


def read_validity(certificate: bytes) -> tuple[str, str]:
    """Return start and end of a certificate's validity, as "20260131120000" in UTC.

    These texts sort in the order of their times.

    Raises:
        ValueError: the bytes are not a certificate.
    """
    [start, end] = read_elements(read_certificate_fields(certificate)[_VALIDITY].content)
    return _read_time(start), _read_time(end)


def _read_time(time: Element) -> str:
    text = time.content.decode("ascii").removesuffix("Z")
    if time.tag == _UTC_TIME_TAG:  # two digits for the year: 1950 to 2049
        text = f"{'20' if text < '50' else '19'}{text}"
    return text
