"""Writing Python source: indentation, version conditions, and the `struct` formats that a module needs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from .specs import Field
from .versions import VersionRange

HEADER = """\
# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""

_NAMES = {"?": "t", "H": "u", "I": "w"}


class Source:
    """Lines of Python under construction, together with the imports and definitions that they need."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.formats: set[str] = set()
        self.imports: set[str] = set()
        self._indent = 0

    def add(self, line: str = "") -> None:
        """Append a line at the current depth."""
        self.lines.append(("    " * self._indent + line) if line else "")

    @contextmanager
    def block(self, opening: str = "") -> Iterator[None]:
        """Append an opening line, if any, and indent what follows inside the `with`."""
        if opening:
            self.add(opening)
            self._indent += 1
        yield
        if opening:
            self._indent -= 1

    def use(self, name: str) -> str:
        """Note that the module needs a name of `primitives`; return the name."""
        self.imports.add(name)
        return name

    def unpack(self, codes: str) -> str:
        """Return the name of a bound `unpack_from` for these format characters."""
        self.formats.add(codes)
        return f"_unpack_{_plain(codes)}"

    def pack(self, codes: str) -> str:
        """Return the name of a bound `pack` for these format characters."""
        self.formats.add(codes)
        return f"_pack_{_plain(codes)}"

    def format_lines(self, text: str) -> list[str]:
        """Return the module-level definitions of the formats that `text` uses."""
        lines: list[str] = []
        for codes in sorted(self.formats):
            plain = _plain(codes)
            lines.extend(
                f'_{verb}_{plain} = Struct(">{codes}").{method}'
                for verb, method in (("unpack", "unpack_from"), ("pack", "pack"))
                if f"_{verb}_{plain}(" in text
            )
        return lines


def _plain(codes: str) -> str:
    return "".join(_NAMES.get(character, character) for character in codes)


def condition(versions: VersionRange, possible: VersionRange) -> str | None:
    """Return the expression that `version` is in `versions`, given that it is in `possible`.

    "" means always, None means never.
    """
    common = versions.intersect(possible)
    if common.is_empty:
        return None
    if common == possible:
        return ""
    if common.highest == possible.highest:
        return f"version >= {common.lowest}"
    if common.lowest == possible.lowest:
        return f"version <= {common.highest}"
    if common.lowest == common.highest:
        return f"version == {common.lowest}"
    return f"{common.lowest} <= version <= {common.highest}"


def default_expression(field: Field) -> str:
    """Return the value of a field that is absent; lists and structs are fresh ones."""
    if field.defaults_to_null or field.is_optional_tagged_struct:
        return "None"
    if field.is_array:
        return "[]"
    if field.is_struct:
        return f"{field.type}()"
    if field.type == "bytes":
        return 'b""'
    if field.type == "uuid":
        return "ZERO_UUID"
    if field.type == "string":
        return f'"{field.default or ""}"'
    if field.type == "bool":
        return str(bool(field.default))
    if field.type == "float64":
        return str(float(field.default or 0))
    return str(field.default or 0)


def is_not_default(field: Field, value: str) -> str:
    """Return the expression that `value` differs from the field's default."""
    if field.defaults_to_null:
        return f"{value} is not None"
    null = f"{value} is None or " if not field.nullable.is_empty else ""
    if field.is_array or field.type == "bytes":
        return f"{null}len({value})" if null else value
    if field.is_optional_tagged_struct:
        return f"{value} is not None and {value} != {field.type}()"
    if field.is_struct:
        return f"{null}{value} != {field.type}()"
    if field.type == "bool":
        return f"not {value}" if field.default else value
    if field.type == "string" and not field.default:
        return f"{null}{value}" if null else value
    expression = default_expression(field)
    return f"{null}{value}" if expression == "0" else f"{null}{value} != {expression}"
