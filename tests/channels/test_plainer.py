"""What is offered in place of letters and signs that plain SMS cannot carry, and what is said of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.text import Change, measure, outside_gsm7, to_gsm7
from surveys.gsm7 import is_plain
from surveys.letters import to_plain_letters

REPLACED = [
    ("Łukasz", "Lukasz"),
    ("It’s “fine” – isn’t it…", "It's \"fine\" - isn't it..."),
    ("one — two ‒ three ‐ four − five", "one - two - three - four - five"),
    ("a\u00a0b\u202fc\u2009d\u3000e", "a b c d e"),
    ("a\tb", "a b"),
    ("one\u2028two\x85three\u2029four\vfive", "one\ntwo\nthree\nfour\nfive"),
    ("Siân, Ŵyn, Zoë, İpek, Çağla, François", "Sian, Wyn, Zoe, Ipek, Çagla, Francois"),
    ("Ångström, Müller, Señor, René, Ægir, ß", "Ångström, Müller, Señor, René, Ægir, ß"),
    ("René", "René"),  # in two code points
    ("Đặng Œuvre œuf ıßẞ Þór", "Dang Oeuvre oeuf ißSS Thór".replace("ó", "o")),
    ("a\u200bb\ufeffc\u00add\u200ee", "abcde"),
    ("ﬁne №4 ™ ！", "fine No4 TM !"),
    ("`quoted´", "'quoted'"),
    ("• one · two", "- one - two"),
    ("２ × ３", "2 x 3"),
]

KEPT = [
    ("“hello” 😀", ("😀",)),
    ("Łukasz ♥ Привет", ("♥", "П", "р", "и", "в", "е", "т")),
    ("👨‍👩‍👧 👍🏽 🏴󠁧󠁢󠁷󠁬󠁳󠁿", ("👨‍👩‍👧", "👍🏽", "🏴󠁧󠁢󠁷󠁬󠁳󠁿")),
    ("5½ m², step ①", ("½", "²", "①")),
    ("a ≠ b", ("≠",)),
    ("1️⃣", ("1️⃣",)),
    ("नमस्ते", ("न", "म", "स्", "ते")),
    ("μ°", ("μ", "°")),
    ("\0", ("\0",)),
]


@pytest.mark.parametrize(("text", "plainer"), REPLACED)
def test_what_people_take_for_the_same_is_replaced_and_the_text_is_plain(text, plainer):
    offered = to_gsm7(text)
    assert offered.text == plainer
    assert offered.left == ()
    assert measure(offered.text).encoding == "gsm7"


@pytest.mark.parametrize(("text", "left"), KEPT)
def test_while_something_is_left_that_plain_sms_cannot_carry_nothing_is_replaced(text, left):
    offered = to_gsm7(text)
    assert (offered.text, offered.changes, offered.left) == (text, (), left)


def test_every_change_is_told_once_with_how_often_it_was_made():
    assert to_gsm7("Łukasz’s and Łucja’s – \u200bok").changes == (
        Change("Ł", "L", 2),
        Change("’", "'", 2),
        Change("–", "-", 1),
        Change("\u200b", "", 1),
    )


def test_replacements_that_would_take_more_parts_are_not_offered():
    text = "…" * 70
    assert measure(text).parts == 1
    assert to_gsm7(text).text == text
    assert to_gsm7(text).left == ("…",)


@given(st.text(max_size=400) | st.text(alphabet="aé’“”…–Łąß \u00a0½ж😀\u200d\u0301\r\n€", max_size=400))
def test_an_offer_costs_no_more_is_the_same_when_made_again_and_adds_up(text):
    offered = to_gsm7(text)
    assert measure(offered.text).parts <= measure(text).parts
    assert to_gsm7(offered.text).text == offered.text
    assert (offered.text == text) == (not offered.changes)
    assert bool(offered.left) == bool(outside_gsm7(offered.text))


@given(st.text(alphabet="abcÄÖÑÜ§äöñüàèéùìòÇ€[]{}~^|\\\n\r @£_", max_size=300))
def test_what_plain_sms_carries_is_left_alone(text):
    offered = to_gsm7(text)
    assert (offered.text, offered.changes, offered.left) == (text, (), ())


@given(st.text(alphabet="abcé€ ’–…Łą", max_size=200))
def test_only_the_characters_that_are_told_are_changed(text):
    offered = to_gsm7(text)
    expected = text
    for change in offered.changes:
        assert text.count(change.character) == change.times
        expected = expected.replace(change.character, change.replacement)
    assert offered.text == expected


def test_surveys_and_channels_which_may_not_import_each_other_mean_the_same_by_plain():
    letters = [chr(code) for code in range(0x2400)]
    assert [c for c in letters if is_plain(c) == bool(outside_gsm7(c))] == []
    latin = [chr(code) for code in range(0x250) if chr(code).isalpha() and not to_gsm7(chr(code)).left]
    assert len(latin) > 250
    assert [c for c in latin if to_plain_letters(c) not in {to_gsm7(c).text, ""}] == []
