"""Merging the sources of properties by their strength: flags > environment > properties file > defaults.

Everything is passed in: nothing here reads the process's environment or a file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.settings import definitions
from kafkalite.settings.defaults import DATA_IN_MEMORY, DEFAULT_PROFILE, PROFILES
from kafkalite.settings.environment import own_options, read_environment
from kafkalite.settings.listeners import parse_listeners, with_address
from kafkalite.settings.settings import Settings
from kafkalite.settings.values import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping


def merge_settings(
    *,
    environ: Mapping[str, str] | None = None,
    file_values: Mapping[str, str] | None = None,
    file_name: str = "server.properties",
    flags: Mapping[str, str] | None = None,
    data: str | None = None,
    host: str | None = None,
    port: int | None = None,
    profile: str | None = None,
) -> Settings:
    """Return the merged settings; raises ConfigError for a value that is not of its property's type.

    Args:
        environ: environment variables; KAFKALITE_* win over KAFKA_CFG_*, those over KAFKA_*.
        file_values: the properties of ``--config``, the weakest explicit source; ``file_name`` is shown as its name.
        flags: properties set by ``--set``.
        data: ``--data``: a directory or "memory"; stands for ``log.dirs``.
        host, port: ``--host`` and ``--port``: replace those of the first listener. Port 0 = any free port.
        profile: name of the set of defaults; None = KAFKALITE_PROFILE, else "dev".
    """
    environ = environ or {}
    explicit = {name: (value, file_name) for name, value in (file_values or {}).items()}
    for name, value, variable in read_environment(environ, definitions.is_known):
        explicit[name] = (value, variable)
    own = own_options(environ)
    set_data(explicit, own.get("DATA"), "KAFKALITE_DATA")
    set_address(explicit, own.get("HOST"), own.get("PORT"), "KAFKALITE_HOST/KAFKALITE_PORT")
    for name, value in (flags or {}).items():
        explicit[name] = (value, f"--set {name}")
    set_data(explicit, data, "--data")
    set_address(explicit, host, None if port is None else str(port), "--host/--port")
    chosen = profile or own.get("PROFILE") or DEFAULT_PROFILE
    if chosen not in PROFILES:
        raise ConfigError(f"profile: {chosen!r} is none of {', '.join(PROFILES)}")
    explicit = {name: (value.strip(), source) for name, (value, source) in explicit.items()}
    check_values(explicit)
    return Settings(explicit, chosen)


def set_data(explicit: dict[str, tuple[str, str]], data: str | None, source: str) -> None:
    """Let the option for the data directory stand for ``log.dirs``; None leaves it as it is."""
    if data is not None:
        explicit["log.dirs"] = (data or DATA_IN_MEMORY, source)


def set_address(explicit: dict[str, tuple[str, str]], host: str | None, port: str | None, source: str) -> None:
    """Let the options for host and port replace those of the first listener; None leaves one as it is."""
    if host is None and port is None:
        return
    if port is not None and not (port.isascii() and port.isdigit() and int(port) <= 65535):
        raise ConfigError(f"port: {port!r} is not a port (0 to 65535) (from {source})")
    current = Settings(explicit)
    listeners = parse_listeners("listeners", current.get("listeners"), current.listener_protocols)
    listeners[0] = with_address(listeners[0], host, None if port is None else int(port))
    explicit["listeners"] = (",".join(str(listener) for listener in listeners), source)


def check_values(explicit: Mapping[str, tuple[str, str]]) -> None:
    """Raise ConfigError for the first value, by name, that its property cannot have."""
    for name in sorted(explicit):
        value, source = explicit[name]
        try:
            definitions.check(name, value)
        except ValueError as problem:
            raise ConfigError(f"{name}: {problem} (from {source})") from None
