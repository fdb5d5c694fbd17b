"""The characters that a regular expression can distinguish, numbered.

An ASCII character has its code as number. Every other character that the expression mentions has a number for itself,
and all those between two of them share one: the expression treats them alike. So a set of characters is a whole number
of few bits, and a range between two mentioned characters is a run of bits.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from kafkalite.model.limits import REGEX_LETTER_MAX_COUNT

_ESCAPED = re.compile(r"\\x\{?([0-9a-fA-F]{1,32})|\\([0-7]{3})")
"""Text that may mean a character by its code; another meaning in its place does no harm."""


class Alphabet:
    """The numbers of characters.

    Args:
        pattern: the expression.

    Attributes:
        all_mask: the set of all characters.
        is_too_large: whether more characters beside ASCII are mentioned than an expression may have.
    """

    __slots__ = ("_mentioned", "all_mask", "is_too_large")

    def __init__(self, pattern: str) -> None:
        characters = set() if pattern.isascii() else {character for character in set(pattern) if ord(character) > 127}
        for hexadecimal, octal in _ESCAPED.findall(pattern):
            code = int(hexadecimal, 16) if hexadecimal else int(octal, 8)
            if 127 < code <= 0x10FFFF:
                characters.add(chr(code))
            if hexadecimal:  # without braces there are two digits
                code = int(hexadecimal[:2], 16)
                if code > 127:
                    characters.add(chr(code))
        codes = {ord(character) for character in characters}
        for character in characters:
            codes.update(code for code in self.cases(character) if code > 127)
        self._mentioned = sorted(codes)
        self.is_too_large = len(characters) > REGEX_LETTER_MAX_COUNT
        self.all_mask = (1 << 129 + 2 * len(self._mentioned)) - 1

    def number(self, code: int) -> int:
        """Return the number of the character with a code."""
        if code < 128:
            return code
        index = bisect_left(self._mentioned, code)
        is_mentioned = index < len(self._mentioned) and self._mentioned[index] == code
        return 128 + 2 * index + is_mentioned

    @staticmethod
    def cases(character: str) -> list[int]:
        """Return the codes of a character's other cases, as far as they are one character each."""
        return [ord(other) for other in (character.lower(), character.upper()) if len(other) == 1]
