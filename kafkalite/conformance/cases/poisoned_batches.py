"""Batches with a right CRC whose inside is not what their header says: taken, they would stop every consumer."""

from __future__ import annotations

from kafkalite.conformance.cases.produce import GZIP, LZ4, SNAPPY, ZSTD
from kafkalite.conformance.cases.steps import fetch, produce
from kafkalite.conformance.conversation import Batch, Conversation, Step, Topic
from kafkalite.records.builder import encode_record
from kafkalite.records.varints import encode_varint

EDGE_VERSIONS = (3, 8, 13)
GOOD = encode_record(0, 0, b"k", b"v", ())
NINE = b"".join(encode_record(0, index, b"k", b"v", ()) for index in range(9))
THREE = GOOD * 3
CODECS = {"plain": 0, "gzip": GZIP, "snappy": SNAPPY, "lz4": LZ4, "zstd": ZSTD}


def _record(*fields: bytes) -> bytes:
    """Return a record of these fields after its attributes, with a true length."""
    body = b"\0" + b"".join(fields)
    return encode_varint(len(body)) + body


def _text(size: int, text: bytes) -> bytes:
    return encode_varint(size) + text


HEAD = b"\0\0"
"""Both deltas."""
KEY_AND_VALUE = _text(1, b"k") + _text(1, b"v")
ONE_HEADER, NULL = encode_varint(1), encode_varint(-1)

REFUSED: dict[str, tuple[int, bytes]] = {
    "no records": (9, b""),
    "zeros": (9, bytes(60)),
    "one record of nine": (9, GOOD),
    "nine records of one": (1, NINE),
    "a byte after the last record": (1, GOOD + b"\0"),
    "a key beyond its record": (1, _record(HEAD, _text(100, b"k"), _text(1, b"v"), b"\0")),
    "a value beyond its record": (1, _record(HEAD, _text(1, b"k"), _text(100, b"v"), b"\0")),
    "a key that is the next record": (2, _record(HEAD, _text(12, b"k"), _text(1, b"v"), b"\0") + GOOD),
    "a negative number of headers": (1, _record(HEAD, KEY_AND_VALUE, encode_varint(-1))),
    "headers that are not there": (1, _record(HEAD, KEY_AND_VALUE, encode_varint(5))),
    "a header without a key": (1, _record(HEAD, KEY_AND_VALUE, ONE_HEADER, NULL, NULL)),
    "an offset delta of six bytes": (1, _record(b"\0", b"\x80" * 5 + b"\0", KEY_AND_VALUE, b"\0")),
    "a timestamp delta of eleven bytes": (1, _record(b"\x80" * 10 + b"\0", b"\0", KEY_AND_VALUE, b"\0")),
}
"""Description -> (record count of the header, bytes); refused plain and compressed."""

REFUSED_PLAIN: dict[str, tuple[int, bytes]] = {
    "a length that is too large": (1, encode_varint(9) + GOOD[1:]),
    "a length that is too small": (1, encode_varint(7) + GOOD[1:]),
    "a negative length": (1, encode_varint(-8) + GOOD[1:]),
    "a length of two gigabytes": (1, encode_varint((1 << 31) - 1) + GOOD[1:]),
}
"""Kafka does not look at the length of compressed records."""

STORED: dict[str, tuple[int, bytes]] = {
    "a length of five bytes": (1, b"\x90\x80\x80\x80\0" + GOOD[1:]),
    "key and value sizes below -1": (1, _record(HEAD, encode_varint(-2), encode_varint(-7), b"\0")),
    "a header with an empty key": (1, _record(HEAD, KEY_AND_VALUE, ONE_HEADER, b"\0", NULL)),
    "attributes": (1, GOOD[:1] + b"\xff" + GOOD[2:]),
}


def _send(name: str, count: int, inside: bytes, codec: int) -> Step:
    return produce(Batch(records=["a"] * count, inside=inside, codec=codec), name=name)


CONVERSATIONS = (
    *(
        Conversation(
            name=f"insides that are refused: {codec_name}",
            api="Produce",
            versions=EDGE_VERSIONS,
            topics={"orders": Topic()},
            steps=(
                *(_send(name, count, inside, codec) for name, (count, inside) in REFUSED.items()),
                *(
                    _send(name, count, inside, codec)
                    for name, (count, inside) in (REFUSED_PLAIN.items() if codec == 0 else ())
                ),
                produce(name="the next one is stored"),
            ),
        )
        for codec_name, codec in CODECS.items()
    ),
    *(
        Conversation(
            name=f"insides that are odd and stored: {codec_name}",
            api="Produce",
            versions=(8, 13),
            topics={"orders": Topic()},
            steps=(
                *(_send(name, count, inside, codec) for name, (count, inside) in STORED.items()),
                produce(name="the next one is stored"),
                fetch(),
            ),
            masks={"Fetch.Responses.Partitions.Records.batchLength": "compressed by another library"},
        )
        for codec_name, codec in CODECS.items()
    ),
    Conversation(
        name="wrong offset deltas in a plain batch",
        api="Produce",
        versions=EDGE_VERSIONS,
        topics={"orders": Topic()},
        steps=(_send("three times zero", 3, THREE, 0), produce(name="the next one is stored")),
    ),
    Conversation(
        name="a poisoned batch in a compacted topic",
        api="Produce",
        versions=EDGE_VERSIONS,
        topics={"orders": Topic(configs={"cleanup.policy": "compact"})},
        steps=(
            _send("one record of nine", 9, GOOD, GZIP),
            _send("a record without a key", 2, GOOD + encode_record(0, 1, None, b"v", ()), GZIP),
            produce(Batch(records=[("k", "v")]), name="the next one is stored"),
        ),
    ),
)
