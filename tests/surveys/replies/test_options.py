"""What replies mean where there are options, one line a case, near misses beside what they nearly are."""

from __future__ import annotations

import pytest

from surveys.questions import Question
from surveys.replies import Answer, Unclear, parse_reply
from tests.surveys.replies.asked import (
    AGREE,
    CHANGE,
    JOINED_UP,
    KNOW_WHERE,
    NEEDED,
    NOW_LATER,
    OFTEN,
    OVERALL,
    PLAN,
    RESPECT,
    SHARE,
    SKIPPED,
    TIMELY,
    YES_NO,
)


@pytest.mark.parametrize(
    ("question", "text", "value"),
    [
        (AGREE, "4", 4), (AGREE, "four", 4), (AGREE, "4.", 4), (AGREE, "4)", 4), (AGREE, "4 - Agree", 4), (AGREE, "option 4", 4),
        (AGREE, "d", 4), (AGREE, "D)", 4), (AGREE, "i agree", 4), (AGREE, "agreed", 4), (AGREE, "totally disagree", 1),
        (CHANGE, "3", 3), (CHANGE, "c", 3), (CHANGE, "C)", 3), (CHANGE, "option 3", 3), (CHANGE, "3 - Worse", 3),
        (CHANGE, "3 worse", 3), (CHANGE, "3️⃣", 3), (CHANGE, "WORSE!", 3), (CHANGE, "three", 3), (CHANGE, "better thanks", 1),
        (CHANGE, "same", 2), (CHANGE, "about the same", 2), (CHANGE, "stayed", 2), (CHANGE, "a", 1), (CHANGE, "A", 1),
        (CHANGE, "much better", 1), (CHANGE, "a bit worse", 3), (CHANGE, "betterrrr", 1), (CHANGE, "no change", 2),
        (PLAN, "a lot", 1), (PLAN, "alot", 1), (PLAN, "lots", 1), (PLAN, "not at all", 3), (PLAN, "havent seen a plan", 4),
        (PLAN, "Haven’t seen", 4), (PLAN, "4 haven't seen a plan", 4),
        (OVERALL, "ok", 3), (OVERALL, "okay", 3), (OVERALL, "very good", 1), (OVERALL, "v good", 1), (OVERALL, "good", 2),
        (OVERALL, "goooood", 2), (TIMELY, "a bit late", 2), (OFTEN, "some", 3), (OFTEN, "most", 2),
        (JOINED_UP, "yes", 1), (JOINED_UP, "yh", 1), (JOINED_UP, "yesss", 1), (JOINED_UP, "Of course!", 1), (JOINED_UP, "👍", 1),
        (JOINED_UP, "👍🏽", 1), (JOINED_UP, "tak", 1), (JOINED_UP, "no", 3), (JOINED_UP, "noooo", 3), (JOINED_UP, "NO NO NO", 3),
        (JOINED_UP, "👎", 3), (JOINED_UP, "no one else", 4), (JOINED_UP, "no one", 4), (JOINED_UP, "yeah partly", 2),
        (SHARE, "yes please", 1), (SHARE, "manager", 2), (NEEDED, "no", 2), (NEEDED, "no thanks", 2),
        (KNOW_WHERE, "idk", 2), (KNOW_WHERE, "🤷‍♀️", 2), (KNOW_WHERE, "don’t know", 2), (KNOW_WHERE, "k", 2), (KNOW_WHERE, ".", 2),
        (RESPECT, "yes 1", 1), (RESPECT, "No. 4", 4), (RESPECT, "not really tbh", 3), (RESPECT, "mostly i would say", 2),
    ],
)  # fmt: skip
def test_an_option_by_number_letter_or_words_answers_a_choice(question: Question, text: str, value: int):
    assert parse_reply(question, text) == Answer(value)


@pytest.mark.parametrize(
    ("question", "text", "value"),
    [
        (JOINED_UP, "definately", 1), (JOINED_UP, "partley", 2), (OFTEN, "mostley", 2), (OFTEN, "allways", 1), (OFTEN, "alway", 1),
        (OFTEN, "sumtimes", 3), (OFTEN, "some times", 3), (OFTEN, "somtimes", 3), (OFTEN, "rarly", 4), (CHANGE, "beter", 1),
        (CHANGE, "bettter", 1), (CHANGE, "wosre", 3), (CHANGE, "stayd the same", 2), (CHANGE, "mixd", 4), (AGREE, "agre", 4),
        (AGREE, "strongly agre", 5), (AGREE, "stronly disagree", 1), (AGREE, "strongley agree", 5), (AGREE, "disagre", 2),
        (AGREE, "dissagree", 2), (AGREE, "dis agree", 2), (AGREE, "niether", 3), (OVERALL, "verry good", 1), (OVERALL, "gud", 2),
        (RESPECT, "not realy", 3), (SHARE, "managr", 2),
    ],
)  # fmt: skip
def test_a_small_slip_in_an_option_is_forgiven(question: Question, text: str, value: int):
    assert parse_reply(question, text) == Answer(value)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (CHANGE, "bitter"), (CHANGE, "butter"), (CHANGE, "letter"), (CHANGE, "worst"), (CHANGE, "worth"), (CHANGE, "missed"),
        (CHANGE, "sme"), (AGREE, "nether"), (AGREE, "strangely agree"), (AGREE, "strongly"), (AGREE, "degree"), (OFTEN, "barely"),
        (OFTEN, "costly"), (OVERALL, "had"), (OVERALL, "god"), (OVERALL, "food"), (OVERALL, "poo"), (TIMELY, "later"),
        (TIMELY, "late"), (JOINED_UP, "party"), (PLAN, "same"), (PLAN, "come"), (PLAN, "lot of rubbish"),
        (NOW_LATER, "latter"), (CHANGE, "unbetter"),
    ],
)  # fmt: skip
def test_another_word_that_is_near_an_option_is_not_taken_for_it(question: Question, text: str):
    assert parse_reply(question, text) == Unclear("not_an_answer")


@pytest.mark.parametrize(
    ("question", "text", "reason"),
    [
        (CHANGE, "0", "out_of_range"), (CHANGE, "5", "out_of_range"), (CHANGE, "e", "out_of_range"), (YES_NO, "3", "out_of_range"),
        (YES_NO, "c", "out_of_range"), (CHANGE, "10/10", "not_a_number"), (CHANGE, "1 or 2", "two_numbers"),
        (CHANGE, "1 worse", "two_answers"), (AGREE, "4 strongly agree", "two_answers"), (CHANGE, "better and worse", "two_answers"),
        (CHANGE, "yes", "not_an_answer"), (CHANGE, "no", "not_an_answer"), (CHANGE, "👍", "not_an_answer"),
        (CHANGE, "not good", "not_an_answer"), (CHANGE, "not better", "not_an_answer"), (CHANGE, "no better", "not_an_answer"),
        (CHANGE, "its not worse", "not_an_answer"), (CHANGE, "better if he left", "not_an_answer"),
        (CHANGE, "better than nothing", "not_an_answer"), (CHANGE, "1 kid", "a_count"), (CHANGE, "better not say", "not_an_answer"),
        (CHANGE, "07700 900123", "not_a_number"), (CHANGE, "a bit", "not_an_answer"), (CHANGE, "im 3", "not_an_answer"),
        (CHANGE, "3 weeks", "a_count"), (CHANGE, "2:30", "not_a_number"), (CHANGE, "£2", "not_an_answer"), (CHANGE, "2/4/26", "not_a_number"),
        (PLAN, "not", "not_an_answer"), (PLAN, "seen a plan", "not_an_answer"), (PLAN, "seen", "not_an_answer"),
        (PLAN, "hard to say", "not_an_answer"), (NEEDED, "need", "not_an_answer"),
        (JOINED_UP, "1 no", "two_answers"), (JOINED_UP, "yeah 3", "two_answers"), (JOINED_UP, "yes and no", "two_answers"),
        (JOINED_UP, "yeah, right", "two_answers"), (JOINED_UP, "yes but no", "two_answers"), (RESPECT, "no but mostly", "two_answers"),
        (JOINED_UP, "yeah right", "not_an_answer"), (JOINED_UP, "no one listens", "not_an_answer"), (SHARE, "no", "not_an_answer"),
        (JOINED_UP, "han solo", "not_an_answer"), (JOINED_UP, "💯", "not_an_answer"), (RESPECT, "no 1", "not_an_answer"),
        (OVERALL, "very", "not_an_answer"), (OVERALL, "not very good", "not_an_answer"), (OVERALL, "not bad", "not_an_answer"),
    ],
)  # fmt: skip
def test_what_is_not_surely_an_option_is_unclear_on_a_choice(question: Question, text: str, reason: str):
    assert parse_reply(question, text) == Unclear(reason)


@pytest.mark.parametrize(
    ("question", "text", "value"),
    [
        (JOINED_UP, "yes but he hit me", 1), (JOINED_UP, "no he hit me", 3), (JOINED_UP, "No. Nobody talks", 3),
        (JOINED_UP, "2 he hit me", 2), (JOINED_UP, "b) he hit me", 2), (JOINED_UP, "partly, school is slow", 2),
        (CHANGE, "worse since he left", 3), (CHANGE, "stayed the same but quieter", 2), (CHANGE, "4 it depends", 4),
        (CHANGE, "1 and for the other one 8", 1), (CHANGE, "1 - better but still hard", 1), (CHANGE, "beter but he hit me", 1),
        (KNOW_WHERE, "idk but he hit me", 2), (RESPECT, "yes, mostly", 2), (RESPECT, "no, not really", 3),
        (RESPECT, "no not really", 3), (RESPECT, "not really but he tries", 3), (YES_NO, "nah he left", 2),
    ],
)  # fmt: skip
def test_an_option_with_words_after_it_is_kept_with_every_word(question: Question, text: str, value: int):
    assert parse_reply(question, text) == Answer(value, text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1", 1),
        ("2", 2),
        ("yes", 1),
        ("no", 2),
        ("👍", 1),
        ("👎", 2),
        ("a", 1),
        ("b", 2),
        ("now", 1),
        ("later", 2),
        ("nope", 2),
    ],
)
def test_one_means_yes_and_two_means_no_whatever_their_labels(text: str, value: int):
    assert parse_reply(NOW_LATER, text) == Answer(value)


@pytest.mark.parametrize("text", ["idk", "dunno", "not sure", "no idea", "🤷", "k", ".", "skip", "honestly no idea"])
def test_not_knowing_skips_where_no_option_says_so(text: str):
    assert parse_reply(CHANGE, text) == parse_reply(YES_NO, text) == SKIPPED
