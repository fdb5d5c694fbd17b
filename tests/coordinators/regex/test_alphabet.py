"""The numbers of characters that an expression tells apart."""

from __future__ import annotations

from kafkalite.coordinators.regex.alphabet import Alphabet


def test_ascii_keeps_its_codes_and_all_others_share_one_number() -> None:
    alphabet = Alphabet("[a-z]+")
    assert [alphabet.number(code) for code in (0, 65, 127, 128, 0x10FFFF)] == [0, 65, 127, 128, 128]
    assert alphabet.all_mask.bit_length() == 129


def test_what_is_mentioned_stands_between_what_is_not() -> None:
    alphabet = Alphabet(r"[\x{400}-\x{410}]\xb1\277")
    codes = (0x80, 0xB1, 0xB2, 0xBF, 0xC0, 0x400, 0x401, 0x410, 0x411)
    assert [alphabet.number(code) for code in codes] == sorted({alphabet.number(code) for code in codes})
    assert alphabet.number(0x411) < alphabet.all_mask.bit_length()


def test_the_other_case_of_a_letter_is_mentioned_too() -> None:
    alphabet = Alphabet("ü")
    assert alphabet.number(ord("Ü")) not in (alphabet.number(ord("Ü") - 1), alphabet.number(ord("Ü") + 1))


def test_very_many_letters_are_too_many() -> None:
    assert Alphabet("".join(map(chr, range(0x4E00, 0x5200)))).is_too_large
