"""The monthly digest: what it shows, what it holds back, and what it says when there is little."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date

import pytest

from analysis.digest import DigestView, shape_digest
from analysis.figures import (
    AlertRow,
    CommentRow,
    CoverageRow,
    FlagRow,
    Month,
    MonthCount,
    UnreadRow,
    mean_score,
    of,
    reason_label,
    usual_range,
)

NOVEMBER = Month(2026, 11)

A_COMMENT = CommentRow(
    answer_id=1,
    message_id=1,
    case_reference="EH-1",
    stage="review",
    stage_date=date(2026, 11, 2),
    survey_title="Review",
    question="What went well?",
    words="she was great",
    closed_answer=None,
    answered_on=date(2026, 11, 5),
    who="Parent or carer",
    worker="Kim",
    share_with_worker=True,
    sentiment="positive",
    themes={"respect_warmth": "positive"},
    tagged=True,
    concern=None,
    released=False,
    complaint=False,
    compliment=False,
    score=None,
)
COVERAGE = [
    CoverageRow("review", reached=9, safe=8, asked=7, started=4, answered=3, declined=1, not_asked={"no_mobile": 2})
]


def shaped(*comments: CommentRow, history: tuple[MonthCount, ...] = ()) -> DigestView:
    return shape_digest(NOVEMBER, comments, COVERAGE, history=history)


def month(number: int, asked: int, answered: int) -> MonthCount:
    return MonthCount(date(2026, number, 1), asked, answered)


def test_coverage_has_a_line_for_each_stage_and_all_together() -> None:
    lines = shaped().coverage
    assert [line.stage for line in lines] == ["assessment", "review", "closure", "all"]
    everyone = lines[-1].row
    assert (everyone.reached, everyone.safe, everyone.asked, everyone.answered, everyone.declined) == (9, 8, 7, 3, 1)
    assert lines[1].not_asked == ("2: no mobile number recorded",)


def test_whoever_reached_a_stage_was_asked_or_was_not_for_a_reason_or_is_still_to_be() -> None:
    some = [
        CoverageRow(
            "review",
            reached=11,
            safe=8,
            asked=7,
            started=4,
            answered=3,
            declined=1,
            not_asked={"opted_out": 3},
            still_to_ask=1,
        ),
        CoverageRow("closure", reached=2, safe=2, asked=0, started=0, answered=0, declined=0, still_to_ask=2),
    ]
    lines = {line.stage: line for line in shape_digest(NOVEMBER, [], some).coverage}
    assert lines["review"].not_asked == ("3: they have opted out of texts",)
    assert lines["review"].still_to_ask == "1: still to be asked"
    assert lines["all"].still_to_ask == "3: still to be asked"
    assert lines["assessment"].still_to_ask == ""


def test_a_digest_with_nothing_to_report_is_still_a_digest() -> None:
    view = shape_digest(NOVEMBER, [], [CoverageRow("closure", 7, 7, 0, 0, 0, 0, {"no_survey": 7})])
    assert view.headline == "0 of 7 asked"
    assert view.nothing_to_report
    assert view.summary_counts() == {"reached": 7, "asked": 0, "answered": 0, "comments": 0, "needs": 0, "waiting": 0}


def test_a_month_without_a_single_row_is_still_a_digest() -> None:
    assert shape_digest(NOVEMBER, [], []).headline == "0 of 0 asked"


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({}, "praise"),
        ({"sentiment": "negative"}, "concerns"),
        ({"sentiment": "neutral"}, "other"),
        ({"sentiment": None}, "other"),
        ({"sentiment": None, "tagged": False, "themes": {}}, "other"),
        ({"sentiment": None, "compliment": True}, "praise"),
        ({"complaint": True}, "concerns"),
        ({"score": 0}, "concerns"),
        ({"score": 100, "sentiment": "negative"}, "praise"),
        ({"score": 50, "sentiment": "negative"}, "concerns"),
    ],
)
def test_each_comment_stands_in_one_list(changes: dict[str, object], kind: str) -> None:
    view = shaped(replace(A_COMMENT, **changes))
    assert {name: len(getattr(view, name)) for name in ("praise", "concerns", "other") if getattr(view, name)} == {
        kind: 1
    }


@pytest.mark.parametrize(
    ("concern", "released", "shown", "held"),
    [
        (None, False, 1, 0),
        ("amber", False, 0, 1),
        ("amber", True, 1, 0),
        ("red_now", False, 0, 1),
        ("red_today", True, 1, 0),
        ("conduct", False, 0, 0),
        ("conduct", True, 0, 0),
    ],
)
def test_a_concern_is_absent_until_released_and_conduct_for_good(
    concern: str | None, released: bool, shown: int, held: int
) -> None:
    view = shaped(replace(A_COMMENT, concern=concern, released=released, complaint=True))
    assert len(view.praise) + len(view.concerns) + len(view.other) == shown
    assert view.held == held
    assert view.needs_you_now.complaints == shown
    assert len(view.most_praised) == shown


def test_what_is_held_back_leaves_no_word_behind() -> None:
    view = shaped(
        replace(A_COMMENT, words="marker-word", concern="conduct"),
        replace(A_COMMENT, words="marker-word", concern="red_now"),
    )
    assert "marker-word" not in str(asdict(view))


def test_themes_are_counted_among_the_tagged_in_words() -> None:
    rows = [replace(A_COMMENT, answer_id=number) for number in range(4)]
    rows += [
        replace(A_COMMENT, answer_id=9, themes={"reliability": "mixed"}),
        replace(A_COMMENT, answer_id=8, tagged=False),
    ]
    view = shaped(*rows)
    assert [(line.label, line.words, line.count, line.whole) for line in view.most_praised] == [
        ("Respect and warmth", "4 of 5", 4, 5),
        ("Turning up and following through", "1 of 5", 1, 5),
    ]
    assert [(line.theme, line.words) for line in view.rising] == [("reliability", "1 of 5")]


def of_theme(*worries: str) -> list[CommentRow]:
    """A comment for each, in which that theme is a worry."""
    return [replace(A_COMMENT, answer_id=n, message_id=n, themes={t: "negative"}) for n, t in enumerate(worries)]


def test_a_theme_rises_where_more_comments_complain_of_it_than_the_month_before() -> None:
    now = of_theme("reliability", "reliability", "listened", "listened", "ending", "communication")
    before = of_theme("listened", "listened", "ending", "reliability")
    view = shape_digest(NOVEMBER, now, COVERAGE, month_before=before)
    assert [(line.theme, line.words, line.before) for line in view.rising] == [
        ("reliability", "2 of 6", "1 of 4"),
        ("communication", "1 of 6", "0 of 4"),
    ]


def test_what_is_held_back_counts_in_neither_month() -> None:
    held = [replace(row, concern="amber") for row in of_theme("reliability")]
    assert shape_digest(NOVEMBER, held, COVERAGE).rising == ()
    (line,) = shape_digest(NOVEMBER, of_theme("reliability"), COVERAGE, month_before=held).rising
    assert line.before == "0 of 0"


def test_comments_stand_in_the_order_in_which_they_came_whatever_they_answered() -> None:
    unplaced = [replace(A_COMMENT, answer_id=-n, message_id=n, words=str(n)) for n in (5, 2, 3)]
    view = shaped(*unplaced, replace(A_COMMENT, answer_id=1, message_id=4, words="4"))
    assert [row.words for row in view.praise] == ["2", "3", "4", "5"]


def test_no_more_than_three_themes_are_shown() -> None:
    themes = dict.fromkeys(("listened", "reliability", "communication", "ending"), "positive")
    assert len(shaped(replace(A_COMMENT, themes=themes)).most_praised) == 3


@pytest.mark.parametrize(("answers", "score"), [(9, None), (10, 80)])
def test_there_is_no_score_under_ten_answers(answers: int, score: int | None) -> None:
    assert shaped(*[replace(A_COMMENT, answer_id=number, score=80) for number in range(answers)]).score == score


def test_too_little_past_is_said_plainly() -> None:
    view = shaped(history=(month(9, 5, 2), month(10, 5, 2)))
    assert view.own_past == "Too little to compare yet: 3 months with anyone asked, and a run chart needs 6."
    assert view.run_chart == ()


@pytest.mark.parametrize(("usual", "said"), [((7, 3), "within"), ((10, 9), "fewer than"), ((10, 1), "more than")])
def test_six_months_are_compared_with_their_own_range(usual: tuple[int, int], said: str) -> None:
    view = shaped(history=tuple(month(number, *usual) for number in range(6, 11)))
    assert said in view.own_past
    assert len(view.run_chart) == 6


def test_months_to_come_are_not_part_of_the_past() -> None:
    assert shaped(history=tuple(month(12, 7, 3) for _ in range(9))).run_chart == ()


def test_what_needs_the_manager_is_counted() -> None:
    flag = FlagRow("EH-2", "review", "Do you know who to go to?", "No", "flag_manager", date(2026, 11, 3))
    alert = AlertRow("K3P-7QX", "red_today", date(2026, 11, 9))
    unread = UnreadRow(3, Month(2026, 10))
    said = [replace(A_COMMENT, complaint=True)]
    view = shape_digest(NOVEMBER, said, COVERAGE, [flag], alerts=[alert], unread=[unread])
    needs = view.needs_you_now
    assert (needs.items, needs.alerts, needs.unread, needs.complaints) == ((flag,), (alert,), (unread,), 1)
    assert view.summary_counts()["needs"] == 4


def test_silent_cases_are_listed_once_in_order() -> None:
    assert shape_digest(NOVEMBER, [], [], silent_cases=["EH-9", "EH-2", "EH-9"]).silent_cases == ("EH-2", "EH-9")


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (3, 7, "3 of 7 answered"),
        (0, 0, "0 of 0 answered"),
        (9, 9, "9 of 9 answered"),
        (6, 10, "6 of 10 answered (60%)"),
    ],
)
def test_percentages_begin_at_ten(part: int, whole: int, said: str) -> None:
    assert of(part, whole, "answered") == said


def test_an_unknown_reason_is_still_readable() -> None:
    assert reason_label("opted_out") == "they have opted out of texts"
    assert reason_label("lost_for_words") == "lost for words"


def test_a_month_knows_its_days_and_names() -> None:
    assert Month.of(date(2026, 11, 30)) == NOVEMBER
    assert NOVEMBER.holds(date(2026, 11, 1))
    assert not NOVEMBER.holds(date(2026, 12, 1))
    assert (NOVEMBER.label, NOVEMBER.key) == ("November 2026", "2026-11")
    assert Month(2025, 12) < Month(2026, 1)


def test_answers_without_a_score_do_not_count_towards_ten() -> None:
    assert mean_score([80] * 9 + [None] * 5) is None


def test_a_usual_range_needs_two_months() -> None:
    assert usual_range([0.5, 0.5]) == (0.5, 0.5)
    with pytest.raises(ValueError, match="two or more"):
        usual_range([0.5])
