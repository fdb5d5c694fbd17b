"""Records that no reader could make sense of."""

from __future__ import annotations

from kafkalite.records.builder import encode_record

FAULTS = {
    "no records": (b"", 1),
    "too many counted": (encode_record(0, 0, b"k", b"v", ()), 2),
    "too few counted": (encode_record(0, 0, b"k", b"v", ()) * 2, 1),
    "negative length": (b"\x01\0\0\0\x01\x01\0", 1),
    "negative length of two bytes": (b"\x81\x01\0\0\0\x01\x01\0", 1),
    "negative length of five bytes": (b"\xff\xff\xff\xff\x0f\0\0\0\x01\x01\0", 1),
    "length beyond the end": (b"\x7e\0\0\0\x01\x01\0", 1),
    "length of two gigabytes": (b"\xfe\xff\xff\xff\x0f\0\0\0\x01\x01\0", 1),
    "length too short": (b"\x0a\0\0\0\x01\x01\0", 1),
    "length too long": (b"\x0e\0\0\0\x01\x01\0\0", 1),
    "key beyond the record": (b"\x0c\0\0\0\x7e\x01\0", 1),
    "value beyond the record": (b"\x0c\0\0\0\x01\x7e\0", 1),
    "value of the next record": (b"\x0c\0\0\0\x01\x0e\0" + encode_record(0, 1, None, None, ()), 2),
    "negative header count": (b"\x0c\0\0\0\x01\x01\x01", 1),
    "more headers than bytes": (b"\x0c\0\0\0\x01\x01\x7e", 1),
    "header without key": (b"\x10\0\0\0\x01\x01\x02\x01\x01", 1),
    "header beyond the record": (b"\x10\0\0\0\x01\x01\x02\x7e\x01", 1),
    "number too long": (b"\x18\0\0" + b"\xff" * 6 + b"\0\x01\x01\0", 1),
    "length too long to read": (b"\x8c\x80\x80\x80\x80\0\0\0\0\x01\x01\0", 1),
    "rubbish": (b"\xff" * 60, 9),
    "zeros": (bytes(60), 9),
}
"""What is wrong -> (bytes, record count)."""
