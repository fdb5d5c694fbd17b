"""The lines of a ready server: its addresses, its data directory and the durability of its records."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PROFILE_WORDS = {
    "dev": "for development: groups start at once, members are asked often",
    "kafka": "Kafka's own defaults",
    "ci": "for test runs: dev, in memory",
}


class ServerInfo(Protocol):
    """The facts of a ready server; every figure is measured or counted.

    ``endpoints`` are (listener name, host, port, security protocol), ``advertised`` maps the names of listeners to
    their advertised addresses; the others, and no host and port 0, mean the address by which each client came in.
    """

    version: str
    speaks: str
    api_count: int
    endpoints: Sequence[tuple[str, str, int, str]]
    advertised: Mapping[str, tuple[str, int]]
    data: str | None
    durability: str
    ready_ms: float


def banner_text(info: ServerInfo, profile: str) -> str:
    """Return the banner, lines without the last line break."""
    title = f"kafkalite {info.version} · speaks Kafka {info.speaks} ({info.api_count} APIs)"
    rows = endpoint_rows(info)
    rows.append(("Data", shown_path(info.data) if info.data else "memory", info.durability))
    rows.append(("Profile", profile, PROFILE_WORDS.get(profile, "")))
    width = max(len(second) for _, second, _ in rows)
    lines = [f"  {first:<9} {second:<{width}}   {third}".rstrip() for first, second, third in rows]
    return "\n".join([f"{title} · ready in {info.ready_ms:.0f} ms", "", *lines, "", *try_lines(info)])


def endpoint_rows(info: ServerInfo) -> list[tuple[str, str, str]]:
    """Return (label, address, words) of each endpoint, with its advertised address."""
    rows = []
    for index, (listener, host, port, protocol) in enumerate(info.endpoints):
        words = protocol if listener == protocol else f"{listener} ({protocol})"
        told = shown_advertised(info.advertised.get(listener), port)
        rows.append(("Kafka" if index == 0 else "", shown_address(host, port), f"{words}, advertised: {told}"))
    return rows


def shown_advertised(advertised: tuple[str, int] | None, bound_port: int) -> str:
    """Return the advertised address of one listener in words; None = nothing is set."""
    if advertised is None:
        return "the address each client came in by"
    host, port = advertised
    if host in ("", "::"):
        return f"the host each client came in by, port {port or bound_port}"
    return shown_address(host, port or bound_port)


def shown_address(host: str, port: int) -> str:
    """Return host:port as a client would write it; an empty host is every interface."""
    return f"[{host}]:{port}" if ":" in host else f"{host or '*'}:{port}"


def shown_path(path: str) -> str:
    """Return the path of a directory: relative if it is inside the current one and shorter, else absolute."""
    absolute = os.path.abspath(path)
    try:
        relative = os.path.relpath(absolute)
    except (ValueError, OSError):  # another drive; a working directory that is gone
        return absolute
    return absolute if relative.startswith("..") else os.path.join(".", relative)


def try_lines(info: ServerInfo) -> list[str]:
    """Return the closing lines: a first command that works unchanged, if there is one, and how to stop."""
    stop = "  Stop      Ctrl-C. Nothing leaves this machine: there is no telemetry."
    plain = [(host, port) for _, host, port, protocol in info.endpoints if protocol == "PLAINTEXT"]
    if not plain:  # with TLS or SASL a command needs a file, which only its owner can write
        return [stop]
    host, port = plain[0]
    reachable = "127.0.0.1" if host in ("", "0.0.0.0", "::") else host
    address = "" if (reachable, port) == ("127.0.0.1", 9092) else f" -b {shown_address(reachable, port)}"
    return [
        f"  Try       echo hi | kafkalite produce hello{address}      kafkalite consume hello{address}",
        stop,
    ]
