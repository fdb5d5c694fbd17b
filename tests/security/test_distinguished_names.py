"""Names of certificates: as Java prints them."""

from __future__ import annotations

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.x509.name import _ASN1Type
from cryptography.x509.oid import NameOID
from hypothesis import given, settings
from hypothesis import strategies as st

from kafkalite.security.distinguished_names import name_text, subject_of
from tests.certificates import authority, client, make


def text_of(*attributes: x509.NameAttribute) -> str:
    """Return what is made of a certificate with these attributes."""
    made = make(x509.Name(attributes), authority())
    return subject_of(made.certificate.public_bytes(serialization.Encoding.DER))


def attribute(oid: x509.ObjectIdentifier, value: str) -> x509.NameAttribute:
    return x509.NameAttribute(oid, value)


def test_the_order_is_reversed_and_words_stand_for_the_types() -> None:
    der = client().certificate.public_bytes(serialization.Encoding.DER)
    assert subject_of(der) == "CN=client,OU=payments,O=Example\\, Inc.,C=DE"
    assert subject_of(authority().certificate.public_bytes(serialization.Encoding.DER)) == "CN=Test authority"


def test_all_types_that_have_a_word() -> None:
    assert (
        text_of(
            attribute(NameOID.DOMAIN_COMPONENT, "org"),
            attribute(NameOID.USER_ID, "u1"),
            attribute(NameOID.STREET_ADDRESS, "Way 1"),
            attribute(NameOID.STATE_OR_PROVINCE_NAME, "CA"),
            attribute(NameOID.LOCALITY_NAME, "SF"),
        )
        == "L=SF,ST=CA,STREET=Way 1,UID=u1,DC=org"
    )


def test_types_without_a_word_are_numbers_and_bytes() -> None:
    text = text_of(attribute(NameOID.COMMON_NAME, "a"), attribute(NameOID.EMAIL_ADDRESS, "a@b.c"))
    assert text == "1.2.840.113549.1.9.1=#16056140622e63,CN=a"


def test_several_attributes_in_one_place() -> None:
    both = x509.RelativeDistinguishedName([attribute(NameOID.COMMON_NAME, "a"), attribute(NameOID.USER_ID, "b")])
    made = make(x509.Name([both]), authority())
    text = subject_of(made.certificate.public_bytes(serialization.Encoding.DER))
    assert sorted(text.split("+")) == ["CN=a", "UID=b"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ('a,b+c"d\\e<f>g;h=i', 'a\\,b\\+c\\"d\\\\e\\<f\\>g\\;h\\=i'),
        ("#a#", "\\#a\\#"),
        (" a b ", "\\ a b\\ "),
        ("Zoë", "Zoë"),
    ],
)
def test_characters_with_a_meaning_are_escaped(value: str, text: str) -> None:
    assert text_of(attribute(NameOID.COMMON_NAME, value)) == f"CN={text}"


def test_every_kind_of_string() -> None:
    for kind in (_ASN1Type.UTF8String, _ASN1Type.PrintableString, _ASN1Type.BMPString, _ASN1Type.T61String):
        assert text_of(x509.NameAttribute(NameOID.COMMON_NAME, "abc", kind)) == "CN=abc"


@given(st.binary(max_size=60))
@settings(max_examples=100)
def test_anything_else_is_refused_and_nothing_else_happens(data: bytes) -> None:
    for read in (subject_of, name_text):
        try:
            read(data)
        except (ValueError, IndexError):
            pass


def test_a_certificate_that_is_cut_off() -> None:
    der = client().certificate.public_bytes(serialization.Encoding.DER)
    for size in range(0, 120, 7):
        with pytest.raises(ValueError):
            subject_of(der[:size])
