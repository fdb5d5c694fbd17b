"""The command line."""

from __future__ import annotations

import pytest

from scripts.attack.__main__ import parse
from scripts.attack.target import Target


def test_only_brokers_of_this_machine(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parse(["--bootstrap-server", "192.0.2.1:9092"])
    assert ended.value.code == 2
    assert "only this machine's brokers are attacked" in capsys.readouterr().err


def test_a_broker_on_loopback() -> None:
    options = parse(["--bootstrap-server", "127.0.0.1:9092", "--pid", "7", "--case", "Metadata"])
    assert options.bootstrap_server == Target("127.0.0.1:9092", "127.0.0.1", 9092, 7)
    assert (options.tls, options.sasl, options.words) == (None, None, ["Metadata"])
