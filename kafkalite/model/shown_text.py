"""Client-chosen text, escaped and shortened for one line of a log or a message."""

from __future__ import annotations


def shown_text(text: str, limit: int) -> str:
    """Return text on one line, without control sequences, cut to about ``limit`` characters.

    Unprintable characters (line ends, escape sequences, marks that change the direction of writing, lone surrogates)
    are escaped as in Python, a backslash only together with one of them: most names have neither.
    """
    cut = text if len(text) <= limit else text[:limit]
    if not cut.isprintable():
        cut = "".join(
            character if character.isprintable() and character != "\\" else _escape(character) for character in cut
        )
    return cut if len(text) <= limit else f"{cut}... ({len(text):,} characters)"


def _escape(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")
