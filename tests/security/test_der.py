"""Looking into a certificate."""

from __future__ import annotations

import datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from kafkalite.security.der import read_certificate_fields, read_elements, read_validity
from tests.certificates import server

DER = server().certificate.public_bytes(serialization.Encoding.DER)


def certificate(start: datetime.datetime, end: datetime.datetime) -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "x")])
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1, start, end)
    return builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


@pytest.mark.parametrize(
    ("start", "end"),
    [("20260131120000", "20491231235959"), ("19990101000000", "20500101000000"), ("20510607080910", "99991231235959")],
)
def test_validity_in_both_kinds_of_times(start: str, end: str) -> None:
    times = [datetime.datetime.strptime(text, "%Y%m%d%H%M%S") for text in (start, end)]  # noqa: DTZ007 -- UTC as it is
    assert read_validity(certificate(*times)) == (start, end)


def test_elements_that_are_cut_off() -> None:
    assert [(one.tag, one.content) for one in read_elements(b"\x02\x01\x05\x04\x02ab")] == [(2, b"\x05"), (4, b"ab")]
    with pytest.raises((ValueError, IndexError)):
        list(read_elements(b"\x02\x05\x01"))


@pytest.mark.parametrize("cut", [0, 1, 2, 10, 100, -1])
def test_what_is_no_certificate(cut: int) -> None:
    with pytest.raises(ValueError):
        read_certificate_fields(DER[:cut])
