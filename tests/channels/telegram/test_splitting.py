"""Long texts in several messages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.telegram.splitting import split, units

WORDS = st.text(st.one_of(st.characters(codec="utf-8"), st.sampled_from("ab .!?\n\t😀👍🏽\u200d\u0301é")), max_size=300)


@given(WORDS, st.integers(4, 40))
def test_pieces_fit_lose_nothing_and_cut_no_character_in_two(text, limit):
    pieces = split(text, limit)
    assert all(len(piece.encode("utf-16-le")) // 2 <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())
    if len(pieces) > 1:
        assert all(piece and piece == piece.strip() for piece in pieces)


@given(
    st.lists(st.text("abc ,", min_size=1, max_size=20).filter(lambda said: bool(said.strip())), min_size=1, max_size=30)
)
def test_where_every_sentence_fits_every_piece_ends_with_one(sentences):
    text = " ".join(f"{sentence.strip()}." for sentence in sentences)
    assert all(piece.endswith(".") for piece in split(text, 24))


@pytest.mark.parametrize(
    ("text", "limit", "pieces"),
    [
        ("", 10, [""]),
        ("  as it is  ", 20, ["  as it is  "]),
        ("One. Two. Three.", 10, ["One. Two.", "Three."]),
        ("One. Two. Three.", 9, ["One. Two.", "Three."]),
        ("One? Two three four", 12, ["One?", "Two three", "four"]),
        ('He said "no." Then he left.', 20, ['He said "no."', "Then he left."]),
        ("version 2.10 is out now", 15, ["version 2.10 is", "out now"]),
        ("यो राम्रो थियो। धन्यवाद।", 18, ["यो राम्रो थियो।", "धन्यवाद।"]),
        ("كيف كان؟ شكرا لك.", 12, ["كيف كان؟", "شكرا لك."]),
        ("first line\nsecond line", 15, ["first line", "second line"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("😀😀😀", 4, ["😀😀", "😀"]),
        ("a😀b", 2, ["a", "😀", "b"]),
        ("abce\u0301fg", 4, ["abc", "e\u0301fg"]),
        ("ab👍🏽", 5, ["ab", "👍🏽"]),
        ("ab👩\u200d👧", 6, ["ab", "👩\u200d👧"]),
    ],
)
def test_cuts_come_after_sentences_then_between_words_then_where_they_must(text, limit, pieces):
    assert split(text, limit) == pieces


def test_units_are_those_of_utf_16():
    assert units("a😀é") == 4
