"""How much of an expression its parser looks at; what the tree means is tested with the matcher."""

from __future__ import annotations

from typing import SupportsIndex

import pytest

from kafkalite.coordinators.regex.syntax import InvalidRegex, parse_regex
from kafkalite.model.limits import REGEX_TEXT_MAX_LENGTH


class CountedText(str):
    """A text that counts the characters that are searched or copied."""

    looked_at_count = 0

    def find(self, *arguments: object) -> int:
        return self._count(super().find(*arguments), *arguments)  # type: ignore[arg-type]

    def index(self, *arguments: object) -> int:
        return self._count(super().index(*arguments), *arguments)  # type: ignore[arg-type]

    def rfind(self, *arguments: object) -> int:
        self.looked_at_count += len(self)
        return super().rfind(*arguments)  # type: ignore[arg-type]

    def __getitem__(self, key: SupportsIndex | slice) -> str:
        part = super().__getitem__(key)
        self.looked_at_count += len(part)
        return part

    def _count(self, found: int, _: object, start: int = 0) -> int:
        self.looked_at_count += (found if found >= 0 else len(self)) - start
        return found


@pytest.mark.parametrize(
    ("begin", "unit", "end"),
    [
        ("[", "[:", ""),
        ("[[:alpha:]", "[:", " ]"),
        ("", "[[:alpha:]]", ""),
        ("", r"\.", ""),
        ("[", r"\.", "]"),
        ("", r"\012", ""),
        ("", r"\x41", ""),
        ("", r"\x{41}", ""),
        (r"\x{", "0", "41}"),
        ("", r"\p{Lu}", ""),
        ("", r"\Q.\E", ""),
        ("a", "{1", ""),
    ],
)
def test_an_expression_is_read_in_linear_time(begin: str, unit: str, end: str) -> None:
    text = CountedText(begin + unit * ((REGEX_TEXT_MAX_LENGTH - len(begin + end)) // len(unit)) + end)
    try:
        parse_regex(text)
    except InvalidRegex as mistake:
        assert str(mistake) == "missing closing ]"
    assert len(text) <= text.looked_at_count <= 10 * len(text)


def test_a_class_of_posix_ends_where_its_name_does() -> None:
    with pytest.raises(InvalidRegex, match="missing closing ]"):
        parse_regex("[[:alpha:][:")
    with pytest.raises(InvalidRegex, match="invalid character class range"):
        parse_regex("[[:]")  # the end of the name that it does not have
