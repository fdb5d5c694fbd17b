"""What was acknowledged is read back, with a broker of ours."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kafkalite.records.builder import build_batch
from scripts.devtools.attack import ledger as ledger_module
from scripts.devtools.attack import loads
from scripts.devtools.attack.ledger import Ledger, Unreadable, read_partition, read_records
from scripts.devtools.attack.target import Target
from scripts.devtools.attack.topics import produce
from scripts.devtools.benchmark.wire import create_topic
from tests.running_server import running_server


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    """Run a broker."""
    with running_server(tmp_path_factory.mktemp("broker")) as (_, port):
        yield Target("kafkalite", "127.0.0.1", port)


def write(target: Target, topic: str, *values: bytes) -> None:
    """Make a topic and append a batch for each value."""
    create_topic(target.host, target.port, topic)
    with target.connect() as connection:
        for value in values:
            assert produce(connection, topic, bytes(build_batch([(None, value)], now_ms=1))) == 0


def test_what_is_there_is_not_lost(target: Target, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger_module, "FETCH_BYTES", 200)  # several Fetches
    ledger = Ledger(target, "kept")
    values = [ledger.next_value() for _ in range(20)]
    assert len(set(values)) == 20
    write(target, "kept", *values)
    assert all(ledger.acknowledge(offset, value) for offset, value in enumerate(values))
    assert ledger.lost() == []
    assert ledger.loss_in_words() == ""


def test_what_is_missing_or_different_is_lost(target: Target) -> None:
    ledger = Ledger(target, "lossy")
    write(target, "lossy", b"first", b"other", b"third")
    for offset, value in enumerate((b"first", b"second", b"third", b"fourth")):
        ledger.acknowledge(offset, value)
    assert ledger.lost() == [1, 3]
    assert ledger.loss_in_words() == "2 of 4 acknowledged records are lost: offset 1, 3"


def test_an_offset_belongs_to_one_record() -> None:
    ledger = Ledger(Target("x", "127.0.0.1", 1), "t")
    assert ledger.acknowledge(5, b"one")
    assert not ledger.acknowledge(5, b"other")


def test_a_topic_that_is_gone_cannot_be_read(target: Target) -> None:
    with pytest.raises(Unreadable, match="offset 0 answers error 3"):
        list(read_partition(target, "nosuch"))


def test_a_damaged_batch_cannot_be_read() -> None:
    batch = bytearray(loads.plain_batch(2, 10))
    assert [offset for offset, _ in read_records(batch, 1)] == [1]
    batch[-1] ^= 1
    with pytest.raises(Unreadable, match="what follows offset 7 is damaged"):
        list(read_records(batch, 7))


def test_records_under_a_right_crc_are_read_too() -> None:
    batch = bytearray(loads.plain_batch(2, 10))
    batch[61] = 0x7F
    batch = bytearray(loads.with_crc(batch))
    with pytest.raises(Unreadable):
        list(read_records(batch, 0))
