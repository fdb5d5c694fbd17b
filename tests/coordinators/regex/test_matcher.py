"""Expressions in RE2's syntax, beside what RE2J 1.8 makes of them, with which Kafka 4.3 matches."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kafkalite.coordinators.regex.matcher import LinearRegex, resolve_regex
from kafkalite.coordinators.regex.syntax import InvalidRegex
from kafkalite.model.steps import Pace

_NAMES = (
    " a b A ab aa aaa aaaaab ba foo bar FOO Foo foo-1 foo-12 bar-7 foobar "
    "foo.bar foo_bar topic-12 topic-12.dlq z 9 _ - . x xfoo xxfoo k K 99 1234 12-34 a-z"
)
NAMES = _NAMES.split(" ")

MATCHES = [
    ("foo.*", "00000000010001101110000000000000000"),
    ("foo|bar", "00000000011000000000000000000000000"),
    ("^foo$", "00000000010000000000000000000000000"),
    ("(foo|bar)-\\d+", "00000000000001110000000000000000000"),
    ("[a-z]+", "01101111111000001000010000111100000"),
    ("[^a-z]+", "00010000000100000000001111000011110"),
    ("[[:alpha:]]+", "01111111111110001000010000111110000"),
    ("[[:^alpha:]]*", "10000000000000000000001111000001110"),
    ("\\w+", "01111111111110001010011100111111100"),
    ("\\W+", "00000000000000000000000011000000000"),
    ("(?i)FOO", "00000000010110000000000000000000000"),
    ("(?i:f)oo", "00000000010010000000000000000000000"),
    ("(?-i:foo)", "00000000010000000000000000000000000"),
    ("(?P<n>foo)", "00000000010000000000000000000000000"),
    ("(?<n>foo)", "00000000010000000000000000000000000"),
    ("a*?", "11000110000000000000000000000000000"),
    ("a+?b", "00001001000000000000000000000000000"),
    ("a??", "11000000000000000000000000000000000"),
    ("a{1000}", "00000000000000000000000000000000000"),
    ("(a{100}){11}", "00000000000000000000000000000000000"),
    ("(a{10}){100}", "00000000000000000000000000000000000"),
    ("a{,3}", "00000000000000000000000000000000000"),
    ("a{", "00000000000000000000000000000000000"),
    ("a{x}", "00000000000000000000000000000000000"),
    ("a{2", "00000000000000000000000000000000000"),
    ("a{02}", "00000000000000000000000000000000000"),
    ("|a", "11000000000000000000000000000000000"),
    ("a|", "11000000000000000000000000000000000"),
    ("()", "10000000000000000000000000000000000"),
    ("[]a]", "01000000000000000000000000000000000"),
    ("[^]a]", "00110000000000000000011111100110000"),
    ("[a-]", "01000000000000000000000010000000000"),
    ("[-a]", "01000000000000000000000010000000000"),
    ("[a-z-9]", "01100000000000000000011010100100000"),
    ("[\\d-z]", "00000000000000000000011010000000000"),
    ("[\\w.-]+", "01111111111111111111111111111111111"),
    ("\\z", "10000000000000000000000000000000000"),
    ("\\A", "10000000000000000000000000000000000"),
    ("\\Afoo\\z", "00000000010000000000000000000000000"),
    ("\\bfoo\\b", "00000000010000000000000000000000000"),
    ("\\Bfoo", "00000000000000000000000000000000000"),
    ("\\Qfoo.bar\\E", "00000000000000000100000000000000000"),
    ("\\Qfoo", "00000000010000000000000000000000000"),
    ("\\Q.\\E*", "10000000000000000000000001000000000"),
    ("\\Qab\\E+", "00001000000000000000000000000000000"),
    ("\\pL+", "01111111111110001000010000111110000"),
    ("\\p{Lu}+", "00010000000100000000000000000010000"),
    ("\\P{Lu}+", "01101111111001111111111111111101111"),
    ("\\p{^Lu}+", "01101111111001111111111111111101111"),
    ("\\pN", "00000000000000000000001000000000000"),
    ("\\p{Latin}+", "01111111111110001000010000111110000"),
    ("\\p{Greek}+", "00000000000000000000000000000000000"),
    ("\\x41", "00010000000000000000000000000000000"),
    ("\\x{41}", "00010000000000000000000000000000000"),
    ("\\x{66}oo", "00000000010000000000000000000000000"),
    ("\\101", "00010000000000000000000000000000000"),
    ("\\07", "00000000000000000000000000000000000"),
    ("\\012", "00000000000000000000000000000000000"),
    ("\\_", "00000000000000000000000100000000000"),
    ("\\.", "00000000000000000000000001000000000"),
    ("\\-", "00000000000000000000000010000000000"),
    (".", "01110000000000000000011111100110000"),
    (".*", "11111111111111111111111111111111111"),
    (".+", "01111111111111111111111111111111111"),
    ("...", "00000010011110000000000000000000001"),
    ("foo\\.bar", "00000000000000000100000000000000000"),
    ("(?i)[a-z]+", "01111111111110001000010000111110000"),
    ("(?i)[^f]oo", "00000000000000000000000000000000000"),
    ("(?s).*", "11111111111111111111111111111111111"),
    ("(?m)^foo$", "00000000010000000000000000000000000"),
    ("(?U)a+", "01000110000000000000000000000000000"),
    ("(?-i)foo", "00000000010000000000000000000000000"),
    ("(?)", "10000000000000000000000000000000000"),
    ("(?:)", "10000000000000000000000000000000000"),
    ("((foo))", "00000000010000000000000000000000000"),
    ("(((((a)))))", "01000000000000000000000000000000000"),
    ("(a|b|c)*", "11101111100000000000000000000000000"),
    ("(a*)*", "11000110000000000000000000000000000"),
    ("(a+)+b", "00001001000000000000000000000000000"),
    ("(a|aa)+", "01000110000000000000000000000000000"),
    ("^*", "10000000000000000000000000000000000"),
    ("^+foo", "00000000010000000000000000000000000"),
    ("$*", "10000000000000000000000000000000000"),
    ("(?:^)*foo", "00000000010000000000000000000000000"),
    ("foo$bar", "00000000000000000000000000000000000"),
    ("a^b", "00000000000000000000000000000000000"),
    ("é", "00000000000000000000000000000000000"),
    ("[é]", "00000000000000000000000000000000000"),
    ("[a-é]+", "01101111111000001000010000111100000"),
    ("\\d{2,4}", "00000000000000000000000000000001100"),
    ("x{0}", "10000000000000000000000000000000000"),
    ("x{0,0}foo", "00000000010000000000000000000000000"),
    ("x{0,2}foo", "00000000010000000000000000011000000"),
    ("(foo){0,1}bar", "00000000001000001000000000000000000"),
    ("topic-[0-9]{1,3}(\\.dlq)?", "00000000000000000001100000000000000"),
    ("[.]", "00000000000000000000000001000000000"),
    ("[\\]]", "00000000000000000000000000000000000"),
    ("[\\-]", "00000000000000000000000010000000000"),
    ("[a\\-z]+", "01000110000000000000010010000000001"),
    ("[\\\\]", "00000000000000000000000000000000000"),
    ("(?i)k", "00000000000000000000000000000110000"),
    ("(|a)*", "11000110000000000000000000000000000"),
    ("(?i)\\x66oo", "00000000010110000000000000000000000"),
    ("(?i)\\p{Lu}+", "01111111111110001000010000111110000"),
    ("[[:word:]]+", "01111111111110001010011100111111100"),
    ("[[:ascii:]]+", "01111111111111111111111111111111111"),
    ("[[:blank:]]", "00000000000000000000000000000000000"),
    ("[^\\W]+", "01111111111110001010011100111111100"),
    ("[\\pL\\d]+", "01111111111110001000011000111111100"),
    ("\\pL{2}", "00001100100000000000000000000000000"),
    ("\\d+-\\d+", "00000000000000000000000000000000010"),
]
"""(expression, for each of NAMES whether RE2J matches it as a whole)."""

MISTAKES = [
    ("(?<n>foo)(?<n>foo)", "duplicate capture group name"),
    ("(?=foo)", "invalid or unsupported Perl syntax"),
    ("(?!foo)", "invalid or unsupported Perl syntax"),
    ("(?<=foo)", "invalid named capture"),
    ("(?<!foo)", "invalid named capture"),
    ("(a)\\1", "invalid escape sequence"),
    ("a**", "invalid nested repetition operator"),
    ("a*+", "invalid nested repetition operator"),
    ("a{2}{3}", "invalid nested repetition operator"),
    ("a{2,1}", "invalid repeat count"),
    ("a{1001}", "invalid repeat count"),
    ("*a", "missing argument to repetition operator"),
    ("(*a)", "missing argument to repetition operator"),
    ("(", "missing closing )"),
    (")", "regexp/syntax: internal error"),
    ("a)", "regexp/syntax: internal error"),
    ("(a", "missing closing )"),
    ("[", "missing closing ]"),
    ("[a", "missing closing ]"),
    ("[]", "missing closing ]"),
    ("[z-a]", "invalid character class range"),
    ("[[:foo:]]", "invalid character class range"),
    ("[[:alpha:]", "missing closing ]"),
    ("\\", "trailing backslash at end of expression"),
    ("\\Z", "invalid escape sequence"),
    ("\\p{Foo}", "invalid character class range"),
    ("\\p{L", "invalid character class range"),
    ("\\pX", "invalid character class range"),
    ("\\x4", "invalid escape sequence"),
    ("\\x{", "invalid escape sequence"),
    ("\\x{110000}", "invalid escape sequence"),
    ("\\1", "invalid escape sequence"),
    ("\\8", "invalid escape sequence"),
    ("\\Cfoo", "invalid escape sequence"),
    ("\\y", "invalid escape sequence"),
    ("(?x)foo", "invalid or unsupported Perl syntax"),
    ("(?i-)", "invalid or unsupported Perl syntax"),
    ("(?i", "invalid or unsupported Perl syntax"),
    ("(?", "invalid or unsupported Perl syntax"),
    ("(?:foo", "missing closing )"),
    ("(?P<n", "invalid named capture"),
    ("(?P<>a)", "invalid named capture"),
    ("(?P<a-b>a)", "invalid named capture"),
    ("(?P=n)", "invalid or unsupported Perl syntax"),
    ("a|*", "missing argument to repetition operator"),
]
"""(expression, what RE2J says is wrong with it)."""


@pytest.mark.parametrize(("pattern", "expected"), MATCHES)
def test_matches_are_those_of_re2j(pattern: str, expected: str) -> None:
    regex = LinearRegex(pattern)
    assert "".join(str(int(regex.matches(name))) for name in NAMES) == expected


@pytest.mark.parametrize(("pattern", "message"), MISTAKES)
def test_mistakes_are_those_of_re2j(pattern: str, message: str) -> None:
    with pytest.raises(InvalidRegex, match=re.escape(message)):
        LinearRegex(pattern)


def test_topics_are_resolved() -> None:
    assert resolve_regex("orders-.*", ["orders-eu", "orders-us", "old-orders-eu"]) == {"orders-eu", "orders-us"}


@pytest.mark.parametrize("pattern", ["(a+)+b", "(a|aa)*b", "(a*)*b", "(.*)(.*)(.*)(.*)(.*)(.*)b", "(x?){200}x{200}"])
def test_no_expression_is_slow(pattern: str) -> None:
    regex = LinearRegex(pattern)
    for length in range(200, 249):  # with backtracking, the first of these would outlast any time limit
        assert not regex.matches("a" * length + "!")


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("ü.*", "übung", True),
        (".", "\n", False),
        ("(?s).", "\n", True),
        ("(?s:.).", "\n\n", False),
        ("[^a]", "\n", True),
        ("a$.b", "a\nb", False),
        ("(?ms)a$.^b", "a\nb", True),
        ("(?ms:a$).^b", "a\nb", False),
        ("[а-я]+", "ёж", False),  # ё is no letter of this range
        ("[а-я]+", "жук", True),
        ("[^а-я]", "ё", True),
        ("\\x{1F600}\\xe9", "\U0001f600é", True),
        ("\\351", "é", True),
        ("(?i)ÜBER", "über", True),
        ("\\W", "ü", True),
        ("\\w", "ü", False),
        ("\\p{Any}", "ü", True),
    ],
)
def test_all_characters_of_unicode_are_matched(pattern: str, text: str, expected: bool) -> None:
    assert LinearRegex(pattern).matches(text) is expected


@pytest.mark.parametrize("pattern", ["((((){1000}){1000}){1000}){1000}", "(a{0}){1000}" * 100, "a" * 32_768])
def test_an_expression_that_takes_long_to_compile_is_refused(pattern: str) -> None:
    with pytest.raises(InvalidRegex, match="expression too large"):
        LinearRegex(pattern)


def test_an_expression_of_too_many_letters_is_refused() -> None:
    with pytest.raises(InvalidRegex, match="expression too large"):
        LinearRegex("".join(map(chr, range(0x4E00, 0x4E00 + 1_001))))


def test_a_match_that_looks_at_many_states_is_made_in_steps() -> None:
    regex = LinearRegex("(?:(.?){1000}){5}x")
    steps = regex.match_steps("aa" * 50, Pace())
    assert sum(1 for _ in steps) >= 50


def test_an_expression_has_a_size() -> None:
    with pytest.raises(InvalidRegex, match="expression too large"):
        LinearRegex("(a{1000}){1000}")
    with pytest.raises(InvalidRegex, match="nests too deeply"):
        LinearRegex("(" * 5000)


PLAIN = st.recursive(
    st.sampled_from(["a", "b", "-", r"\.", ".", "[ab]", "[^a]", "[a-c]", r"\d", r"\w"]),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda pair: f"(?:{pair[0]}|{pair[1]})"),
        st.tuples(inner, st.sampled_from(["*", "+", "?", "{2}", "{1,2}"])).map(lambda pair: f"(?:{pair[0]}){pair[1]}"),
    ),
    max_leaves=6,
)


@given(PLAIN, st.text("abc-.1", max_size=6))
@settings(max_examples=150)
def test_what_both_syntaxes_have_means_the_same_as_in_python(pattern: str, text: str) -> None:
    assert LinearRegex(pattern).matches(text) == (re.fullmatch(pattern, text) is not None)


@given(st.text(max_size=12))
@settings(max_examples=150)
def test_any_text_is_an_expression_or_a_mistake(pattern: str) -> None:
    try:
        LinearRegex(pattern).matches("orders")
    except InvalidRegex as error:
        assert str(error)
