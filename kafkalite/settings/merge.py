"""Merges the sources of properties by precedence: flags > environment > properties file > defaults.

All sources are arguments: nothing here reads the process's environment or a file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.settings import definitions
from kafkalite.settings.defaults import DATA_IN_MEMORY, DEFAULT_PROFILE, PROFILES
from kafkalite.settings.environment import own_options, read_environment
from kafkalite.settings.image_variables import find_cluster_id, find_topics
from kafkalite.settings.listeners import (
    HOST_CHARACTERS,
    MAX_PORT,
    NO_ROUTE,
    bound_for,
    parse_listeners,
    with_address,
)
from kafkalite.settings.settings import Settings
from kafkalite.settings.values import ConfigError, parse_list

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kafkalite.settings.listeners import Listener

_IPV6_COLON_COUNT = 7
"""Colons of an unabbreviated IPv6 address."""


def merge_settings(
    *,
    environ: Mapping[str, str] | None = None,
    file_values: Mapping[str, str] | None = None,
    file_name: str = "server.properties",
    flags: Mapping[str, str] | None = None,
    data: str | None = None,
    host: str | None = None,
    port: int | None = None,
    advertised: str | None = None,
    profile: str | None = None,
) -> Settings:
    """Return the merged settings.

    If ``advertised.listeners`` is set and ``listeners`` is not, the same ports are bound on all interfaces.

    Args:
        environ: environment variables; KAFKALITE_* take precedence over KAFKA_CFG_*, those over KAFKA_*.
        file_values: the properties of ``--config``, the weakest explicit source; ``file_name`` is shown as its name.
        flags: properties set by ``--set``.
        data: ``--data``: a directory or "memory"; sets ``log.dirs``.
        host, port: ``--host`` and ``--port``: replace those of the first listener of clients. Port 0 = any free port.
        advertised: ``--advertised``: HOST[:PORT] for clients of the first listener. It binds all interfaces
            unless an address to bind is chosen.
        profile: name of the set of defaults; None = KAFKALITE_PROFILE, else "dev".

    Raises:
        ConfigError: a value is not of its property's type.
    """
    environ = environ or {}
    explicit = {name: (value, file_name) for name, value in (file_values or {}).items()}
    for name, value, variable in read_environment(environ, definitions.is_known):
        explicit[name] = (value, variable)
    own, flags = own_options(environ), flags or {}
    set_data(explicit, own.get("DATA"), "KAFKALITE_DATA")
    imply_listeners(explicit)
    own_host = own.get("HOST")
    if (advertised or "ADVERTISED" in own) and not (
        own_host or host or "listeners" in explicit or "listeners" in flags
    ):
        own_host = NO_ROUTE
    set_address(explicit, own_host, own.get("PORT"), "KAFKALITE_HOST/KAFKALITE_PORT")
    set_advertised(explicit, own.get("ADVERTISED"), "KAFKALITE_ADVERTISED")
    for name, value in flags.items():
        explicit[name] = (value, f"--set {name}")
    imply_listeners(explicit)
    set_data(explicit, data, "--data")
    set_address(explicit, host, None if port is None else str(port), "--host/--port")
    set_advertised(explicit, advertised, "--advertised")
    chosen = profile or own.get("PROFILE") or DEFAULT_PROFILE
    if chosen not in PROFILES:
        raise ConfigError(f"profile: {chosen!r} is none of {', '.join(PROFILES)}")
    explicit = {name: (value.strip(), source) for name, (value, source) in explicit.items()}
    check_values(explicit)
    settings = Settings(explicit, chosen)
    settings.cluster_id = find_cluster_id(environ)
    settings.start_topics = find_topics(environ)
    return settings


def set_data(explicit: dict[str, tuple[str, str]], data: str | None, source: str) -> None:
    """Set ``log.dirs`` from the option for the data directory; None leaves it unchanged."""
    if data is not None:
        explicit["log.dirs"] = (data or DATA_IN_MEMORY, source)


def set_address(explicit: dict[str, tuple[str, str]], host: str | None, port: str | None, source: str) -> None:
    """Replace host and port of the first listener by those of the options; None leaves one unchanged."""
    if host is None and port is None:
        return
    if port is not None and not (port.isascii() and port.isdigit() and int(port) <= 65535):
        raise ConfigError(f"port: {port!r} is not a port (0 to 65535) (from {source})")
    listeners = _current(explicit, "listeners")
    controllers = Settings(explicit).controller_names
    first = next((index for index, listener in enumerate(listeners) if listener.name not in controllers), 0)
    listeners[first] = with_address(
        listeners[first], None if host is None else parse_host(host, source), None if port is None else int(port)
    )
    explicit["listeners"] = (",".join(str(listener) for listener in listeners), source)


def parse_host(host: str, source: str) -> str:
    """Return a host without the brackets around it; "" and "*" are every interface.

    Raises:
        ConfigError: a value cannot be used.
    """
    bare = host.strip().removeprefix("[").removesuffix("]")
    if bare == "*":
        return ""
    is_ipv6 = "::" in bare or bare.count(":") == _IPV6_COLON_COUNT
    if ":" in bare and not is_ipv6:
        raise ConfigError(f"host: {host!r} is no address; a port needs a separate option (from {source})")
    if not HOST_CHARACTERS.issuperset(bare):
        raise ConfigError(f"host: {host!r} is no host name and no address (from {source})")
    return bare


def imply_listeners(explicit: dict[str, tuple[str, str]]) -> None:
    """Derive ``listeners`` from ``advertised.listeners`` if it is not set.

    Kafka's default binds all interfaces, so that a broker with only ``advertised.listeners`` is reachable; compose
    files for the Confluent image rely on it for several listeners.
    """
    advertised, source = explicit.get("advertised.listeners", ("", ""))
    if advertised.strip() and "listeners" not in explicit:
        explicit["listeners"] = (",".join(bound_for(parse_list(advertised))), f"the ports of {source}")


def set_advertised(explicit: dict[str, tuple[str, str]], address: str | None, source: str) -> None:
    """Set HOST[:PORT] as the advertised address of the first listener; None leaves it unchanged.

    Without a port the bound port is advertised.

    Raises:
        ConfigError: the address is malformed.
    """
    if address is None:
        return
    text = address.strip()
    has_port = ":" in text and not text.endswith("]") and (text.startswith("[") or text.count(":") == 1)
    host, _, port = text.rpartition(":") if has_port else (text, "", "0")
    if not (port.isascii() and port.isdigit() and len(port) <= 5 and int(port) <= MAX_PORT):
        raise ConfigError(f"advertised: {address!r} is not HOST or HOST:PORT (from {source})")
    host = parse_host(host, source)
    if host == NO_ROUTE:
        raise ConfigError(f"advertised: no client can connect to {host}: use a host name (from {source})")
    controllers = Settings(explicit).controller_names
    bound = [listener for listener in _current(explicit, "listeners") if listener.name not in controllers]
    if not bound:
        raise ConfigError("listeners: there is no listener for clients")
    others = _current(explicit, "advertised.listeners") if "advertised.listeners" in explicit else []
    told = [with_address(bound[0], host, int(port)), *(one for one in others if one.name != bound[0].name)]
    explicit["advertised.listeners"] = (",".join(str(listener) for listener in told), source)


def _current(explicit: Mapping[str, tuple[str, str]], name: str) -> list[Listener]:
    """Return the endpoints of ``listeners`` or ``advertised.listeners`` as merged so far.

    Raises:
        ConfigError: a value cannot be used.
    """
    settings = Settings(explicit)
    source = settings.source_of(name)
    try:
        listeners = parse_listeners(name, settings.get(name), settings.listener_protocols)
    except ConfigError as problem:
        raise ConfigError(f"{problem} (from {source})") from None
    if not listeners:
        raise ConfigError(f"{name}: the list is empty (from {source})")
    return listeners


def check_values(explicit: Mapping[str, tuple[str, str]]) -> None:
    """Check the values of all properties.

    Raises:
        ConfigError: a value is not valid for its property; the message has the first one by name.
    """
    for name in sorted(explicit):
        value, source = explicit[name]
        try:
            definitions.check(name, value)
        except ValueError as problem:
            raise ConfigError(f"{name}: {problem} (from {source})") from None
