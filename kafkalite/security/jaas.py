"""Parser of the value of ``sasl.jaas.config``: one login module with its options.

    org.apache.kafka.common.security.plain.PlainLoginModule required user_alice="secret" user_bob="other";

The lexical rules are those of Java's StreamTokenizer as Kafka configures it: a word has letters, digits and ``._-$``; a
value with other characters is in quotation marks, with Java's escapes; ``//`` and ``/* */`` are comments.

Source: org.apache.kafka.common.security.JaasConfig, JaasContext (exactly one module), java.io.StreamTokenizer.
"""

from __future__ import annotations

from typing import NamedTuple

CONTROL_FLAGS = ("required", "requisite", "sufficient", "optional")
USER_PREFIX = "user_"
"""An option ``user_NAME`` of the PLAIN module is the password of the user NAME."""

_WORD_PUNCTUATION = "._-$"
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "a": "\a", "v": "\v"}
_OCTAL_DIGITS = "01234567"
_SPACE = " \t\r\n\f\v"


class JaasProblem(ValueError):
    """The text is not a login configuration. The message quotes nothing of the text, since it holds passwords."""


class LoginModule(NamedTuple):
    """One entry: the module's class name, its control flag in lower case, and its options."""

    name: str
    flag: str
    options: dict[str, str]

    @property
    def passwords(self) -> dict[str, str]:
        """User -> password, of the options ``user_NAME``."""
        length = len(USER_PREFIX)
        return {name[length:]: text for name, text in self.options.items() if name.startswith(USER_PREFIX)}


class _Token(NamedTuple):
    """A word or a quoted text (``is_text``), or one character of punctuation; "" is the end."""

    text: str
    is_text: bool


_END = _Token("", is_text=False)


def parse_jaas(text: str) -> LoginModule:
    """Return the one login module that ``text`` describes.

    Raises:
        JaasProblem: the text is malformed.
    """
    tokens = _Tokens(text)
    name = tokens.next()
    if not name.is_text:
        raise JaasProblem("there is no login module")
    flag = tokens.next().text.lower()
    if flag not in CONTROL_FLAGS:
        raise JaasProblem(f"the login module is not followed by one of {', '.join(CONTROL_FLAGS)}")
    module = LoginModule(name.text, flag, _parse_options(tokens))
    if tokens.next() != _END:
        raise JaasProblem("there is more than one login module")
    return module


def _parse_options(tokens: _Tokens) -> dict[str, str]:
    options: dict[str, str] = {}
    while (key := tokens.next()) != _Token(";", is_text=False):
        if key == _END:
            raise JaasProblem("there is no semicolon at the end")
        if not key.is_text:
            raise JaasProblem("expected an option, found punctuation")
        equals, value = tokens.next(), tokens.next()
        if equals != _Token("=", is_text=False) or not value.is_text:
            raise JaasProblem('an option has no value: NAME="VALUE" is expected')
        options[key.text] = value.text
    return options


class _Tokens:
    """The words of a text, one after the other."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._position = 0

    def next(self) -> _Token:
        """Return the next token; after the last one, always the end."""
        self._skip_space()
        text, start = self._text, self._position
        if start == len(text):
            return _END
        char = text[start]
        if char in "\"'":
            return _Token(self._quoted(char), is_text=True)
        end = start
        while end < len(text) and _is_word(text[end]):
            end += 1
        self._position = max(end, start + 1)
        # A token that begins like a number is not a word for Java's tokenizer.
        is_word = end > start and not (char.isdigit() or char == ".")
        return _Token(text[start : self._position], is_text=is_word)

    def _skip_space(self) -> None:
        text = self._text
        while self._position < len(text):
            if text[self._position] in _SPACE:
                self._position += 1
            elif text.startswith("/*", self._position):
                end = text.find("*/", self._position + 2)
                self._position = len(text) if end < 0 else end + 2
            elif text[self._position] == "/":  # one slash alone begins a comment, too
                end = text.find("\n", self._position)
                self._position = len(text) if end < 0 else end
            else:
                return

    def _quoted(self, quote: str) -> str:
        text, found = self._text, []
        position = self._position + 1
        while position < len(text) and text[position] not in (quote, "\n", "\r"):
            if text[position] == "\\" and position + 1 < len(text):
                char, position = _unescape(text, position + 1)
            else:
                char, position = text[position], position + 1
            found.append(char)
        if position == len(text) or text[position] != quote:
            raise JaasProblem("a quotation mark is not closed")
        self._position = position + 1
        return "".join(found)


def _is_word(char: str) -> bool:
    return char.isalnum() or char in _WORD_PUNCTUATION or ord(char) >= 0xA0


def _unescape(text: str, position: int) -> tuple[str, int]:
    """Return the character of the escape after a backslash, and the position after it."""
    end = position
    longest = 3 if text[position] in "0123" else 2
    while end < len(text) and end - position < longest and text[end] in _OCTAL_DIGITS:
        end += 1
    if end > position:
        return chr(int(text[position:end], 8)), end
    return _ESCAPES.get(text[position], text[position]), position + 1
