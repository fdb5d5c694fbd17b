"""Every message in every version against the bytes that Apache Kafka 4.3.1 or 3.9.2 wrote for the same values."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from tests.protocol.message_samples import ALL, VARIANTS, Message, encode, sample, versions_of

FRAMES = json.loads(Path(__file__).with_name("kafka_frames.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("message", ALL, ids=lambda message: message.name)
def test_bytes_are_those_that_kafka_writes(message: Message) -> None:
    digests = FRAMES[message.name]
    assert sorted(map(int, digests)) == list(versions_of(message))
    for version in versions_of(message):
        for variant in VARIANTS:
            frame = encode(sample(message, version, variant), version)
            digest = f"{len(frame)}:{hashlib.sha256(frame).hexdigest()[:12]}"
            assert digest == digests[str(version)][variant], f"version {version}, {variant}: {frame.hex()}"


def test_no_frame_is_left_over() -> None:
    assert set(FRAMES) == {message.name for message in ALL}
