"""Regular expressions in the syntax of RE2, read into a tree.

A class of characters is a set of numbers of an `Alphabet`: the bits of a whole number. What would make matching slow
(back references, looking around) does not exist in RE2's syntax.

Source: RE2's syntax page; com.google.re2j.Parser, by whose words a mistake is named.

Deviation: of Unicode's classes, categories and the scripts Latin, Common, Greek, Cyrillic and Han are known, and groups
nest 200 deep. Of all scripts only the first two have characters that a topic name may have, so a class has its ASCII
characters alone; the cases of other letters differ by their simple forms.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from kafkalite.coordinators.regex.alphabet import Alphabet
from kafkalite.model.limits import REGEX_DEPTH_MAX_COUNT, REGEX_TEXT_MAX_LENGTH

MAX_REPEAT = 1000
"""The highest count in `{n,m}`. Source: RE2."""

_ASCII = (1 << 128) - 1
_NO_LIMIT = -1
_COUNTS = re.compile(r"\{(0|[1-9][0-9]*)(?:(,)(0|[1-9][0-9]*)?)?\}")
_COUNT_MAX_LENGTH = 8

TEXT_BEGIN, TEXT_END, WORD_BOUNDARY, NO_WORD_BOUNDARY = "begin", "end", "boundary", "no boundary"
LINE_BEGIN, LINE_END = "begin of line", "end of line"


class InvalidRegex(ValueError):
    """The text is no regular expression of RE2; the message says what is wrong."""


class Characters(NamedTuple):
    """One character out of a set: bit n of `mask` is set for the characters with number n."""

    mask: int


class Assertion(NamedTuple):
    """A place in the text."""

    kind: str


class Sequence(NamedTuple):
    """One node after the other; none matches the empty text."""

    nodes: tuple[Node, ...]


class Choice(NamedTuple):
    """Any one of several."""

    nodes: tuple[Node, ...]


class Repeat(NamedTuple):
    """A node several times; `most` is -1 where there is no limit."""

    node: Node
    least: int
    most: int


Node = Characters | Assertion | Sequence | Choice | Repeat


def _range(first: str, last: str) -> int:
    return (1 << ord(last) + 1) - (1 << ord(first))


def _of(characters: str) -> int:
    return sum(1 << ord(character) for character in set(characters))


_UPPER, _LOWER, _DIGIT = _range("A", "Z"), _range("a", "z"), _range("0", "9")
_ALPHA = _UPPER | _LOWER
WORD = _ALPHA | _DIGIT | _of("_")
_NEWLINE = _of("\n")
_SPACE = _of("\t\n\f\r ")
_GRAPH, _CONTROL = _range("!", "~"), _range("\0", "\x1f") | 1 << 127

_PERL = {"d": _DIGIT, "s": _SPACE, "w": WORD}
_POSIX = {
    "alnum": _ALPHA | _DIGIT,
    "alpha": _ALPHA,
    "ascii": _ASCII,
    "blank": _of("\t "),
    "cntrl": _CONTROL,
    "digit": _DIGIT,
    "graph": _GRAPH,
    "lower": _LOWER,
    "print": _GRAPH | _of(" "),
    "punct": _GRAPH & ~(_ALPHA | _DIGIT),
    "space": _SPACE | _of("\v"),
    "upper": _UPPER,
    "word": WORD,
    "xdigit": _DIGIT | _range("a", "f") | _range("A", "F"),
}
_SCRIPTS = {"Latin": _ALPHA, "Common": _ASCII & ~_ALPHA, "Greek": 0, "Cyrillic": 0, "Han": 0}
_CATEGORIES = {
    "L": "Lu Ll Lt Lm Lo",
    "M": "Mn Mc Me",
    "N": "Nd Nl No",
    "P": "Pc Pd Ps Pe Pi Pf Po",
    "S": "Sm Sc Sk So",
    "Z": "Zs Zl Zp",
    "C": "Cc Cf Co Cs",
}
_CONTROLS = {"a": 7, "f": 12, "t": 9, "n": 10, "r": 13, "v": 11}


def parse_regex(text: str) -> tuple[Node, Alphabet]:
    """Return the tree of a regular expression, and the numbers of its characters. Errors: InvalidRegex."""
    alphabet = Alphabet(text) if len(text) <= REGEX_TEXT_MAX_LENGTH else None
    if alphabet is None or alphabet.is_too_large:
        raise InvalidRegex("expression too large")
    parser = _Parser(text, alphabet)
    node = parser.parse_choice(0)
    if parser.position < len(text):
        raise InvalidRegex("regexp/syntax: internal error")  # RE2J's words for a parenthesis too many
    return node, alphabet


class _Parser:
    """Reads from left to right; flags hold until the end of the group that sets them."""

    def __init__(self, text: str, alphabet: Alphabet) -> None:
        self.text = text
        self.alphabet = alphabet
        self.all = alphabet.all_mask
        self.position = 0
        self.folds_case = False
        self.has_lines = False
        self.dot_is_all = False
        self.names: set[str] = set()
        # Searched once, from the end: the search for it after each of very many "[:" took quadratic time.
        self.last_posix_end = text.rfind(":]")

    # ---- structure -------------------------------------------------------------------------------------------------

    def parse_choice(self, depth: int) -> Node:
        """Read alternatives up to the end of the group around, or of the text."""
        if depth > REGEX_DEPTH_MAX_COUNT:
            raise InvalidRegex("expression nests too deeply")
        flags = self.folds_case, self.has_lines, self.dot_is_all
        choices = [self._parse_sequence(depth)]
        while self._peek() == "|":
            self.position += 1
            choices.append(self._parse_sequence(depth))
        self.folds_case, self.has_lines, self.dot_is_all = flags
        return choices[0] if len(choices) == 1 else Choice(tuple(choices))

    def _parse_sequence(self, depth: int) -> Node:
        nodes: list[Node] = []
        repeats_last = False
        while (character := self._peek()) not in ("", "|", ")"):
            bounds = self._take_repetition(character)
            if bounds is None:
                taken = self._take_quoted() or self._parse_one(character, depth)
                nodes.extend(taken)
                repeats_last = False
                continue
            if repeats_last:
                raise InvalidRegex("invalid nested repetition operator")
            if not nodes:
                raise InvalidRegex("missing argument to repetition operator")
            nodes[-1] = Repeat(nodes[-1], *bounds)
            repeats_last = True
        return nodes[0] if len(nodes) == 1 else Sequence(tuple(nodes))

    def _take_repetition(self, character: str) -> tuple[int, int] | None:
        """Read a repetition, with the `?` that would make it lazy: that makes no difference to whether it matches."""
        if character in "*+?":
            self.position += 1
            bounds: tuple[int, int] | None = {"*": (0, _NO_LIMIT), "+": (1, _NO_LIMIT), "?": (0, 1)}[character]
        elif character == "{":
            bounds = self._take_counts()
        else:
            return None
        if bounds is not None and self._peek() == "?":
            self.position += 1
        return bounds

    def _take_counts(self) -> tuple[int, int] | None:
        """Read `{n}`, `{n,}` or `{n,m}`; anything else that begins with a brace is the brace itself."""
        counts = _COUNTS.match(self.text, self.position)
        if counts is None:
            return None
        least, comma, most = counts.groups()
        lowest = _count(least)
        highest = lowest if not comma else _count(most) if most else _NO_LIMIT
        if lowest > MAX_REPEAT or highest > MAX_REPEAT or 0 <= highest < lowest:
            raise InvalidRegex("invalid repeat count")
        self.position = counts.end()
        return lowest, highest

    def _take_quoted(self) -> list[Node]:
        r"""Read `\Q...\E`, whose characters stand for themselves; without an end it goes to the end of the text."""
        if not self.text.startswith("\\Q", self.position):
            return []
        end = self.text.find("\\E", self.position)
        quoted = self.text[self.position + 2 : end if end >= 0 else None]
        self.position = end + 2 if end >= 0 else len(self.text)
        return [self._literal(character) for character in quoted] or [Sequence(())]

    def _parse_one(self, character: str, depth: int) -> list[Node]:
        if character == "(":
            return self._parse_group(depth)
        if character == "[":
            return [Characters(self._parse_class())]
        if character == "\\":
            return [self._parse_escape()]
        self.position += 1
        if character == ".":
            return [Characters(self.all if self.dot_is_all else self.all & ~_NEWLINE)]
        if character == "^":
            return [Assertion(LINE_BEGIN if self.has_lines else TEXT_BEGIN)]
        if character == "$":
            return [Assertion(LINE_END if self.has_lines else TEXT_END)]
        return [self._literal(character)]

    def _parse_group(self, depth: int) -> list[Node]:
        self.position += 1
        outer = self.folds_case, self.has_lines, self.dot_is_all
        if self._peek() == "?":
            self.position += 1
            if self.text.startswith(("P<", "<"), self.position):
                self._take_name()
            elif self._take_flags():
                return []  # they hold for the rest of the group around
        node = self.parse_choice(depth + 1)
        self.folds_case, self.has_lines, self.dot_is_all = outer
        if self._peek() != ")":
            raise InvalidRegex("missing closing )")
        self.position += 1
        return [node]

    def _take_name(self) -> None:
        start = self.text.index("<", self.position) + 1
        end = self.text.find(">", start)
        name = self.text[start:end] if end >= 0 else ""
        if not name or not all(character.isascii() and (character.isalnum() or character == "_") for character in name):
            raise InvalidRegex("invalid named capture")
        if name in self.names:
            raise InvalidRegex("duplicate capture group name")
        self.names.add(name)
        self.position = end + 1

    def _take_flags(self) -> bool:
        """Read `i`, `m`, `s`, `U`, set or unset; return True where they are alone, False where a group follows."""
        is_set, is_any_unset = True, False
        while True:
            flag = self._peek()
            self.position += 1
            if flag == "i":
                self.folds_case = is_set
            elif flag == "m":
                self.has_lines = is_set
            elif flag == "s":
                self.dot_is_all = is_set
            elif flag == "-" and is_set:
                is_set = False
                continue
            elif flag and flag in ":)":
                if not is_set and not is_any_unset:
                    raise InvalidRegex("invalid or unsupported Perl syntax")
                return flag == ")"
            elif flag != "U":
                raise InvalidRegex("invalid or unsupported Perl syntax")
            is_any_unset = is_any_unset or not is_set

    # ---- characters ------------------------------------------------------------------------------------------------

    def _peek(self) -> str:
        return self.text[self.position : self.position + 1]

    def _literal(self, character: str) -> Characters:
        mask = 1 << self.alphabet.number(ord(character))
        if self.folds_case:
            mask = _fold(mask)
            for code in self.alphabet.cases(character):
                mask |= 1 << self.alphabet.number(code)
        return Characters(mask)

    def _parse_escape(self) -> Node:
        kind = self.text[self.position + 1 : self.position + 2]
        places = {"A": TEXT_BEGIN, "z": TEXT_END, "b": WORD_BOUNDARY, "B": NO_WORD_BOUNDARY}
        if kind and kind in places:
            self.position += 2
            return Assertion(places[kind])
        mask = self._take_named_class()
        if mask is None:
            code = self._take_escaped_code()
            return self._literal(chr(code))
        return Characters(mask)

    def _take_named_class(self) -> int | None:
        r"""Read `\d`, `\pL`, `\p{Lu}` and their like; None where something else follows."""
        kind = self.text[self.position + 1 : self.position + 2]
        if kind and kind.lower() in _PERL:
            self.position += 2
            mask = _PERL[kind.lower()]
            return self.all & ~mask if kind.isupper() else mask
        if kind not in ("p", "P"):
            return None
        start = self.position + 2
        end = start + 1
        if self.text[start:end] == "{":
            closing = self.text.find("}", start)
            if closing < 0:
                raise InvalidRegex("invalid character class range")
            start, end = start + 1, closing
        name = self.text[start:end]
        self.position = end + (self.text[end : end + 1] == "}" and self.text[start - 1] == "{")
        is_negated = (kind == "P") != name.startswith("^")
        name = name.removeprefix("^")
        mask = self.all if name == "Any" else _unicode_class(name)
        if self.folds_case:
            mask = _fold(mask)
        return self.all & ~mask if is_negated else mask

    def _take_escaped_code(self) -> int:
        """Read one escaped character and return its code."""
        kind = self.text[self.position + 1 : self.position + 2]
        if not kind:
            raise InvalidRegex("trailing backslash at end of expression")
        if kind in "01234567":
            return self._take_octal()
        if kind == "x":
            return self._take_hexadecimal()
        self.position += 2
        if kind in _CONTROLS:
            return _CONTROLS[kind]
        if ord(kind) < 128 and not kind.isalnum():
            return ord(kind)
        raise InvalidRegex("invalid escape sequence")

    def _take_octal(self) -> int:
        """Read one to three octal digits; a single one other than 0 would be a back reference."""
        digits = self.text[self.position + 1 : self.position + 4]
        length = 1
        while length < 3 and digits[length : length + 1] in tuple("01234567"):
            length += 1
        if digits[0] != "0" and length == 1:
            raise InvalidRegex("invalid escape sequence")
        self.position += 1 + length
        return int(digits[:length], 8)

    def _take_hexadecimal(self) -> int:
        """Read two hexadecimal digits, or any number of them in braces."""
        start = self.position + 2
        end = start + 2
        if self.text[start : start + 1] == "{":
            start += 1
            end = self.text.find("}", start)
            digits = self.text[start:end] if end >= 0 else ""
            end += 1
        else:
            digits = self.text[start:end]
            if len(digits) < 2:
                digits = ""
        try:
            code = int(digits, 16) if digits.isalnum() else -1
        except ValueError:
            code = -1
        if not 0 <= code <= 0x10FFFF:
            raise InvalidRegex("invalid escape sequence")
        self.position = end
        return code

    def _parse_class(self) -> int:
        self.position += 1
        is_negated = self._peek() == "^"
        self.position += is_negated
        mask, is_first = 0, True
        while is_first or self._peek() != "]":
            if not self._peek():
                raise InvalidRegex("missing closing ]")
            mask |= self._take_class_member()
            is_first = False
        self.position += 1
        if self.folds_case:
            mask = _fold(mask)
        return self.all & ~mask if is_negated else mask

    def _take_class_member(self) -> int:
        if self.text.startswith("[:", self.position) and self.position <= self.last_posix_end:
            end = self.text.index(":]", self.position)
            name = self.text[self.position + 2 : end]
            self.position = end + 2
            mask = _POSIX.get(name.removeprefix("^"))
            if mask is None:
                raise InvalidRegex("invalid character class range")
            return self.all & ~mask if name.startswith("^") else mask
        if self._peek() == "\\" and (named := self._take_named_class()) is not None:
            return named
        first = self._take_class_code()
        last = first
        if self._peek() == "-" and self.text[self.position + 1 : self.position + 2] not in ("]", ""):
            self.position += 1
            last = self._take_class_code()
        if last < first:
            raise InvalidRegex("invalid character class range")
        number = self.alphabet.number
        return (1 << number(last) + 1) - (1 << number(first))

    def _take_class_code(self) -> int:
        if self._peek() == "\\":
            return self._take_escaped_code()
        character = self._peek()
        if not character:
            raise InvalidRegex("missing closing ]")
        self.position += 1
        return ord(character)


def _count(digits: str) -> int:
    return int(digits) if len(digits) <= _COUNT_MAX_LENGTH else MAX_REPEAT + 1


def _fold(mask: int) -> int:
    """Add the other case of every letter."""
    return mask | (mask & _UPPER) << 32 | (mask & _LOWER) >> 32


def _unicode_class(name: str) -> int:
    script = _SCRIPTS.get(name)
    if script is not None:
        return script
    categories = _CATEGORIES.get(name)
    if categories is None:
        if not any(name in known.split() for known in _CATEGORIES.values()):
            raise InvalidRegex("invalid character class range")
        categories = name
    return _of_categories(categories)


@lru_cache(maxsize=64)  # an expression may name one at every third character
def _of_categories(categories: str) -> int:
    from unicodedata import category

    wanted = categories.split()
    return sum(1 << code for code in range(128) if category(chr(code)) in wanted)
