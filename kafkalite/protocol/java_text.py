"""Text as Java decodes it: bytes that are not UTF-8 become U+FFFD.

Kafka answers a request that names a topic or a group by such bytes; it finds none of that name, or calls it invalid.
The error handler is ``as-java``; text that is UTF-8 costs nothing more than without it.

Source: ByteBufferAccessor.readString; java.lang.String, which takes an encoded surrogate for one malformed character.
"""

from __future__ import annotations

from codecs import register_error

_REPLACEMENT = "\ufffd"


def replace_as_java(error: UnicodeError) -> tuple[str, int]:
    """Return the replacement of the malformed bytes that decoding met, and the position after them.

    Raises:
        UnicodeError: `error`, where it is none of decoding.
    """
    if not isinstance(error, UnicodeDecodeError):
        raise error
    data, start = error.object, error.start
    first, second, third = data[start : start + 3].ljust(3, b"\0")
    if first == 0xED and 0xA0 <= second <= 0xBF:  # a surrogate, or the first two bytes of one
        return _REPLACEMENT, start + (3 if 0x80 <= third <= 0xBF else 2)
    return _REPLACEMENT, error.end


register_error("as-java", replace_as_java)
