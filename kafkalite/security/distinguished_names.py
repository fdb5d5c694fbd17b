"""The subject of an X.509 certificate in Java's form, Kafka's name of a TLS client.

``CN=client,OU=payments,O=Example\\, Inc.,C=DE``: the last relative name first, attribute types without a keyword in
RFC 2253 as numbers with the value in hexadecimal (``1.2.840.113549.1.9.1=#1612...`` for an e-mail address).

Source: javax.security.auth.x500.X500Principal.getName (RFC2253), DefaultKafkaPrincipalBuilder; RFC 2253, RFC 5280.
"""

from __future__ import annotations

from kafkalite.security.der import read_certificate_fields, read_elements

KEYWORDS = {
    "2.5.4.3": "CN",
    "2.5.4.6": "C",
    "2.5.4.7": "L",
    "2.5.4.8": "ST",
    "2.5.4.10": "O",
    "2.5.4.11": "OU",
    "2.5.4.9": "STREET",
    "0.9.2342.19200300.100.1.25": "DC",
    "0.9.2342.19200300.100.1.1": "UID",
}
"""Attribute types with a keyword, by number."""

_SUBJECT = 4  # the fields before it: serial number, algorithm, issuer, validity
_STRING_ENCODINGS = {
    12: "utf-8",
    18: "ascii",
    19: "ascii",
    20: "latin-1",
    22: "ascii",
    28: "utf-32-be",
    30: "utf-16-be",
}
"""DER tags of strings -> the encoding of their text."""

_TO_ESCAPE = ',+"\\<>;=#'


def subject_of(certificate: bytes) -> str:
    """Return the subject of a certificate in DER form.

    Raises:
        ValueError: the bytes are not a certificate.
    """
    return name_text(read_certificate_fields(certificate)[_SUBJECT].content)


def name_text(name: bytes) -> str:
    """Return the content of a DER name as text; "" if it has no parts."""
    relative_names = [
        "+".join(_attribute_text(attribute.content) for attribute in read_elements(relative.content))
        for relative in read_elements(name)
    ]
    return ",".join(reversed(relative_names))


def _attribute_text(attribute: bytes) -> str:
    number, value = read_elements(attribute)
    dotted = _object_identifier(number.content)
    encoding = _STRING_ENCODINGS.get(value.tag)
    keyword = KEYWORDS.get(dotted)
    if keyword is None or encoding is None:
        return f"{keyword or dotted}=#{value.whole.hex()}"
    return f"{keyword}={_escape(value.content.decode(encoding))}"


def _escape(text: str) -> str:
    inner = text.strip(" ")
    if not inner:
        return "\\ " * len(text)
    before = len(text) - len(text.lstrip(" "))
    after = len(text) - len(text.rstrip(" "))
    escaped = "".join(f"\\{char}" if char in _TO_ESCAPE else char for char in inner)
    return "\\ " * before + escaped + "\\ " * after


def _object_identifier(data: bytes) -> str:
    numbers, value = [], 0
    for byte in data:
        value = value << 7 | byte & 0x7F
        if not byte & 0x80:
            numbers.append(value)
            value = 0
    first = min(numbers[0] // 40, 2)
    return ".".join(map(str, [first, numbers[0] - 40 * first, *numbers[1:]]))
