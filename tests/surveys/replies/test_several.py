"""What replies mean where several options may be picked. 1 Home, 2 School, 3 Money and debts, 4 None of these, 5 Someone else."""

from __future__ import annotations

import pytest

from surveys.replies import Answer, Unclear, parse_reply
from tests.surveys.replies.asked import HELPED, SKIPPED, ask


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 3", (1, 3)), ("1,3", (1, 3)), ("1, 3", (1, 3)), ("1 and 3", (1, 3)), ("1&3", (1, 3)), ("1/3", (1, 3)), ("1+2", (1, 2)),
        ("3,1,2", (1, 2, 3)), ("1) 2) 3)", (1, 2, 3)), ("1. 3.", (1, 3)), ("options 1 and 2", (1, 2)), ("1 2 3 thanks", (1, 2, 3)),
        ("1,1", (1,)), ("1 3 1", (1, 3)), ("2", (2,)), ("2.", (2,)), ("two", (2,)), ("1️⃣ 3️⃣", (1, 3)), ("१, ३", (1, 3)),
        ("a and c", (1, 3)), ("A, C", (1, 3)), ("a b c", (1, 2, 3)), ("b", (2,)), ("a & 3", (1, 3)),
        ("home", (1,)), ("home, school", (1, 2)), ("Home and School", (1, 2)), ("home/school", (1, 2)), ("school home", (1, 2)),
        ("Money and debts", (3,)), ("home and money and debts", (1, 3)), ("1 Home, 3 Money and debts", (1, 3)), ("money", (3,)),
        ("scool", (2,)), ("scool and home", (1, 2)), ("home school someone else", (1, 2, 5)),
        ("all", (1, 2, 3, 5)), ("all of them", (1, 2, 3, 5)), ("everything", (1, 2, 3, 5)),
        ("none", (4,)), ("none of them", (4,)), ("no", (4,)), ("nothing", (4,)), ("4", (4,)),
    ],
)  # fmt: skip
def test_any_way_to_list_options_answers(text: str, value: tuple[int, ...]):
    assert parse_reply(HELPED, text) == Answer(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 3 he hit me", (1, 3)), ("home and school because he left", (1, 2)), ("1 and for the other one 8", (1,)),
        ("home but not school", (1,)), ("2 he hit me", (2,)), ("1, 3. Dad shouts", (1, 3)),
    ],
)  # fmt: skip
def test_options_with_words_after_them_are_kept_with_every_word(text: str, value: tuple[int, ...]):
    assert parse_reply(HELPED, text) == Answer(value, text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("1, 9", "out_of_range"), ("13", "out_of_range"), ("0", "out_of_range"), ("a e f", "not_an_answer"), ("1/2/2024", "out_of_range"),
        ("07700 900123", "not_a_number"), ("07700900123", "not_a_number"), ("1:30", "not_a_number"), ("1.3", "not_a_number"),
        ("5pm", "not_a_number"), ("1 £5", "not_a_number"), ("1, 2 kids", "a_count"), ("2 kids", "a_count"), ("1-3", "two_numbers"),
        ("1 or 3", "two_numbers"), ("ac", "not_an_answer"), ("not 2", "not_an_answer"), ("all except 2", "not_an_answer"),
        ("both", "not_an_answer"), ("school holidays and home", "not_an_answer"), ("👍", "not_an_answer"), ("yes", "not_an_answer"),
        ("Liked “1 Home, 2 School”", "reaction"), (" ", "blank"),
    ],
)  # fmt: skip
def test_what_is_not_surely_a_list_is_unclear(text: str, reason: str):
    assert parse_reply(HELPED, text) == Unclear(reason)


@pytest.mark.parametrize("text", ["idk", "skip", ".", "n/a", "rather not"])
def test_several_options_can_be_passed_over(text: str):
    assert parse_reply(HELPED, text) == SKIPPED


def test_none_is_no_answer_where_no_option_says_so_and_both_are_all_of_two():
    two = ask("choices", "Phone", "Visit")
    assert parse_reply(two, "none") == parse_reply(two, "no") == Unclear("not_an_answer")
    assert parse_reply(two, "both") == Answer((1, 2))
