"""Kafka's UUIDs as 16 bytes, and their text form: base64 with the URL-safe alphabet and without padding.

Source: Kafka's Uuid class; KIP-516.
"""

from __future__ import annotations

from binascii import Error as Base64Error
from binascii import a2b_base64, b2a_base64

#: No id: what an absent topic id or directory id reads as.
ZERO_UUID = b"\0" * 16

#: Never handed out as an id.
ONE_UUID = b"\0" * 15 + b"\x01"

#: The topic id of `__cluster_metadata`.
METADATA_TOPIC_ID = ONE_UUID

#: Ids that a new topic or directory must not get.
RESERVED_UUIDS = frozenset((ZERO_UUID, ONE_UUID))

_TO_URL_SAFE = bytes.maketrans(b"+/", b"-_")
_FROM_URL_SAFE = bytes.maketrans(b"-_", b"+/")
_MAX_TEXT_LENGTH = 24


def uuid_to_text(uuid: bytes) -> str:
    """Return the 22 characters that Kafka prints for a UUID of 16 bytes."""
    return b2a_base64(uuid, newline=False).translate(_TO_URL_SAFE).rstrip(b"=").decode()


def uuid_from_text(text: str) -> bytes:
    """Return the 16 bytes of a UUID as Kafka prints it.

    Raises:
        ValueError: the text is not a UUID.
    """
    if len(text) > _MAX_TEXT_LENGTH:
        raise ValueError(f"a UUID has at most {_MAX_TEXT_LENGTH} characters, not {len(text)}")
    try:
        encoded = text.rstrip("=").encode("ascii").translate(_FROM_URL_SAFE)
        uuid = a2b_base64(encoded + b"=" * (-len(encoded) % 4), strict_mode=True)
    except (Base64Error, UnicodeEncodeError) as error:
        raise ValueError(f"not a base64 UUID: {text!r}") from error
    if len(uuid) != 16:
        raise ValueError(f"a UUID has 16 bytes, not {len(uuid)}")
    return uuid
