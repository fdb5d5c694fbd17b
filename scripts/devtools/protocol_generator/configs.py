"""The generated module of config definitions: every broker, topic and group config with its type, default and rules."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from .source import HEADER

_CLASS = '''
class ConfigDefinition(NamedTuple):
    """What Kafka knows of one config. `valid` is None or one of these tuples:

    ("range", min or None, max or None), ("values", (text, ...)), ("values_ignore_case", (text, ...)),
    ("list", (allowed element, ...) or (), allows_empty, allows_null), ("max_elements", count), ("non_empty",),
    ("non_null",), ("all", (valid, ...)), ("text", Kafka's notation), ("class", the name of Kafka's validator).
    """

    type: str
    default: str | None
    valid: tuple[Any, ...] | None = None
    importance: str = "medium"
    #: "read-only", "per-broker" or "cluster-wide" for broker configs; "" for the others
    dynamic: str = ""
    is_required: bool = False
    is_sensitive: bool = False
    is_internal: bool = False
    #: a dynamic broker config that a properties file cannot set
    is_dynamic_only: bool = False
'''


def config_tables_text(directory: Path) -> str:
    """Return the module made from `configs/{broker,topic,group}.json`."""
    lines = [HEADER.rstrip(), '"""Every config of Kafka 4.4: types, defaults, valid values and synonyms."""', ""]
    lines += ["from __future__ import annotations", "", "from typing import TYPE_CHECKING, NamedTuple", ""]
    lines += ["if TYPE_CHECKING:", "    from typing import Any", "", _CLASS]
    for kind in ("broker", "topic", "group"):
        entries = json.loads((directory / f"{kind}.json").read_text(encoding="utf-8"))
        lines += ["", f"{kind.upper()}_CONFIGS: dict[str, ConfigDefinition] = {{"]
        lines += [f"    {entry['name']!r}: {_definition(entry)}," for entry in entries]
        lines += ["}", ""]
        lines += [f"#: {_SYNONYMS[kind]}: name -> (broker config, multiplier), the first that is set wins."]
        lines += [f"{kind.upper()}_SYNONYMS: dict[str, tuple[tuple[str, int], ...]] = {{"]
        lines += [f"    {entry['name']!r}: {_synonyms(entry)}," for entry in entries if entry.get("synonyms")]
        lines += ["}"]
    return "\n".join(lines) + "\n"


_SYNONYMS = {
    "broker": "Broker configs that stand for one another",
    "topic": "Broker configs that a topic config falls back to",
    "group": "Broker configs that a group config falls back to",
}


def _definition(entry: dict[str, Any]) -> str:
    arguments = [repr(entry["type"]), repr(entry.get("default"))]
    optional = {
        "valid": _valid(entry["valid"]) if "valid" in entry else None,
        "importance": entry["importance"] if entry["importance"] != "medium" else None,
        "dynamic": entry.get("dynamic"),
        "is_required": True if "default" not in entry else None,
        "is_sensitive": entry.get("sensitive"),
        "is_internal": entry.get("internal"),
        "is_dynamic_only": entry.get("dynamic_only"),
    }
    arguments += [f"{name}={value!r}" for name, value in optional.items() if value is not None]
    return f"ConfigDefinition({', '.join(arguments)})"


def _valid(valid: dict[str, Any]) -> tuple[Any, ...]:
    if "min" in valid or "max" in valid:
        return ("range", valid.get("min"), valid.get("max"))
    if "values" in valid:
        return ("values_ignore_case" if valid.get("ignore_case") else "values", tuple(valid["values"]))
    if "allows_empty" in valid:
        return ("list", tuple(valid.get("elements", ())), valid["allows_empty"], valid["allows_null"])
    if "all" in valid:
        return ("all", tuple(_valid(part) for part in valid["all"]))
    for flag in ("non_empty", "non_null"):
        if flag in valid:
            return (flag,)
    ((kind, value),) = valid.items()
    return (kind, value)


def _synonyms(entry: dict[str, Any]) -> tuple[tuple[str, int], ...]:
    multipliers = {"log.retention.minutes": 60_000, "log.retention.hours": 3_600_000}
    multipliers |= {"log.roll.hours": 3_600_000, "log.roll.jitter.hours": 3_600_000}
    return tuple(
        (synonym["name"], synonym.get("multiplier", multipliers.get(synonym["name"], 1)))
        for synonym in entry["synonyms"]
    )
