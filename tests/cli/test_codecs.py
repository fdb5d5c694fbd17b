"""kafka-python with kafkalite's codecs."""

from __future__ import annotations

import pytest

from kafkalite.cli.codecs import CODECS, decoder, encoder, lend_codecs


@pytest.mark.parametrize("codec", CODECS)
def test_kafka_python_has_every_codec(codec: str) -> None:
    from kafka import codec as kafka_codec
    from kafka.record import default_records

    lend_codecs()
    assert getattr(kafka_codec, f"has_{codec}")()
    data = b"some data " * 1000
    packed = encoder(CODECS[codec])(data)
    assert len(packed) < len(data) / 2
    assert getattr(default_records, f"{codec}_decode")(packed) == data
    assert decoder(CODECS[codec])(packed) == data
