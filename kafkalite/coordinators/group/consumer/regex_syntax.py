"""Regular expressions in the syntax of RE2, read into a tree.

A subscription is matched against topic names only, so a class of characters is a set of ASCII characters: the bits of a
whole number. What would make matching slow (back references, looking around) does not exist in RE2's syntax.

Source: RE2's syntax page; com.google.re2j.Parser, by whose words a mistake is named.

Deviation: of Unicode's classes, categories and the scripts Latin, Common, Greek, Cyrillic and Han are known, and groups
nest 200 deep. Of all scripts only the first two have characters that a topic name may have.
"""

from __future__ import annotations

from typing import NamedTuple

from kafkalite.model.limits import REGEX_DEPTH_MAX_COUNT

MAX_REPEAT = 1000
"""The highest count in `{n,m}`. Source: RE2."""

ALL = (1 << 128) - 1
_NO_LIMIT = -1

TEXT_BEGIN, TEXT_END, WORD_BOUNDARY, NO_WORD_BOUNDARY = "begin", "end", "boundary", "no boundary"


class InvalidRegex(ValueError):
    """The text is no regular expression of RE2; the message says what is wrong."""


class Characters(NamedTuple):
    """One character out of a set: bit n of `mask` is set for the character with code n."""

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
_SPACE = _of("\t\n\f\r ")
_GRAPH, _CONTROL = _range("!", "~"), _range("\0", "\x1f") | 1 << 127

_PERL = {"d": _DIGIT, "s": _SPACE, "w": WORD}
_POSIX = {
    "alnum": _ALPHA | _DIGIT,
    "alpha": _ALPHA,
    "ascii": ALL,
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
_SCRIPTS = {"Any": ALL, "Latin": _ALPHA, "Common": ALL & ~_ALPHA, "Greek": 0, "Cyrillic": 0, "Han": 0}
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


def parse_regex(text: str) -> Node:
    """Return the tree of a regular expression. Errors: InvalidRegex."""
    parser = _Parser(text)
    node = parser.parse_choice(0)
    if parser.position < len(text):
        raise InvalidRegex("regexp/syntax: internal error")  # RE2J's words for a parenthesis too many
    return node


class _Parser:
    """Reads from left to right; flags hold until the end of the group that sets them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0
        self.folds_case = False
        self.names: set[str] = set()

    # ---- structure -------------------------------------------------------------------------------------------------

    def parse_choice(self, depth: int) -> Node:
        """Read alternatives up to the end of the group around, or of the text."""
        if depth > REGEX_DEPTH_MAX_COUNT:
            raise InvalidRegex("expression nests too deeply")
        folds_case = self.folds_case
        choices = [self._parse_sequence(depth)]
        while self._peek() == "|":
            self.position += 1
            choices.append(self._parse_sequence(depth))
        self.folds_case = folds_case
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
        end = self.text.find("}", self.position)
        least, comma, most = self.text[self.position + 1 : end].partition(",")
        if end < 0 or not _is_number(least) or (most and not _is_number(most)):
            return None
        lowest = int(least)
        highest = lowest if not comma else int(most) if most else _NO_LIMIT
        if lowest > MAX_REPEAT or highest > MAX_REPEAT or 0 <= highest < lowest:
            raise InvalidRegex("invalid repeat count")
        self.position = end + 1
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
            return [Characters(ALL)]
        if character in "^$":
            return [Assertion(TEXT_BEGIN if character == "^" else TEXT_END)]
        return [self._literal(character)]

    def _parse_group(self, depth: int) -> list[Node]:
        self.position += 1
        outer = self.folds_case
        if self._peek() == "?":
            self.position += 1
            if self.text.startswith(("P<", "<"), self.position):
                self._take_name()
            elif self._take_flags():
                return []  # they hold for the rest of the group around
        node = self.parse_choice(depth + 1)
        self.folds_case = outer
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
        """Read `i`, `m`, `s`, `U`, set or unset; True where they stand alone, False where a group follows."""
        is_set, is_any_unset = True, False
        while True:
            flag = self._peek()
            self.position += 1
            if flag == "i":
                self.folds_case = is_set
            elif flag == "-" and is_set:
                is_set = False
                continue
            elif flag and flag in ":)":
                if not is_set and not is_any_unset:
                    raise InvalidRegex("invalid or unsupported Perl syntax")
                return flag == ")"
            elif flag not in ("m", "s", "U"):
                raise InvalidRegex("invalid or unsupported Perl syntax")
            is_any_unset = is_any_unset or not is_set

    # ---- characters ------------------------------------------------------------------------------------------------

    def _peek(self) -> str:
        return self.text[self.position : self.position + 1]

    def _literal(self, character: str) -> Characters:
        mask = 1 << ord(character) if ord(character) < 128 else 0
        return Characters(_fold(mask) if self.folds_case else mask)

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
            return ALL & ~mask if kind.isupper() else mask
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
        mask = _unicode_class(name.removeprefix("^"))
        if self.folds_case:
            mask = _fold(mask)
        return ALL & ~mask if is_negated else mask

    def _take_escaped_code(self) -> int:
        """Read one escaped character and return its code."""
        rest = self.text[self.position + 1 :]
        if not rest:
            raise InvalidRegex("trailing backslash at end of expression")
        kind = rest[0]
        if kind in "01234567":
            return self._take_octal(rest)
        if kind == "x":
            return self._take_hexadecimal(rest)
        self.position += 2
        if kind in _CONTROLS:
            return _CONTROLS[kind]
        if ord(kind) < 128 and not kind.isalnum():
            return ord(kind)
        raise InvalidRegex("invalid escape sequence")

    def _take_octal(self, rest: str) -> int:
        """Read one to three octal digits; a single one other than 0 would be a back reference."""
        length = 1
        while length < 3 and rest[length : length + 1] in tuple("01234567"):
            length += 1
        if rest[0] != "0" and length == 1:
            raise InvalidRegex("invalid escape sequence")
        self.position += 1 + length
        return int(rest[:length], 8)

    def _take_hexadecimal(self, rest: str) -> int:
        digits, length = rest[1:3], 3
        if rest[1:2] == "{":
            digits, closing, _ = rest[2:].partition("}")
            length = 3 + len(digits)
            if not closing:
                digits = ""
        elif len(digits) < 2:
            digits = ""
        try:
            code = int(digits, 16) if digits.isalnum() else -1
        except ValueError:
            code = -1
        if not 0 <= code <= 0x10FFFF:
            raise InvalidRegex("invalid escape sequence")
        self.position += 1 + length
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
        return ALL & ~mask if is_negated else mask

    def _take_class_member(self) -> int:
        if self.text.startswith("[:", self.position) and (end := self.text.find(":]", self.position)) >= 0:
            name = self.text[self.position + 2 : end]
            self.position = end + 2
            mask = _POSIX.get(name.removeprefix("^"))
            if mask is None:
                raise InvalidRegex("invalid character class range")
            return ALL & ~mask if name.startswith("^") else mask
        if self._peek() == "\\" and (named := self._take_named_class()) is not None:
            return named
        first = self._take_class_code()
        last = first
        if self._peek() == "-" and self.text[self.position + 1 : self.position + 2] not in ("]", ""):
            self.position += 1
            last = self._take_class_code()
        if last < first:
            raise InvalidRegex("invalid character class range")
        return (1 << min(last, 127) + 1) - (1 << first) if first < 128 else 0

    def _take_class_code(self) -> int:
        if self._peek() == "\\":
            return self._take_escaped_code()
        character = self._peek()
        if not character:
            raise InvalidRegex("missing closing ]")
        self.position += 1
        return ord(character)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 9 and (len(text) == 1 or text[0] != "0")


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
    from unicodedata import category

    wanted = categories.split()
    return sum(1 << code for code in range(128) if category(chr(code)) in wanted)
