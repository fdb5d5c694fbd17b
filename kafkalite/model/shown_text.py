"""Text that a client chose, made fit for one line of a log or a message."""

from __future__ import annotations


def shown_text(text: str, limit: int) -> str:
    """Return text on one line, without what a terminal obeys, cut to about ``limit`` characters.

    What is not printable (line ends, escape sequences, marks that turn the direction of writing, lone surrogates) is
    escaped as in Python, and a backslash only where something else is escaped too: most names have neither.
    """
    cut = text if len(text) <= limit else text[:limit]
    if not cut.isprintable():
        cut = "".join(
            character if character.isprintable() and character != "\\" else _escape(character) for character in cut
        )
    return cut if len(text) <= limit else f"{cut}... ({len(text):,} characters)"


def _escape(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")
