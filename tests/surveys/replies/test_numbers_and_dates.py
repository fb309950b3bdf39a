"""What replies mean where an amount or a day is asked for, near misses beside what they nearly are."""

from __future__ import annotations

import pytest

from surveys.questions import Question
from surveys.replies import Answer, Unclear, parse_reply
from tests.surveys.replies.asked import CHILDREN, DAY, SKIPPED, WEEKS


@pytest.mark.parametrize(
    ("question", "text", "found"),
    [
        (CHILDREN, "2", Answer(2)), (CHILDREN, "two", Answer(2)), (CHILDREN, "twenty one", Answer(21)), (CHILDREN, "twenty-one", Answer(21)),
        (CHILDREN, "1,200", Answer(1200)), (CHILDREN, "a hundred", Answer(100)), (CHILDREN, "none", Answer(0)), (CHILDREN, "0", Answer(0)),
        (CHILDREN, "about 3", Answer(3)), (CHILDREN, "２", Answer(2)), (CHILDREN, "2 kids", Answer(2, "2 kids")),
        (CHILDREN, "two boys", Answer(2, "two boys")), (CHILDREN, "3 he hit me", Answer(3, "3 he hit me")),
        (CHILDREN, "2.5", Answer(2, "2.5")), (CHILDREN, "2 boys and 1 girl", Unclear("a_count")), (CHILDREN, "2 weeks", Unclear("a_count")),
        (CHILDREN, "15 years old", Unclear("a_count")), (CHILDREN, "5 quid", Unclear("a_count")), (CHILDREN, "3 or 4", Unclear("two_numbers")),
        (CHILDREN, "6000", Unclear("out_of_range")), (CHILDREN, "07700 900123", Unclear("not_a_number")),
        (CHILDREN, "12/10/2024", Unclear("not_a_number")), (CHILDREN, "7:30", Unclear("not_a_number")), (CHILDREN, "2nd", Unclear("not_a_number")),
        (CHILDREN, "one of the kids left", Unclear("a_count")), (CHILDREN, "a couple", Unclear("not_an_answer")), (CHILDREN, "a few", Unclear("not_an_answer")), (CHILDREN, "lots", Unclear("not_an_answer")),
        (CHILDREN, "£5", Unclear("not_an_answer")), (CHILDREN, "idk", SKIPPED), (CHILDREN, "skip", SKIPPED),
        (WEEKS, "6", Answer(6)), (WEEKS, "6 weeks", Answer(6, "6 weeks")), (WEEKS, "6 wks", Answer(6, "6 wks")),
        (WEEKS, "2 months", Unclear("a_count")), (WEEKS, "2 weeks 3 days", Unclear("a_count")),
    ],
)  # fmt: skip
def test_an_amount_is_a_number_that_counts_what_was_asked(question: Question, text: str, found: Answer | Unclear):
    assert parse_reply(question, text) == found


@pytest.mark.parametrize(
    "text",
    [
        *(
            "2026-10-06",
            "2026/10/06",
            "6/10/2026",
            "06/10/2026",
            "06.10.26",
            "6-10-26",
            "6 10 2026",
            "6 Oct 2026",
            "6oct2026",
        ),
        *("6th October 2026", "the 6th of October 2026", "Tuesday 6 October 2026", "Oct 6 2026", "October 6th, 2026"),
        *("6 oct '26", "6 octobr 2026", "it was on 6/10/2026", "6.10.2026.", "६/१०/२०२६", "on the 6th of october 2026"),
    ],
)
def test_a_day_named_in_full_is_a_date_in_the_british_order(text: str):
    assert parse_reply(DAY, text) == Answer("2026-10-06")


@pytest.mark.parametrize("text", ["6/10/2026 he hit me", "6 Oct 2026 at 10:30", "6/10/2026, I think"])
def test_a_date_with_words_after_it_is_kept_with_every_word(text: str):
    assert parse_reply(DAY, text) == Answer("2026-10-06", text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "6/10",
            "10/2026",
            "October",
            "may 2026",
            "yesterday",
            "next week",
            "today",
            "31/02/2026",
            "29/2/2025",
            "13/13/2026",
        ),
        *(
            "0/1/2026",
            "1.2.3",
            "6/10/20267",
            "6 oct 10am",
            "6 oct 10:30",
            "12 may 5pm",
            "07700 900123",
            "8",
            "7:30",
            "£6/10",
        ),
        *("6 foo 2026", "6/10/1066", "6/10/3026", "2026", "2026-13-01", "6 ma 2026", "a while ago", "👍"),
    ],
)
def test_what_names_no_day_of_the_calendar_is_no_date(text: str):
    assert parse_reply(DAY, text) == Unclear("not_a_date")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("29/2/2024", Answer("2024-02-29")), ("3 mar 99", Answer("1999-03-03")), ("3 sept 25", Answer("2025-09-03")),
        ("6/10/2026 or 7/10/2026", Unclear("two_answers")), ("6/10/2026 - 7/10/2026", Unclear("two_answers")),
        ("idk", SKIPPED), ("skip", SKIPPED), ("", Unclear("blank")), ("Liked “6/10/2026”", Unclear("reaction")),
    ],
)  # fmt: skip
def test_leap_days_short_years_two_dates_and_none(text: str, found: Answer | Unclear):
    assert parse_reply(DAY, text) == found
