"""Binding: any free port, both families, and a clear error for what is taken."""

from __future__ import annotations

import errno
import socket

import pytest

from kafkalite.transport.binding import CannotBind, bind_listener, plain_host, resolve, resolve_address

HAS_IPV6 = socket.has_dualstack_ipv6()


def test_a_bound_socket_does_not_listen_yet() -> None:
    with bind_listener("127.0.0.1", 0) as sock, socket.socket() as client:
        host, port = sock.getsockname()
        assert host == "127.0.0.1" and port > 0 and not sock.getblocking()
        with pytest.raises(ConnectionRefusedError):
            client.connect((host, port))


def test_a_taken_port_is_told() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(CannotBind) as caught:
            bind_listener("127.0.0.1", other.getsockname()[1])
        assert caught.value.errno == errno.EADDRINUSE and not caught.value.is_unknown_host
        assert (caught.value.host, caught.value.port) == other.getsockname()


def test_a_port_is_free_again_right_after_its_connections_ended() -> None:
    with bind_listener("127.0.0.1", 0) as sock:
        sock.listen()
        address = sock.getsockname()
        with socket.create_connection(address) as client:
            sock.setblocking(True)
            accepted, _ = sock.accept()
            accepted.close()  # ours closes first, so ours is the side that lingers
            assert client.recv(1) == b""
    bind_listener(*address).close()


def test_an_address_that_is_not_ours_is_an_error() -> None:
    with pytest.raises(OSError):
        bind_listener("192.0.2.1", 0)


@pytest.mark.parametrize("host", ["nosuchhost.invalid", "two..dots", "a\0b", "x" * 70])
def test_a_name_that_nothing_resolves_is_told_as_such(host: str) -> None:
    with pytest.raises(CannotBind) as caught:
        bind_listener(host, 0)
    assert caught.value.is_unknown_host and caught.value.host == host
    assert resolve(host) == []


@pytest.mark.skipif(not HAS_IPV6, reason="this machine has no IPv6")
@pytest.mark.parametrize(("addresses", "bound"), [(["::1", "127.0.0.1"], "127.0.0.1"), (["::1"], "::1")])
def test_a_name_with_addresses_of_both_families_is_its_first_of_ipv4(
    monkeypatch: pytest.MonkeyPatch, addresses: list[str], bound: str
) -> None:
    ask = socket.getaddrinfo
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, port, **more: [ask(address, port, **more)[0] for address in addresses]
    )
    with bind_listener("both.example.com", 0) as sock:
        assert sock.getsockname()[0] == bound


def test_localhost_means_the_address_most_clients_try_first() -> None:
    with bind_listener("localhost", 0) as sock:
        assert sock.getsockname()[0] == "127.0.0.1"


@pytest.mark.skipif(not HAS_IPV6, reason="this machine has no IPv6")
@pytest.mark.parametrize("host", ["", "0.0.0.0", "::"])
def test_a_wildcard_is_every_interface_of_both_families(host: str) -> None:
    with bind_listener(host, 0) as sock:
        sock.listen()
        port = sock.getsockname()[1]
        for host in ("127.0.0.1", "::1"):
            socket.create_connection((host, port)).close()


@pytest.mark.skipif(not HAS_IPV6, reason="this machine has no IPv6")
def test_an_ipv6_address_is_that_one_alone() -> None:
    with bind_listener("::1", 0) as sock:
        assert sock.getsockname()[0] == "::1" and sock.getsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY) == 1


@pytest.mark.parametrize("host", ["", "0.0.0.0"])
def test_without_ipv6_a_wildcard_is_every_ipv4_interface(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    monkeypatch.setattr(socket, "has_dualstack_ipv6", lambda: False)
    with bind_listener(host, 0) as sock:
        assert sock.getsockname()[0] == "0.0.0.0"


@pytest.mark.parametrize(
    ("address", "plain"),
    [("::ffff:10.0.0.1", "10.0.0.1"), ("10.0.0.1", "10.0.0.1"), ("::1", "::1"), ("fe80::1", "fe80::1")],
)
def test_ipv4_peers_of_a_dual_stack_socket_look_as_they_do_elsewhere(address: str, plain: str) -> None:
    assert plain_host(address) == plain


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "1.2"])
def test_addresses_are_told_as_they_are_resolved(host: str) -> None:
    assert resolve_address(host) == resolve(host) != []


@pytest.mark.parametrize("host", ["", "localhost", "nosuchhost.invalid", "a\0b", "." * 300, "x" * 300])
def test_no_name_is_taken_for_an_address(host: str) -> None:
    assert resolve_address(host) == []
