"""Groups of commands that name the similar ones when a command does not exist."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

import click


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return "; did you mean a or b?" for similar known words, "" for none."""
    similar = difflib.get_close_matches(word, list(known), n=3)
    return f"; did you mean {' or '.join(similar)}?" if similar else ""


class SuggestingGroup(click.Group):
    """A group whose refusal of a command ends with the similar ones, or with all of them."""

    def resolve_command(
        self, context: click.Context, arguments: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that the first argument names.

        Raises:
            UsageError: there is none; the text has a suggestion.
        """
        name = arguments[0]
        if self.get_command(context, name) is None and not context.resilient_parsing and name[:1].isalnum():
            known = self.list_commands(context)
            hint = did_you_mean(name, known) or f" (there are: {', '.join(known)})"
            raise click.UsageError(f"No such command '{name}'{hint}", context)
        return super().resolve_command(context, arguments)
