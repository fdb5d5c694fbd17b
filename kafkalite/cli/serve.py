"""``kafkalite serve``: options, settings, banner and exit code around ``kafkalite.process.run``.

This is the start-up path: modules that are not needed at once are imported at their use.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from kafkalite.settings import ConfigError, Settings, merge_settings

if TYPE_CHECKING:
    from collections.abc import Mapping

USAGE = """\
Usage: kafkalite [serve] [OPTIONS]

  Start the server. Without options: 127.0.0.1:9092, data kept in ./kafka-data.

Options:
  --host HOST            address to listen on                         [127.0.0.1]
  --port PORT            port to listen on; 0 = any free one          [9092]
  --advertised HOST[:PORT]   address that clients connect to          [the address each one connected to]
  --data DIR|memory      where records are kept; memory = nowhere     [kafka-data]
  --config FILE          a Kafka server.properties file
  --set KEY=VALUE        any Kafka broker property; may be repeated
  --profile NAME         defaults: dev, kafka (Kafka's own), ci (dev, in memory, quiet)   [dev]
  --ports-file FILE      write the ports as JSON when ready, for example {"kafka": 41233}
  --as-version X.Y       answer as that Kafka release does (2.8, 3.9, 4.0 to 4.4)
  -v, -vv                one log line per request; the same, decoded
  -q, --quiet            no banner
  -h, --help             this text

In a container whose port 9092 is published as 19092: --advertised localhost:19092 (or KAFKALITE_ADVERTISED).
Strength: options, then KAFKALITE_*, KAFKA_CFG_*, KAFKA_* variables, then the file, then defaults.
HOST, PORT, ADVERTISED, DATA, CONFIG, PROFILE, PORTS_FILE, AS_VERSION can be variables: KAFKALITE_PORT=9093.
`kafkalite config explain KEY` says what a property is and why. SIGTERM and Ctrl-C stop cleanly, a second one at once.
"""

VALUE_OPTIONS = ("host", "port", "advertised", "data", "config", "set", "profile", "ports-file", "as-version")


class UsageError(Exception):
    """The command line cannot be understood; the message says which part."""


class ServeOptions:
    """The parsed options of ``serve``; None = not given."""

    __slots__ = ("is_help", "is_quiet", "properties", "values", "verbosity")

    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self.properties: dict[str, str] = {}
        self.verbosity = 0
        self.is_quiet = False
        self.is_help = False


def parse_options(arguments: list[str]) -> ServeOptions:
    """Return the options of a command line.

    Raises:
        UsageError: the command line cannot be understood.
    """
    options = ServeOptions()
    remaining = iter(arguments)
    for argument in remaining:
        if argument in ("-h", "--help"):
            options.is_help = True
        elif argument in ("-q", "--quiet"):
            options.is_quiet = True
        elif argument == "--verbose" or (argument.startswith("-v") and set(argument[1:]) == {"v"}):
            options.verbosity += 1 if argument == "--verbose" else len(argument) - 1
        else:
            take_value_option(options, argument, remaining)
    return options


def take_value_option(options: ServeOptions, argument: str, remaining: object) -> None:
    """Store ``--name VALUE`` or ``--name=VALUE``.

    Raises:
        UsageError: the argument is no such option.
    """
    name, equals, value = argument.partition("=")
    if not name.startswith("--") or name[2:] not in VALUE_OPTIONS:
        raise UsageError(unknown_argument_text(name) if name.startswith("-") else misplaced_argument_text(argument))
    if not equals:
        following = next(remaining, None)  # type: ignore[call-overload]
        if following is None:
            raise UsageError(f"option {name} needs a value")
        value = following
    if not value:  # such as an unset variable of the shell: the value cannot be guessed
        raise UsageError(f"option {name} needs a value, not an empty one")
    if name == "--set":
        key, equals, value = value.partition("=")
        if not equals or not key:
            raise UsageError(f"option --set needs KEY=VALUE, not {key!r}")
        options.properties[key.strip()] = value
    else:
        options.values[name[2:]] = value


def unknown_argument_text(name: str) -> str:
    """Return the message about an option that does not exist, with similar ones."""
    import difflib

    known = [f"--{option}" for option in VALUE_OPTIONS] + ["--help", "--verbose", "--quiet"]
    similar = difflib.get_close_matches(name, known, n=2)
    return f"no such option: {name}" + (f"; did you mean {' or '.join(similar)}?" if similar else "")


def misplaced_argument_text(argument: str) -> str:
    """Return the message about a word that is not an option; a command's name belongs before the options."""
    from kafkalite.cli.commands import COMMANDS

    hint = f"; a command comes first: kafkalite {argument} ..." if argument in COMMANDS else ""
    return f"unexpected argument: {argument}{hint}"


def settings_of(options: ServeOptions, environ: Mapping[str, str]) -> Settings:
    """Return the settings of a command line and an environment.

    Raises:
        ConfigError: a value cannot be used.
        UsageError: the command line cannot be understood.
    """
    from kafkalite.cli.properties_file import read_properties

    config_path = option(options, environ, "config")
    port_text = options.values.get("port")
    if port_text is not None and not (port_text.isascii() and port_text.isdigit() and int(port_text) <= 65535):
        raise UsageError(f"option --port: {port_text!r} is not a port (0 to 65535)")
    return merge_settings(
        environ=environ,
        file_values=read_properties(config_path, "--config or KAFKALITE_CONFIG") if config_path else None,
        file_name=config_path or "",
        flags=options.properties,
        data=options.values.get("data"),
        host=options.values.get("host"),
        port=None if port_text is None else int(port_text),
        advertised=options.values.get("advertised"),
        profile=options.values.get("profile"),
    )


def option(options: ServeOptions, environ: Mapping[str, str], name: str) -> str | None:
    """Return an option's value from the command line, else from its KAFKALITE_ variable; None = neither."""
    return options.values.get(name) or environ.get("KAFKALITE_" + name.upper().replace("-", "_")) or None


def check_release(release: str | None) -> None:
    """Check that a release of Kafka can be imitated; None passes."""
    if release is not None:
        from kafkalite.protocol.served_apis import served_apis

        try:
            served_apis(release)
        except ValueError as problem:
            raise UsageError(f"option --as-version: {problem}") from None


def open_standard_streams() -> None:
    """Open the null device for closed standard input, output and error.

    Their descriptor numbers would otherwise be reused for sockets and files, and messages be written to those.
    """
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest free number, which is this one
    if sys.stdout is None:
        sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    if sys.stderr is None:
        sys.stderr = os.fdopen(2, "w", encoding="utf-8", closefd=False)


def complain(text: str) -> None:
    """Write one line to standard error, marked as ours."""
    print(f"kafkalite: {text}", file=sys.stderr, flush=True)


def serve(arguments: list[str], environ: Mapping[str, str] | None = None) -> int:
    """Run the server until it is stopped; return the exit code (1 = could not start, 2 = wrong command line)."""
    environ = os.environ if environ is None else environ
    open_standard_streams()
    try:
        options = parse_options(arguments)
        if options.is_help:
            print(USAGE, end="")
            return 0
        settings = settings_of(options, environ)
        settings.listeners  # noqa: B018 - checked before anything is opened
        settings.advertised_listeners  # noqa: B018
        settings.data_directory  # noqa: B018
        check_release(option(options, environ, "as-version"))
    except UsageError as problem:
        complain(f"{problem} (see kafkalite serve --help)")
        return 2
    except ConfigError as problem:
        complain(str(problem))
        return 1
    if settings.unknown:
        from kafkalite.settings.environment import describe_unknown

        unknown = ", ".join(describe_unknown(name, settings.source_of(name)) for name in settings.unknown)
        complain(f"warning: Kafka 4.4 has no property named {unknown}")
    try:
        return run_server(options, settings, environ)
    except ConfigError as problem:
        complain(str(problem))
        return 1
    except OSError as problem:
        return report_address_problem(problem)


def run_server(options: ServeOptions, settings: Settings, environ: Mapping[str, str]) -> int:
    """Run the server; the banner is printed when it is ready."""
    from kafkalite.process import run

    def on_ready(info: object) -> None:
        if not options.is_quiet:
            from kafkalite.cli.banner import banner_text

            print_safely(banner_text(info, settings.profile))  # type: ignore[arg-type]

    return run(
        settings,
        ports_file=option(options, environ, "ports-file"),
        verbosity=options.verbosity,
        as_version=option(options, environ, "as-version"),
        on_ready=on_ready,
    )


def print_safely(text: str) -> None:
    """Print text in any terminal encoding; a closed output is not an error of the server."""
    encoding = sys.stdout.encoding or "ascii"
    try:
        print(text.encode(encoding, "replace").decode(encoding), flush=True)
    except OSError:
        pass


def report_address_problem(problem: OSError) -> int:
    """Print why an address could not be bound, with the owner of a used port, or that descriptors have run out.

    Other errors are raised again.
    """
    import errno

    from kafkalite.transport.binding import CannotBind

    if problem.errno in (errno.EMFILE, errno.ENFILE):
        complain("the system gives this process no more open files and sockets: raise the limit (ulimit -n)")
        return 1
    if not isinstance(problem, CannotBind):
        raise problem
    host, port = problem.host, problem.port
    if problem.is_unknown_host:
        complain(f"cannot listen on {host}: no address is known for this name; --host takes a name or an address")
    elif problem.errno == errno.EADDRINUSE:
        from kafkalite.cli.port_owner import find_owner

        owner = find_owner(port) if port else None
        complain(f"port {port} is used by {owner or 'another process'}; stop it or choose another: --port 0 takes any")
    elif problem.errno == errno.EADDRNOTAVAIL:
        complain(f"cannot listen on {host}: it is no address of this machine; --host 0.0.0.0 takes all that it has")
    elif problem.errno == errno.EACCES:
        complain(f"cannot listen on port {port}: this user may not (ports below 1024 are often the system's)")
    else:
        complain(f"cannot listen on {host}:{port}: {problem.strerror}")
    return 1
