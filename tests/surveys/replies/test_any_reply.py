"""What holds of every reply to every question, and that none of them takes long to read."""

from __future__ import annotations

import re
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.replies import LONG, LONG_PIECES, long_replies, questions
from surveys.hearing.said import HEAD
from surveys.questions import HAS_RANGE, Question
from surveys.replies import Answer, Unclear, parse_reply, settle_two_numbers
from tests.surveys.replies.asked import CATALOGUE, CHANGE, EVERY_TYPE, FREE, RESPECT, SCALE

EVERY_QUESTION = [*EVERY_TYPE, *(question for survey in CATALOGUE.latest() for question in survey.questions)]
PIECES = (
    *(
        "1",
        "8",
        "07700",
        " or ",
        " ",
        "yes",
        "no",
        ".",
        "/",
        ":",
        "ten",
        "ish",
        "“",
        "”",
        "👍",
        "\ufe0f",
        "½",
        "but",
        "jk",
    ),
    *(
        "\n",
        "\x00",
        "\u2028",
        "\u202e",
        "६",
        "۴",
        "छ",
        "ै",
        "å",
        "İ",
        "ß",
        "a",
        " and ",
        ",",
        "it was ",
        "liked ",
        "removed a ",
    ),
    *("home", "better", "not ", "oct ", "2026", "-", "%", "£", "🤷", "i would say ", "mostly", "!", "(", "'", "\ue000"),
)
NASTY = st.one_of(st.text(max_size=300), st.lists(st.sampled_from(PIECES), max_size=30).map("".join))


def fits(question: Question, value: object) -> bool:
    options = {option.v for option in question.options}
    if question.type in HAS_RANGE:
        return value in range(question.lowest, question.highest + 1)
    if question.type == "choices":
        return isinstance(value, tuple) and bool(value) and list(value) == sorted(set(value)) and set(value) <= options
    if question.type == "date":
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    return value in options


@settings(deadline=None, max_examples=400)
@given(text=NASTY, question=st.sampled_from(EVERY_QUESTION))
def test_every_reply_is_an_answer_that_fits_or_unclear_and_no_word_of_a_comment_is_lost(text: str, question: Question):
    found = parse_reply(question, text)
    assert isinstance(found, Answer | Unclear)
    if isinstance(found, Answer):
        assert found.comment in {None, text}
        assert found.value is None or fits(question, found.value)
        assert found.value is not None or found.comment is not None or {"skipped", "no_comment"} & set(found.flags)


@settings(deadline=None)
@given(text=NASTY, question=st.sampled_from(EVERY_QUESTION))
def test_the_same_reply_always_means_the_same(text: str, question: Question):
    assert parse_reply(question, text) == parse_reply(question.model_copy(), text)


@settings(deadline=None)
@given(text=NASTY, question=st.sampled_from(EVERY_QUESTION))
def test_only_two_numbers_are_settled_and_within_the_range(text: str, question: Question):
    settled = settle_two_numbers(question, text)
    if settled is not None:
        assert parse_reply(question, text) == Unclear("two_numbers")
        assert fits(question, settled.value)


DIGITS_OF_OTHER_THINGS = st.one_of(
    st.from_regex(r"0[0-9]{10}|07[0-9]{3} [0-9]{6}|\+44 7[0-9]{3} [0-9]{6}", fullmatch=True),
    st.from_regex(r"([01]?[0-9]|2[0-3]):[0-5][0-9]|1?[0-9] ?[ap]m|at 1?[0-9]", fullmatch=True),
    st.from_regex(r"£[0-9]{1,3}(\.[0-9]{2})?|[0-9]{1,2} ?quid|[0-9]{1,2}p|[0-9] pounds", fullmatch=True),
    st.from_regex(r"(im|hes|shes|i'm) 1?[0-9]|[0-9] years old|[0-9] yrs?|[1-9]th|1st|2nd|3rd", fullmatch=True),
    st.from_regex(r"[0-3]?[0-9]/[01]?[0-9]/20[0-9]{2}|20[0-9]{2}-0[1-9]-[0-3][0-9]", fullmatch=True),
)
CLOSED_WITH_DIGITS = [question for question in EVERY_QUESTION if question.type not in {"text", "date"}]


@settings(deadline=None, max_examples=300)
@given(text=DIGITS_OF_OTHER_THINGS, question=st.sampled_from(CLOSED_WITH_DIGITS))
def test_no_digit_is_taken_out_of_a_phone_number_time_price_age_or_date(text: str, question: Question):
    assert isinstance(parse_reply(question, text), Unclear)


@pytest.mark.parametrize("filler", ["she listened to us. ", "no ", "8 ", "x", "!", "  ", "\n", "😀", "ש "])
def test_an_answer_before_words_of_any_length_is_kept_with_all_of_them(filler: str):
    text = f"8 and {filler * LONG}"[:LONG]
    assert parse_reply(SCALE, text) == Answer(8, text)
    assert parse_reply(FREE, text) == Answer(None, text)


def test_what_stands_beyond_the_head_of_a_reply_is_never_lost_and_never_the_answer():
    for beginning in ("8", "better", "yes", "skip", "idk", "."):
        text = f"{beginning}{'!' * HEAD} he hit me"
        for question in (SCALE, CHANGE, RESPECT, FREE):
            found = parse_reply(question, text)
            assert isinstance(found, Unclear) or found.comment == text


def test_a_long_blank_before_an_answer_does_not_hide_it():
    assert parse_reply(SCALE, " " * LONG + "\u200b" * LONG + "8") == Answer(8)


@pytest.mark.parametrize("piece", LONG_PIECES, ids=repr)
def test_a_reply_ten_times_as_long_as_any_is_read_in_good_time(piece: str):
    began = time.perf_counter()
    for question in (*questions(), *EVERY_TYPE):
        for text in (piece * 16_000, f"1 {piece * 16_000}!", f"yes {piece * 16_000}"):
            parse_reply(question, text[:16_000])
    assert time.perf_counter() - began < 10


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(PIECES + LONG_PIECES), min_size=1, max_size=4).map("".join))
def test_no_mixture_of_pieces_runs_away(piece: str):
    began = time.perf_counter()
    for question in EVERY_TYPE:
        parse_reply(question, (piece * 16_000)[:16_000])
    assert time.perf_counter() - began < 10


def test_the_bench_reads_every_type_of_question_with_replies_of_the_longest_kind():
    assert {question.type for question in questions()} == {
        "choice",
        "choices",
        "yes_no",
        "scale",
        "number",
        "date",
        "text",
    }
    assert all(len(text) == LONG or re.fullmatch(r"\s*", text) for text in long_replies())
