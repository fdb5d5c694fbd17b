"""What a server would do here: properties, ports, advertised addresses."""

from __future__ import annotations

import errno
import os
import pathlib
import socket

import pytest

from kafkalite.cli.diagnosis.finding import Finding
from kafkalite.cli.diagnosis.server import check_advertised, check_port, check_server, explain_bind_failure
from kafkalite.settings import Listener, merge_settings
from tests.certificates import write_files
from tests.threaded_server import addresses, secured, threaded_server


def findings(**properties: str) -> list[Finding]:
    flags = {name.replace("_", "."): value for name, value in properties.items()}
    return check_server(merge_settings(environ={}, flags=flags))


def plaintext(host: str, port: int) -> Listener:
    return Listener("PLAINTEXT", host, port, "PLAINTEXT")


def test_everything_in_order() -> None:
    settings, port = findings(listeners="PLAINTEXT://127.0.0.1:0")
    assert (settings.level, settings.text) == ("ok", "1 property is set here; the rest are defaults of profile dev")
    assert (port.level, port.text) == ("ok", "PLAINTEXT://127.0.0.1:0: any free port will be taken")


def test_unknown_properties() -> None:
    found = findings(listeners="PLAINTEXT://127.0.0.1:0", log_segmnt_bytes="1")[0]
    assert (found.level, found.text) == ("warning", "Kafka 4.4 has no property named log.segmnt.bytes; it is ignored")


def test_listeners_that_cannot_be_read() -> None:
    found = findings(listeners="PLAINTEXT//127.0.0.1:0")[-1]
    assert found.level == "problem"
    assert "is not NAME://host:port" in found.text


def test_a_feature_that_a_start_refuses() -> None:
    found = findings(listeners="PLAINTEXT://127.0.0.1:0", authorizer_class_name="x.Y")[0]
    assert (found.level, found.advice) == ("problem", "remove the property")


def test_listeners_with_everything_that_their_security_needs(tmp_path: pathlib.Path) -> None:
    found = check_server(merge_settings(environ={}, flags=secured(write_files(tmp_path))))
    assert [(one.level, one.text) for one in found if one.check == "security"] == [
        ("ok", "TLS://127.0.0.1:0 speaks SSL"),
        ("ok", "MUTUAL://127.0.0.1:0 speaks SSL"),
        ("ok", "LOGIN://127.0.0.1:0 speaks SASL_PLAINTEXT with PLAIN, SCRAM-SHA-256"),
        ("ok", "BOTH://127.0.0.1:0 speaks SASL_SSL with PLAIN, SCRAM-SHA-256"),
    ]


@pytest.mark.parametrize(
    ("protocol", "words"),
    [("SSL", "ssl.keystore"), ("SASL_PLAINTEXT", "sasl.enabled.mechanisms"), ("SASL_SSL", "sasl")],
)
def test_listeners_without_what_their_security_needs(protocol: str, words: str) -> None:
    found = findings(listeners=f"{protocol}://127.0.0.1:0")[-1]
    assert (found.level, found.check) == ("problem", "security")
    assert found.text.startswith(f"{protocol}://127.0.0.1:0 ({protocol}): ")
    assert words in found.text


def test_a_free_port() -> None:
    with socket.socket() as freed:
        freed.bind(("127.0.0.1", 0))
        port = freed.getsockname()[1]
    found = check_port(plaintext("127.0.0.1", port))
    assert (found.level, found.text) == ("ok", f"PLAINTEXT://127.0.0.1:{port} is free")


def test_a_port_of_another_program() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        listener = plaintext("127.0.0.1", taken.getsockname()[1])
        taken.close()  # the owner is made up below: what listens must not hang the probe
        fault = OSError(errno.EADDRINUSE, os.strerror(errno.EADDRINUSE))
        found = explain_bind_failure(listener, fault, lambda port: "pid 7 (nginx)")
    assert (found.level, found.text) == ("problem", f"{listener} is in use by pid 7 (nginx)")


def test_a_port_where_a_broker_answers() -> None:
    with threaded_server() as server:
        [address] = addresses(server).values()
        found = check_port(plaintext(*address))
    assert found.level == "note"
    assert f"in use: a Kafka broker answers there, pid {os.getpid()} " in found.text


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (OSError(errno.EADDRNOTAVAIL, "x"), "is no address of this machine"),
        (OSError(errno.EACCES, "x"), "this user may not bind the port"),
        (socket.gaierror(socket.EAI_NONAME, "x"), "cannot be resolved here"),
        (OSError(errno.ENOBUFS, "no buffers"), "cannot be bound: no buffers"),
    ],
)
def test_addresses_that_cannot_be_bound(fault: OSError, words: str) -> None:
    found = explain_bind_failure(plaintext("example.invalid", 9), fault, lambda port: None)
    assert found.level == "problem"
    assert words in found.text


def test_an_address_of_another_machine() -> None:
    found = check_port(plaintext("192.0.2.1", 9092))
    assert (found.level, found.text) == (
        "problem",
        "PLAINTEXT://192.0.2.1:9092: 192.0.2.1 is no address of this machine",
    )


@pytest.mark.parametrize(
    ("listening", "advertised", "level", "words"),
    [
        ("127.0.0.1", "127.0.0.1", "ok", "resolves to 127.0.0.1"),
        ("0.0.0.0", "127.0.0.1", "warning", "every client takes for its own machine"),
        ("127.0.0.1", "192.0.2.1", "warning", "can be reached from this machine only"),
        ("0.0.0.0", "192.0.2.1", "ok", "resolves to 192.0.2.1"),
        ("0.0.0.0", "kafka.invalid", "problem", "cannot resolve kafka.invalid"),
    ],
)
def test_advertised_addresses(listening: str, advertised: str, level: str, words: str) -> None:
    [found] = check_advertised(plaintext(advertised, 9092), [plaintext(listening, 9092)])
    assert (found.level, words in found.text) == (level, True)
