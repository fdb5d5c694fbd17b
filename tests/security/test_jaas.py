"""JAAS lines: what Java's tokenizer takes for a word, a value, an end."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kafkalite.security.jaas import JaasProblem, parse_jaas

PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule"

WORDS = st.text("abcXYZ019._-$", min_size=1).filter(lambda text: not (text[0].isdigit() or text[0] in ".-"))
VALUES = st.text(st.characters(min_codepoint=1, max_codepoint=0x17F))


def quoted(text: str) -> str:
    """Return a value as a person would have to write it."""
    escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"}
    return '"' + "".join(escapes.get(char, char) for char in text) + '"'


def test_a_module_with_users() -> None:
    module = parse_jaas(f'{PLAIN} required\n  username="admin" password="a b" user_alice="s3cret;" user_bob=other;')
    assert (module.name, module.flag) == (PLAIN, "required")
    assert module.options["username"] == "admin"
    assert module.passwords == {"alice": "s3cret;", "bob": "other"}


def test_a_module_without_options_and_another_flag() -> None:
    assert parse_jaas("X OPTIONAL;") == ("X", "optional", {})


def test_comments_and_both_quotation_marks() -> None:
    text = """X required // user_a="1"
      /* user_b="2" */ user_c='say "hi"' user_d="it's";"""
    assert parse_jaas(text).passwords == {"c": 'say "hi"', "d": "it's"}


@pytest.mark.parametrize(
    ("written", "meant"),
    [(r"\"", '"'), (r"\\", "\\"), (r"\n\t", "\n\t"), (r"\101\60", "A0"), (r"\479", "'9"), (r"\q", "q")],
)
def test_escapes(written: str, meant: str) -> None:
    assert parse_jaas(f'X required k="{written}";').options == {"k": meant}


@given(st.dictionaries(WORDS, VALUES, max_size=4))
@settings(max_examples=60)
def test_every_value_can_be_written(options: dict[str, str]) -> None:
    text = " ".join(f"{key} = {quoted(value)}" for key, value in options.items())
    assert parse_jaas(f"{PLAIN} required {text};").options == options


@given(st.text(" \n\"'\\;=/*ab_", max_size=40))
@settings(max_examples=150)
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        parse_jaas(text)
    except JaasProblem:
        pass


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no login module"),
        ("   // nothing", "no login module"),
        ("X", "not followed by one of required"),
        ("X sometimes;", "not followed by one of required"),
        ("X required", "no semicolon"),
        ('X required user_a="1"', "no semicolon"),
        ("X required user_a;", "no value"),
        ("X required user_a=;", "no value"),
        ("X required user_a=12;", "no value"),
        ('X required user_a="secret;', "not closed"),
        ('X required user_a="sec\nret";', "not closed"),
        ("X required =;", "expected an option"),
        ("X required; Y required;", "more than one"),
    ],
)
def test_what_is_refused_without_quoting_it(text: str, words: str) -> None:
    with pytest.raises(JaasProblem, match=words) as caught:
        parse_jaas(text)
    assert "secret" not in str(caught.value)
