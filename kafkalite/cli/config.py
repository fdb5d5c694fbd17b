"""``kafkalite config``, and its ``explain KEY``: a property's value here, its source, its default, its readers."""

from __future__ import annotations

import os
import pathlib
from typing import Any

import click

import kafkalite
from kafkalite.cli.client import ClientFailure
from kafkalite.cli.config_resources import get, set_, unset
from kafkalite.cli.output import print_rows
from kafkalite.cli.serve import UsageError, parse_options, settings_of
from kafkalite.cli.suggestions import SuggestingGroup, did_you_mean
from kafkalite.cluster.configs.broker import find_definition
from kafkalite.cluster.configs.documentation import document_broker
from kafkalite.cluster.configs.tables import BROKER_CONFIGS, TOPIC_SYNONYMS, ConfigDefinition
from kafkalite.settings import ConfigError, Settings
from kafkalite.settings.defaults import PROFILES
from kafkalite.settings.definitions import OWN_PROPERTIES

NOT_READERS = (
    "settings/",
    "cluster/configs/documentation.py",
    "cluster/configs/tables.py",
    "cli/",
    "client/",
    "conformance/",
    "protocol/messages/",
    "protocol/internal_records/",
)
"""Parts of the package that name properties without acting on them."""

HIDDEN = "(set, and hidden)"
"""Shown in place of a password."""

UPDATE_WORDS = {
    "read-only": "fixed while the server runs",
    "per-broker": "can be altered while the server runs",
    "cluster-wide": "can be altered while the server runs",
}


@click.group("config", cls=SuggestingGroup)
def command() -> None:
    """Explain properties of the server; get, set and unset those of a running cluster."""


for subcommand in (get, set_, unset):
    command.add_command(subcommand)


@command.command(
    "explain", short_help="Explain a property of the server.", context_settings={"ignore_unknown_options": True}
)
@click.argument("key")
@click.argument("serve_options", nargs=-1, type=click.UNPROCESSED, metavar="[OPTIONS OF serve...]")
@click.option(
    "-o", "--output", type=click.Choice(("text", "json", "jsonl")), default="text", show_default=True, help="Format."
)
def explain(key: str, serve_options: tuple[str, ...], output: str) -> None:
    """Explain one property: its value for `kafkalite serve` here, the source of the value, and the code that reads it.

    The current environment counts; options of `serve` (--config FILE, --set KEY=VALUE, --profile NAME) may follow.
    """
    try:
        settings = settings_of(parse_options(list(serve_options)), os.environ)
    except (UsageError, ConfigError) as problem:
        raise ClientFailure(str(problem)) from None
    definition = BROKER_CONFIGS.get(key) or OWN_PROPERTIES.get(key)
    if definition is None and key not in settings.explicit:
        raise ClientFailure(f"Kafka 4.4 has no broker property {key}{did_you_mean(key, BROKER_CONFIGS)}")
    facts = explain_property(key, settings, definition)
    if output != "text":
        print_rows([facts], output, ())
        return
    click.echo(key)
    for label, text in text_rows(facts):
        click.echo(f"  {label:<10} {text}")


def explain_property(key: str, settings: Settings, definition: ConfigDefinition | None) -> dict[str, Any]:
    """Return the full explanation of a property; ``definition`` is None for names that Kafka lacks."""
    own_default = PROFILES[settings.profile].get(key)
    value = settings.find(key)
    known = definition or find_definition(key)  # that of all listeners for the one of a listener
    return {
        "name": key,
        "value": HIDDEN if value is not None and known is not None and known.is_sensitive else value,
        "source": settings.source_of(key),
        "kafkalite_default": own_default[0] if own_default else None,
        "reason": own_default[1] if own_default else None,
        "type": definition.type if definition else None,
        "kafka_default": definition.default if definition else None,
        "documentation": document_broker(key),
        "updates": UPDATE_WORDS.get(definition.dynamic) if definition else None,
        "topic_properties": [
            topic for topic, synonyms in TOPIC_SYNONYMS.items() if key in {name for name, _ in synonyms}
        ],
        "read_by": find_readers(key),
    }


def text_rows(facts: dict[str, Any]) -> list[tuple[str, str]]:
    """Return (label, text) of each line for a person."""
    rows = [("is", facts["documentation"])] if facts["documentation"] else []
    rows += [("value", shown(facts["value"])), ("from", facts["source"])]
    if facts["type"]:
        maker = "kafkalite" if facts["name"] in OWN_PROPERTIES else "Kafka"
        rows.append((maker, f"{facts['type']}, default {shown(facts['kafka_default'])}, {facts['updates']}"))
    else:
        rows.append(("Kafka", "4.4 has no such property"))
    if facts["kafkalite_default"] is not None:
        rows.append(("kafkalite", f"default {shown(facts['kafkalite_default'])}: {facts['reason']}"))
    if facts["topic_properties"]:
        rows.append(("topics", f"the default of {', '.join(facts['topic_properties'])}"))
    readers = ", ".join(facts["read_by"])
    rows.append(("read by", readers or "nothing: it is accepted and changes nothing here"))
    return rows


def shown(value: str | None) -> str:
    """Return a value as a person reads it."""
    return "null" if value is None else value or "(empty)"


def find_readers(key: str) -> list[str]:
    """Return the paths of kafkalite's modules that name a property, or a topic property whose default it is."""
    names = [key, *(topic for topic, synonyms in TOPIC_SYNONYMS.items() if key in {name for name, _ in synonyms})]
    wanted = [f'"{name}"' for name in names]
    package = pathlib.Path(kafkalite.__file__).parent
    readers = []
    for path in sorted(package.rglob("*.py")):
        relative = path.relative_to(package).as_posix()
        if not relative.startswith(NOT_READERS):
            source = path.read_text(encoding="utf-8")
            readers += [relative] if any(name in source for name in wanted) else []
    settings_source = (package / "settings" / "settings.py").read_text(encoding="utf-8")
    return readers + (["settings/settings.py"] if any(name in settings_source for name in wanted) else [])
