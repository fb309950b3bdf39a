"""What replies mean on a scale, one line a case, near misses beside what they nearly are."""

from __future__ import annotations

import pytest

from surveys.questions import Question
from surveys.replies import Answer, Unclear, parse_reply, settle_two_numbers
from tests.surveys.replies.asked import CHANGE, CHILDREN, FREE, HELPED, ONE_TO_FIVE, SCALE, TO_A_HUNDRED


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("4", 4), (" 4 ", 4), ("4.", 4), ("4)", 4), ("(4)", 4), ("4!!", 4), ("“4”", 4), ("'4'", 4), ("*4*", 4), ("4?", 4),
        ("four", 4), ("Four.", 4), ("zero", 0), ("nil", 0), ("0", 0), ("10", 10), ("ten", 10), ("option 4", 4), ("its a 6 tbh", 6),
        ("8ish", 8), ("8 ish", 8), ("8-ish", 8), ("about 8", 8), ("i'd say 8", 8), ("a solid 8", 8), ("maybe 8", 8),
        ("about an 8ish i guess", 8), ("score: 8", 8), ("my answer is 8 thanks", 8), ("yeah 8", 8), ("i'd say, like, a 7", 7),
        ("10/10", 10), ("3/10", 3), ("8 / 10", 8), ("ten out of ten", 10), ("8 out of 10", 8), ("full marks", 10), ("💯", 10),
        ("7.5", 7), ("7½", 7), ("7 and a half", 7), ("7.0", 7), ("8, 8", 8), ("4️⃣", 4), ("🔟", 10), ("1️⃣0️⃣", 10), ("④", 4),
        ("４", 4), ("٤", 4), ("४", 4), ("۴", 4), ("8 😊", 8), ("8x", 8), ("8 xx", 8), ("8 please", 8), ("eigth", 8), ("sevn", 7),
        ("4\x00", 4), ("\u202b4\u202c", 4),
    ],
)  # fmt: skip
def test_a_number_however_written_answers_a_scale(text: str, value: int):
    assert parse_reply(SCALE, text) == Answer(value)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("7 or 8", "two_numbers"), ("7-8", "two_numbers"), ("7 8", "two_numbers"), ("between 7 and 8", "two_numbers"),
        ("maybe 7 or 8", "two_numbers"), ("between 7 and 8 out of 10", "two_numbers"), ("8/10 or 9/10", "two_numbers"),
        ("10 lol jk 2", "two_numbers"), ("8, no wait 3", "two_numbers"), ("8... no 9", "two_numbers"), ("8 make that 9", "two_numbers"),
        ("11", "out_of_range"), ("100", "out_of_range"), ("999", "out_of_range"), ("12 out of 10", "out_of_range"),
        ("twenty", "out_of_range"), ("1,200", "not_a_number"), ("00", "not_a_number"),
        ("100%", "not_a_number"), ("5%", "not_a_number"), ("07700 900123", "not_a_number"), ("07700900123", "not_a_number"),
        ("7:30", "not_a_number"), ("7.30", "not_a_number"), ("7pm", "not_a_number"), ("06:30", "not_a_number"),
        ("3/4/24", "not_a_number"), ("10/10/2024", "not_a_number"), ("10 / 10 / 2024", "not_a_number"),
        ("12/10/2024", "not_a_number"), ("2moro", "not_a_number"), ("4th", "not_a_number"), ("2nd", "not_a_number"),
        ("5£", "not_a_number"), ("4u", "not_a_number"), ("5stars", "not_a_number"),
        ("0 problems", "a_count"), ("2 kids", "a_count"), ("9 years old", "a_count"), ("1 hour late", "a_count"),
        ("8 pm", "a_count"), ("8 oclock", "a_count"), ("3 or 4 times a week", "a_count"), ("5 a day", "a_count"),
        ("two faced", "a_count"), ("one-off", "a_count"), ("one to one support", "a_count"), ("five star", "a_count"),
        ("2 and half years", "a_count"), ("1's enough", "not_a_number"), ("0 help", "a_count"), ("2 much", "a_count"), ("its 2 early", "a_count"), ("4 me it was fine", "a_count"),
        ("5 quid", "a_count"), ("seven thirty", "a_count"), ("im a 9 year old", "a_count"), ("it was 7 weeks", "a_count"),
        ("someone", "not_an_answer"), ("+447700900123", "not_an_answer"), ("+44 7700 900123", "not_an_answer"),
        ("£5", "not_an_answer"), ("-1", "not_an_answer"), ("im 15", "not_an_answer"), ("i'm 15", "not_an_answer"),
        ("i am 9", "not_an_answer"), ("hes 9", "not_an_answer"), ("call 999", "not_an_answer"), ("👍", "not_an_answer"),
        ("yes", "not_an_answer"), ("at 4", "not_an_answer"), ("ring me at 5", "not_an_answer"), ("b", "not_an_answer"),
        ("😭", "not_an_answer"), ("won", "not_an_answer"), ("to", "not_an_answer"), ("O", "not_an_answer"),
        ("my phone is 07700 900123", "not_an_answer"), ("i have 2 kids", "not_an_answer"), ("the 8 of us", "not_an_answer"),
        ("", "blank"), ("  \n ", "blank"), ("\u200b\ufe0f", "blank"),
    ],
)  # fmt: skip
def test_what_is_not_surely_a_number_is_unclear_on_a_scale(text: str, reason: str):
    assert parse_reply(SCALE, text) == Unclear(reason)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2 he hit me", 2), ("2 he hit me 3 times", 2), ("0 he hit me", 0), ("five he hit me", 5), ("8/10 she is great", 8),
        ("3 struggling", 3), ("2. kids are scared", 2), ("4\nhe hit me", 4), ("5 my number is 07700 900123", 5),
        ("1 and for the other one 8", 1), ("💯 shes amazing", 10), ("full marks to her", 10), ("8 tbh she is great", 8),
        ("i'd say about 8 but some days are like a 3", 8), ("about 8 because hes 9", 8),
    ],
)  # fmt: skip
def test_a_number_with_words_after_it_is_kept_with_every_word(text: str, value: int):
    assert parse_reply(SCALE, text) == Answer(value, text)


@pytest.mark.parametrize(
    ("question", "text", "found"),
    [
        (ONE_TO_FIVE, "4", Answer(4)), (ONE_TO_FIVE, "4/5", Answer(4)), (ONE_TO_FIVE, "4 out of five", Answer(4)),
        (ONE_TO_FIVE, "0", Unclear("out_of_range")), (ONE_TO_FIVE, "6", Unclear("out_of_range")),
        (ONE_TO_FIVE, "8/10", Unclear("not_a_number")), (ONE_TO_FIVE, "4/10", Unclear("not_a_number")),
        (ONE_TO_FIVE, "4 out of ten", Unclear("a_count")), (ONE_TO_FIVE, "💯", Unclear("not_an_answer")),
        (ONE_TO_FIVE, "full marks", Unclear("not_an_answer")), (ONE_TO_FIVE, "10/10", Unclear("not_a_number")),
        (TO_A_HUNDRED, "80", Answer(80)), (TO_A_HUNDRED, "80%", Answer(80)), (TO_A_HUNDRED, "100 percent", Answer(100)),
        (TO_A_HUNDRED, "80 out of 100", Answer(80)), (TO_A_HUNDRED, "eighty five", Answer(85)), (TO_A_HUNDRED, "a hundred", Answer(100)),
        (TO_A_HUNDRED, "101", Unclear("out_of_range")), (TO_A_HUNDRED, "8/10", Unclear("not_a_number")),
        (TO_A_HUNDRED, "99 problems", Unclear("a_count")), (TO_A_HUNDRED, "💯", Unclear("not_an_answer")),
    ],
)  # fmt: skip
def test_a_scale_of_another_range_has_another_top(question: Question, text: str, found: Answer | Unclear):
    assert parse_reply(question, text) == found


@pytest.mark.parametrize(
    ("question", "text", "value"),
    [
        (SCALE, "7 or 8", 7), (SCALE, "8 or 7", 7), (SCALE, "10 lol jk 2", 2), (SCALE, "2 no wait 9", 9),
        (SCALE, "between 7 and 8", 7), (ONE_TO_FIVE, "4 or 3", 3), (TO_A_HUNDRED, "70 or 80", 70), (CHILDREN, "3 or 4", 3),
    ],
)  # fmt: skip
def test_two_numbers_settle_on_the_lower_or_on_the_correction(question: Question, text: str, value: int):
    assert parse_reply(question, text) == Unclear("two_numbers")
    assert settle_two_numbers(question, text) == Answer(value, text, ("two_numbers",))


@pytest.mark.parametrize(
    ("question", "text"), [(SCALE, "7"), (SCALE, "blue"), (CHANGE, "1 or 2"), (HELPED, "1 or 2"), (FREE, "1 or 2")]
)
def test_nothing_is_settled_where_no_number_was_asked_for_or_only_one_came(question: Question, text: str):
    assert settle_two_numbers(question, text) is None
