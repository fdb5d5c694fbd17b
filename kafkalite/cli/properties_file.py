"""Files in Java's properties format, of the server and of the commands."""

from __future__ import annotations

from kafkalite.settings.values import ConfigError


def read_properties(path: str, named_by: str) -> dict[str, str]:
    """Return the properties of a file.

    Raises:
        ConfigError: the file cannot be read.
    """
    import javaproperties

    try:
        with open(path, encoding="utf-8") as file:
            return dict(javaproperties.load(file))
    except FileNotFoundError:
        raise ConfigError(f"config file {path} does not exist (from {named_by})") from None
    except OSError as problem:
        raise ConfigError(f"config file {path} cannot be read: {(problem.strerror or '').lower()}") from None
    except UnicodeDecodeError as problem:
        raise ConfigError(f"config file {path} is not UTF-8: byte {problem.start} is wrong") from None
    except ValueError as problem:  # an invalid escape
        raise ConfigError(f"config file {path} is no properties file: {problem}") from None
