"""What replies mean, one line a case, near misses beside what they nearly are."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.catalogue import load
from surveys.questions import Question
from surveys.replies import Answer, Unclear, parse_reply, settle_two_numbers

CATALOGUE = load()
REVIEW = CATALOGUE.get("parent_review")
CLOSURE = CATALOGUE.get("parent_closure")

SCALE = REVIEW.question("q1")
CHANGE = REVIEW.question("q2")  # 1 Better, 2 Stayed the same, 3 Worse, 4 Mixed
PLAN = REVIEW.question("q4")  # 1 A lot, 2 Some, 3 Not at all, 4 Haven't seen a plan
JOINED_UP = REVIEW.question("q5")  # 1 Yes, 2 Partly, 3 No, 4 No one else
FREE = REVIEW.question("q6")
SHARE = REVIEW.question("q8")  # 1 Yes, 2 Manager only
OVERALL = CLOSURE.question("q1")  # 1 Very good, 2 Good, 3 OK, 4 Poor, 5 Very poor
KNOW_WHERE = CLOSURE.question("q7")  # 1 Yes, 2 Not sure, 3 No

EVERY_QUESTION = [question for survey in CATALOGUE.latest() for question in survey.questions]
SKIPPED = Answer(None, None, ("skipped",))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("4", 4), (" 4 ", 4), ("4.", 4), ("4)", 4), ("(4)", 4), ("4!!", 4), ("“4”", 4), ("'4'", 4), ("*4*", 4),
        ("four", 4), ("Four.", 4), ("zero", 0), ("0", 0), ("10", 10), ("ten", 10), ("option 4", 4), ("its a 6 tbh", 6),
        ("8ish", 8), ("8 ish", 8), ("8-ish", 8), ("about 8", 8), ("i'd say 8", 8), ("a solid 8", 8), ("maybe 8", 8),
        ("10/10", 10), ("3/10", 3), ("ten out of ten", 10), ("8 out of 10", 8), ("full marks", 10), ("💯", 10),
        ("7.5", 7), ("7½", 7), ("4️⃣", 4), ("🔟", 10), ("４", 4), ("٤", 4), ("४", 4), ("8 😊", 8), ("8x", 8), ("8 please", 8),
    ],
)  # fmt: skip
def test_a_number_however_written_answers_a_scale(text: str, value: int):
    assert parse_reply(SCALE, text) == Answer(value)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("7 or 8", "two_numbers"), ("7-8", "two_numbers"), ("7 8", "two_numbers"), ("between 7 and 8", "two_numbers"),
        ("maybe 7 or 8", "two_numbers"), ("10 lol jk 2", "two_numbers"), ("8, no wait 3", "two_numbers"),
        ("11", "out_of_range"), ("100", "out_of_range"), ("999", "out_of_range"), ("12 out of 10", "out_of_range"),
        ("100%", "not_a_number"), ("5%", "not_a_number"), ("07700 900123", "not_a_number"), ("07700900123", "not_a_number"),
        ("7:30", "not_a_number"), ("7.30", "not_a_number"), ("7pm", "not_a_number"), ("3/4/24", "not_a_number"),
        ("10/10/2024", "not_a_number"), ("2moro", "not_a_number"), ("4th", "not_a_number"), ("5£", "not_a_number"),
        ("0 problems", "a_count"), ("2 kids", "a_count"), ("9 years old", "a_count"), ("1 hour late", "a_count"),
        ("8 pm", "a_count"), ("3 or 4 times a week", "a_count"), ("5 a day", "a_count"), ("two faced", "a_count"),
        ("0 help", "a_count"), ("2 much", "a_count"), ("4 me it was fine", "a_count"), ("5 quid", "a_count"),
        ("someone", "not_an_answer"), ("+447700900123", "not_an_answer"), ("£5", "not_an_answer"), ("-1", "not_an_answer"),
        ("im 15", "not_an_answer"), ("hes 9", "not_an_answer"), ("call 999", "not_an_answer"), ("👍", "not_an_answer"),
        ("yes", "not_an_answer"), ("at 4", "not_an_answer"), ("b", "not_an_answer"), ("😭", "not_an_answer"),
        ("Liked “0 = really hard, 10 = really good”", "reaction"), ("👍 to “Text a number from 0 to 10”", "reaction"),
        ("Reacted 😂 to “4”", "reaction"), ('Removed a like from "4"', "reaction"), ("Emphasised “4”", "reaction"),
        ("", "blank"), ("  \n ", "blank"), ("\u200b\ufe0f", "blank"),
    ],
)  # fmt: skip
def test_what_is_not_surely_a_number_is_unclear_on_a_scale(text: str, reason: str):
    assert parse_reply(SCALE, text) == Unclear(reason)


@pytest.mark.parametrize(
    ("question", "text", "value"),
    [
        (CHANGE, "3", 3), (CHANGE, "c", 3), (CHANGE, "C)", 3), (CHANGE, "option 3", 3), (CHANGE, "3 - Worse", 3),
        (CHANGE, "3 worse", 3), (CHANGE, "3️⃣", 3), (CHANGE, "WORSE!", 3), (CHANGE, "three", 3), (CHANGE, "better thanks", 1),
        (CHANGE, "same", 2), (CHANGE, "about the same", 2), (CHANGE, "stayed", 2), (CHANGE, "a", 1),
        (PLAN, "a lot", 1), (PLAN, "not at all", 3), (PLAN, "havent seen a plan", 4), (PLAN, "Haven’t seen", 4),
        (PLAN, "4 haven't seen a plan", 4), (OVERALL, "ok", 3), (OVERALL, "very good", 1), (OVERALL, "good", 2),
        (JOINED_UP, "yes", 1), (JOINED_UP, "yh", 1), (JOINED_UP, "Of course!", 1), (JOINED_UP, "👍", 1),
        (JOINED_UP, "👍🏽", 1), (JOINED_UP, "tak", 1), (JOINED_UP, "no", 3), (JOINED_UP, "NO NO NO", 3), (JOINED_UP, "👎", 3),
        (JOINED_UP, "no one else", 4), (JOINED_UP, "no one", 4), (SHARE, "yes please", 1), (SHARE, "manager", 2),
        (KNOW_WHERE, "idk", 2), (KNOW_WHERE, "🤷‍♀️", 2), (KNOW_WHERE, "don’t know", 2), (KNOW_WHERE, "k", 2), (KNOW_WHERE, ".", 2),
    ],
)  # fmt: skip
def test_an_option_by_number_letter_or_words_answers_a_choice(question: Question, text: str, value: int):
    assert parse_reply(question, text) == Answer(value)


@pytest.mark.parametrize(
    ("question", "text", "reason"),
    [
        (CHANGE, "0", "out_of_range"), (CHANGE, "5", "out_of_range"), (CHANGE, "e", "out_of_range"),
        (CHANGE, "10/10", "not_a_number"), (CHANGE, "1 or 2", "two_numbers"), (CHANGE, "1 worse", "two_answers"),
        (CHANGE, "better and worse", "two_answers"), (CHANGE, "yes", "not_an_answer"), (CHANGE, "👍", "not_an_answer"),
        (CHANGE, "not good", "not_an_answer"), (CHANGE, "better than nothing", "not_an_answer"), (CHANGE, "1 kid", "a_count"),
        (CHANGE, "better not say", "not_an_answer"), (CHANGE, "07700 900123", "not_a_number"), (CHANGE, "a bit", "not_an_answer"),
        (PLAN, "not", "not_an_answer"), (PLAN, "seen a plan", "not_an_answer"), (PLAN, "hard to say", "not_an_answer"),
        (JOINED_UP, "1 no", "two_answers"), (JOINED_UP, "yes and no", "two_answers"), (JOINED_UP, "yeah, right", "two_answers"),
        (JOINED_UP, "yeah right", "not_an_answer"), (JOINED_UP, "no one listens", "not_an_answer"), (SHARE, "no", "not_an_answer"),
        (JOINED_UP, "Liked “1 Yes, 2 Partly”", "reaction"), (JOINED_UP, "han solo", "not_an_answer"),
        (OVERALL, "very", "not_an_answer"), (OVERALL, "not very good", "not_an_answer"),
    ],
)  # fmt: skip
def test_what_is_not_surely_an_option_is_unclear_on_a_choice(question: Question, text: str, reason: str):
    assert parse_reply(question, text) == Unclear(reason)


@pytest.mark.parametrize(
    ("question", "text", "value"),
    [
        (SCALE, "2 he hit me", 2), (SCALE, "2 he hit me 3 times", 2), (SCALE, "0 he hit me", 0), (SCALE, "five he hit me", 5),
        (SCALE, "8/10 she is great", 8), (SCALE, "3 struggling", 3), (SCALE, "2. kids are scared", 2),
        (SCALE, "4\nhe hit me", 4), (SCALE, "5 my number is 07700 900123", 5), (SCALE, "1 and for the other one 8", 1),
        (JOINED_UP, "yes but he hit me", 1), (JOINED_UP, "no he hit me", 3), (JOINED_UP, "No. Nobody talks", 3),
        (JOINED_UP, "2 he hit me", 2), (JOINED_UP, "b) he hit me", 2), (JOINED_UP, "partly, school is slow", 2),
        (CHANGE, "worse since he left", 3), (CHANGE, "stayed the same but quieter", 2), (CHANGE, "4 it depends", 4),
    ],
)  # fmt: skip
def test_an_answer_with_words_after_it_is_kept_with_every_word(question: Question, text: str, value: int):
    assert parse_reply(question, text) == Answer(value, text)


@pytest.mark.parametrize("question", [SCALE, CHANGE, FREE], ids=["scale", "choice", "text"])
@pytest.mark.parametrize(
    "text", ["SKIP", "skip", "pass", "n/a", "no comment", "don’t want to say", "rather not", "skip please"]
)
def test_any_question_can_be_skipped(question: Question, text: str):
    assert parse_reply(question, text) == SKIPPED


@pytest.mark.parametrize("text", ["idk", "dunno", "not sure", "no idea", "🤷", "k", "."])
def test_not_knowing_skips_a_closed_question_and_is_no_comment_on_a_free_one(text: str):
    assert parse_reply(SCALE, text) == parse_reply(CHANGE, text) == SKIPPED
    assert parse_reply(FREE, text) == Answer(None, None, ("no_comment",))


@pytest.mark.parametrize("text", ["2", "no", "nothing", "  Sam listens \n", "👍", "прекрасно", "yes but he hit me"])
def test_free_text_is_kept_word_for_word(text: str):
    assert parse_reply(FREE, text) == Answer(None, text)


def test_a_blank_reply_is_unclear_on_free_text_too():
    assert parse_reply(FREE, " ") == Unclear("blank")


@pytest.mark.parametrize(
    ("text", "value"), [("7 or 8", 7), ("8 or 7", 7), ("10 lol jk 2", 2), ("2 no wait 9", 9), ("between 7 and 8", 7)]
)
def test_two_numbers_settle_on_the_lower_or_on_the_correction(text: str, value: int):
    assert settle_two_numbers(SCALE, text) == Answer(value, text, ("two_numbers",))


@pytest.mark.parametrize(("question", "text"), [(SCALE, "7"), (SCALE, "blue"), (CHANGE, "1 or 2"), (FREE, "1 or 2")])
def test_nothing_is_settled_where_a_scale_did_not_get_two_numbers(question: Question, text: str):
    assert settle_two_numbers(question, text) is None


NASTY = st.one_of(
    st.text(max_size=300),
    st.lists(
        st.sampled_from(["1", "8", "07700", " or ", " ", "yes", "no", ".", "/", ":", "ten", "ish", "“", "👍", "\ufe0f", "½", "but", "jk"]),
        max_size=30,
    ).map("".join),
)  # fmt: skip


@settings(deadline=None)
@given(text=NASTY, question=st.sampled_from(EVERY_QUESTION))
def test_every_reply_is_an_answer_or_unclear_and_within_the_options(text: str, question: Question):
    found = parse_reply(question, text)
    assert isinstance(found, Answer | Unclear)
    if isinstance(found, Answer) and found.value is not None:
        assert found.value in (range(11) if question.type == "scale" else [o.v for o in question.options])
    if isinstance(found, Answer) and found.comment is not None:
        assert found.comment == text


@pytest.mark.parametrize(
    "piece",
    ["a ", "1", " ", "\n", "1 or ", "yes but ", "(\"'", "wait ", "please thanks ", "👍", "option ", "x", "/", "stop "],
)
def test_a_very_long_reply_is_read_in_good_time(piece: str):
    began = time.perf_counter()
    for question in (SCALE, JOINED_UP, FREE):
        parse_reply(question, piece * 20_000)
        parse_reply(question, f"1 {piece * 20_000}!")
    assert time.perf_counter() - began < 10
