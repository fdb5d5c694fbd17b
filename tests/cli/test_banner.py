"""What the server says when it is ready."""

from __future__ import annotations

import os
from types import SimpleNamespace
from typing import Any

from kafkalite.cli.banner import banner_text, endpoint_rows, shown_address, shown_path


def info(**changes: Any) -> Any:
    facts = {
        "version": "0.1.0",
        "speaks": "4.4",
        "api_count": 23,
        "endpoints": [("PLAINTEXT", "127.0.0.1", 9092, "PLAINTEXT")],
        "advertised": {},
        "data": os.path.join(os.getcwd(), "kafka-data"),
        "durability": "survives a killed process",
        "ready_ms": 183.6,
    }
    return SimpleNamespace(**(facts | changes))


def test_where_what_and_how_durable() -> None:
    lines = banner_text(info(), "dev").splitlines()
    assert lines[0] == "kafkalite 0.1.0 · speaks Kafka 4.4 (23 APIs) · ready in 184 ms"
    words = "Kafka 127.0.0.1:9092 PLAINTEXT, advertised: the address each client came in by"
    assert " ".join(lines[2].split()) == words
    assert lines[3].split() == ["Data", os.path.join(".", "kafka-data"), "survives", "a", "killed", "process"]
    assert lines[4].split()[:2] == ["Profile", "dev"]
    assert lines[6].endswith("echo hi | kafkalite produce hello      kafkalite consume hello")


def test_memory_and_other_ports_and_listeners() -> None:
    endpoints = [("PLAINTEXT", "", 41233, "PLAINTEXT"), ("INTERNAL", "::1", 9, "PLAINTEXT")]
    text = banner_text(info(data=None, durability="lost on exit", endpoints=endpoints), "ci")
    assert "lost on exit" in text
    assert "memory" in text
    assert "*:41233" in text
    assert "[::1]:9" in text
    assert "INTERNAL (PLAINTEXT)" in text
    assert "kafkalite consume hello -b 127.0.0.1:41233" in text


def test_each_listener_says_what_its_clients_are_told() -> None:
    endpoints = [(name, "::", 9092 + number, "PLAINTEXT") for number, name in enumerate(("A", "B", "C", "D"))]
    advertised = {"A": ("kafka.example.com", 19092), "B": ("kafka.example.com", 0), "C": ("", 19094)}
    rows = [words for _, _, words in endpoint_rows(info(endpoints=endpoints, advertised=advertised))]
    assert rows == [
        "A (PLAINTEXT), advertised: kafka.example.com:19092",
        "B (PLAINTEXT), advertised: kafka.example.com:9093",
        "C (PLAINTEXT), advertised: the host each client came in by, port 19094",
        "D (PLAINTEXT), advertised: the address each client came in by",
    ]


def test_what_to_try_needs_a_listener_without_tls_and_sasl() -> None:
    endpoints = [("SSL", "127.0.0.1", 9093, "SSL"), ("INTERNAL", "127.0.0.1", 9092, "PLAINTEXT")]
    assert "kafkalite consume hello" in banner_text(info(endpoints=endpoints), "dev")
    text = banner_text(info(endpoints=endpoints[:1]), "dev")
    assert "consume hello" not in text
    assert "Ctrl-C" in text


def test_paths_inside_are_relative_and_others_absolute() -> None:
    assert shown_path("kafka-data") == os.path.join(".", "kafka-data")
    assert shown_path("..") == os.path.dirname(os.getcwd())


def test_addresses() -> None:
    assert shown_address("", 1) == "*:1"
    assert shown_address("::1", 1) == "[::1]:1"
