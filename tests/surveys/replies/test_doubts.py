"""Replies that begin like an answer and are none: stars, two answers in one breath, counted things, times and days."""

from __future__ import annotations

import pytest

from surveys.questions import Question
from surveys.replies import Answer, Unclear, parse_reply, settle_two_numbers
from tests.surveys.replies.asked import (
    AGREE,
    CHANGE,
    HELPED,
    JOINED_UP,
    ONE_TO_FIVE,
    OVERALL,
    RESPECT,
    SCALE,
    SHARE,
    YES_NO,
    ask,
)


@pytest.mark.parametrize(
    "question", [OVERALL, AGREE, SCALE, ONE_TO_FIVE, HELPED], ids=["good", "agree", "0-10", "1-5", "several"]
)
@pytest.mark.parametrize(
    "text", ["5 star", "5*", "5 *****", "5 stars", "5-star", "5stars", "1 star", "1*", "5 ⭐", "3 ⭐⭐⭐", "4 star service", "5 stars she was great"]
)  # fmt: skip
def test_stars_are_praise_and_no_option_or_number(question: Question, text: str):
    assert isinstance(parse_reply(question, text), Unclear)


@pytest.mark.parametrize(
    ("question", "text", "found"),
    [
        (OVERALL, "5/5", Unclear("not_a_number")), (OVERALL, "8/8", Unclear("not_a_number")), (SCALE, "5/5", Unclear("not_a_number")),
        (SCALE, "8/8", Unclear("not_a_number")), (SCALE, "5/10", Answer(5)), (ONE_TO_FIVE, "5/5", Answer(5)), (SCALE, "8, 8", Answer(8)),
        (OVERALL, "*4*", Answer(4)), (SCALE, "**4**", Answer(4)), (SCALE, "5 starting to trust her", Answer(5, "5 starting to trust her")),
    ],
)  # fmt: skip
def test_a_part_of_another_top_is_no_answer(question: Question, text: str, found: Answer | Unclear):
    assert parse_reply(question, text) == found


@pytest.mark.parametrize(
    ("text", "settled"),
    [
        ("it was 2 before now its 7", 2), ("5 last week 2 now", 2), ("3 now 7 before", 3), ("10 no 2", 2), ("2 no 10", 10),
        ("5 when hes out, 0 when hes in", 0), ("5 for me, 2 for the kids", 2), ("5 for me and 2 for the kids", 2), ("5 me 2 him", 2),
        ("5 some days 8 others", 5), ("2 on a bad day 7 on a good day", 2), ("8~9", 8), ("7;8", 7), ("4 last week 3/10 now", 3),
    ],
)  # fmt: skip
def test_a_second_number_further_on_is_asked_about(text: str, settled: int):
    assert parse_reply(SCALE, text) == Unclear("two_numbers")
    assert settle_two_numbers(SCALE, text) == Answer(settled, text, ("two_numbers",))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2 he hit me 3 times", 2), ("8/10 she came 3 times", 8), ("5 my number is 07700 900123", 5), ("1 and for the other one 8", 1),
        ("8 because my 2 kids love her", 8), ("3 he was 5 mins late", 3), ("4 call me after 5", 4), ("8. Sam has been here 2 years", 8),
        ("5 on 3 days", 5), ("2 hes 8", 2), ("3 last week he hit me 2 times", 3), ("6 now, 2 kids at school", 6), ("7 ring me 3pm", 7),
        ("8 for me, 8 for the kids", 8), ("3 cried 2 times", 3), ("5 most days", 5), ("2 bad days", 2), ("4 may be better soon", 4),
    ],
)  # fmt: skip
def test_a_second_number_that_is_no_answer_leaves_the_first(text: str, value: int):
    assert parse_reply(SCALE, text) == Answer(value, text)


@pytest.mark.parametrize(
    ("question", "text", "reason"),
    [
        (SCALE, "nine nine nine", "not_a_number"), (SCALE, "one one one", "not_a_number"), (SCALE, "9 9 9", "not_a_number"),
        (SCALE, "6 oct", "not_a_number"), (SCALE, "6 October", "not_a_number"), (SCALE, "6 may", "not_a_number"),
        (SCALE, "3 in the morning", "not_a_number"), (SCALE, "3 in the afternoon", "not_a_number"), (CHANGE, "3 oct", "not_a_number"),
        (SCALE, "1 parent", "a_count"), (SCALE, "1 friend", "a_count"), (SCALE, "3 lovely kids", "a_count"), (SCALE, "1 mum 0 dad", "a_count"),
        (SCALE, "1 step forward 2 back", "a_count"), (SCALE, "3 cancelled visits", "a_count"), (SCALE, "1 school 2 health", "a_count"),
        (CHANGE, "1 parent", "a_count"), (CHANGE, "3 cancelled visits", "a_count"), (CHANGE, "1 school 2 health", "a_count"),
        (AGREE, "1-1", "a_count"), (AGREE, "1 to 1", "a_count"), (AGREE, "1 and a half", "not_a_number"), (OVERALL, "one one one", "not_a_number"),
    ],
)  # fmt: skip
def test_emergency_numbers_days_times_and_counted_things_are_no_answer(question: Question, text: str, reason: str):
    assert parse_reply(question, text) == Unclear(reason)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (SHARE, "yes and no"), (SHARE, "yes. no. i dont know"), (SHARE, "sometimes yes sometimes no"), (SHARE, "yes/no"), (SHARE, "yes... not"),
        (YES_NO, "yes and no"), (YES_NO, "yes. no. i dont know"), (YES_NO, "sometimes yes sometimes no"), (YES_NO, "yes (not!)"),
        (AGREE, "agree... not"), (AGREE, "agree (not!)"), (AGREE, "agree, yeah right"), (AGREE, "agree, disagree"),
        (OVERALL, "good and bad"), (OVERALL, "good, bad"), (OVERALL, "ok/good"), (CHANGE, "Better. No I lie, worse"), (CHANGE, "better, no worse"),
        (OVERALL, "were poor"), (ask("choice", "Nobody", "My grown-up", "{worker}", "Someone else"), "someone"),
    ],
)  # fmt: skip
def test_an_answer_and_another_or_its_denial_is_never_one(question: Question, text: str):
    assert isinstance(parse_reply(question, text), Unclear)


@pytest.mark.parametrize(
    ("question", "text", "value"),
    [
        (CHANGE, "better. good", 1), (AGREE, "agree, yes", 4), (RESPECT, "yes, mostly", 2), (JOINED_UP, "no. Not good", 3),
        (YES_NO, "yes, no rush", 1), (CHANGE, "worse. bad", 3),
    ],
)  # fmt: skip
def test_a_second_clause_that_agrees_leaves_the_answer(question: Question, text: str, value: int):
    assert parse_reply(question, text) == Answer(value, text)


@pytest.mark.parametrize("text", ["❤️ “4 Agree”", "👍 “4 Agree”", "❤️“4 Agree”"])
def test_a_picture_before_a_quotation_is_a_reaction(text: str):
    assert parse_reply(AGREE, text) == Unclear("reaction")
