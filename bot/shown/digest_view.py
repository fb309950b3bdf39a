"""What a line manager's month comes to: the rows of it, read and handed to `analysis.digest` to be shaped."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime

from analysis.digest import DigestView, shape_digest
from analysis.digesting.ownerless import NOTHING_WAITS, WaitingRow, WaitingRows
from analysis.digesting.standings import STARTED, Counted, Standing
from analysis.figures import AlertRow, CommentRow, CoverageRow, FlagRow, Month, MonthCount, UnreadRow
from bot.access import Viewer
from bot.calendar import local_day, midnight, month_after, month_before
from bot.respondents import value_label
from bot.shown import alert_views
from bot.shown.comments import asked, comments, is_held, wording
from bot.shown.unplaced import unplaced
from bot.shown.waiting import waiting_for
from store.session import Session
from store.shown import digests, feedback
from store.shown.feedback import AnswerRow, CoverageCount
from store.shown.unplaced import unplaced_about, unplaced_between
from surveys.catalogue import Catalogue
from surveys.stages import STAGES

MONTHS_OF_HISTORY = 12
WORKERS_FLAG = "flag_worker"
NEED_YOU = ("flag_manager", WORKERS_FLAG)
"""Flags of answers that a line manager sees to: themselves, or by telling the worker, who reads nothing here."""


def view_of(session: Session, catalogue: Catalogue, manager_id: int, period: date, today: date) -> DigestView:
    """A month of a manager as it stands now: what has been released since it was made is in it.

    Args:
        today: on which day it is looked at; who sees to what waits for an owner follows from it.
    """
    until, before = month_after(period), month_before(period)
    answers = _answers(session, manager_id, period)
    return shape_digest(
        Month.of(period),
        comments=_comments(session, catalogue, manager_id, period, answers),
        coverage=_coverage(feedback.coverage(session, manager_id, period, until)),
        flags=_flags(answers, catalogue),
        alerts=_alerts(session, manager_id),
        unread=[
            UnreadRow(line.id, Month.of(line.period)) for line in digests.unopened_before(session, manager_id, period)
        ],
        silent_cases=feedback.silent_cases(session, manager_id, period, until),
        history=_history(session, manager_id, until),
        month_before=_comments(session, catalogue, manager_id, before, _answers(session, manager_id, before)),
        waiting=_waiting(session, catalogue, manager_id, midnight(until), today),
    )


def _waiting(session: Session, catalogue: Catalogue, manager_id: int, until: datetime, today: date) -> WaitingRows:
    """What waits for an owner and is this manager's to see to meanwhile, from whatever month it is."""
    items = waiting_for(session, manager_id, until, today)
    if not items:
        return NOTHING_WAITS
    asked_about = [item.invitation_id for item in items]
    answers = feedback.answers_about(session, asked_about, until)
    texts = unplaced_about(session, asked_about, until)
    return WaitingRows(
        items=[WaitingRow(item.case_reference, item.stage, item.stage_on, item.unit, item.worker) for item in items],
        comments=[*comments(answers, catalogue), *unplaced(texts, catalogue)],
        flags=_flags(answers, catalogue),
    )


def _answers(session: Session, manager_id: int, period: date) -> list[AnswerRow]:
    return feedback.answers_between(session, manager_id, midnight(period), midnight(month_after(period)))


def _comments(
    session: Session, catalogue: Catalogue, manager_id: int, period: date, answers: list[AnswerRow]
) -> list[CommentRow]:
    texts = unplaced_between(session, manager_id, midnight(period), midnight(month_after(period)))
    return [*comments(answers, catalogue), *unplaced(texts, catalogue)]


def _alerts(session: Session, manager_id: int) -> list[AlertRow]:
    """The alerts about his workers' cases that nobody has taken on, as far as he may know of them."""
    standing = alert_views.standing(session, Viewer(manager_id, "manager"))
    return [AlertRow(line.reference, line.severity, local_day(line.raised_at)) for line in standing]


def _flags(answers: list[AnswerRow], catalogue: Catalogue) -> list[FlagRow]:
    """The closed answers that ask for the manager's look; none from a conversation of which anything is held.

    What is about a worker's conduct takes no other answer with it: one that goes would tell that it has come.
    """
    held = {answer.conversation_id for answer in answers if is_held(answer) and not answer.conduct}
    return [
        FlagRow(
            case_reference=answer.case_reference,
            stage=answer.stage,
            question=wording(asked(answer, catalogue), answer.worker),
            answer=value_label(asked(answer, catalogue), answer.value) or "",
            flag=flag,
            on=local_day(answer.answered_at),
            for_worker=answer.worker if flag == WORKERS_FLAG else "",
        )
        for answer in answers
        for flag in NEED_YOU
        if flag in answer.flags.split() and answer.conversation_id not in held and not answer.conduct
    ]


def _coverage(counts: list[CoverageCount]) -> list[CoverageRow]:
    return [_coverage_of(stage, [count for count in counts if count.stage == stage]) for stage in STAGES]


def _coverage_of(stage: str, counts: list[CoverageCount]) -> CoverageRow:
    stand = Standing.of(
        Counted(count.status, count.not_asked_because, is_held=False, people=count.people) for count in counts
    )
    return CoverageRow(
        stage=stage,
        reached=stand.people,
        safe=sum(count.with_safe_channel for count in counts),
        asked=stand.asked,
        started=stand.count(*STARTED),
        answered=stand.heard,
        declined=stand.count("declined"),
        not_asked=stand.not_asked,
        still_to_ask=stand.count("offered"),
    )


def _history(session: Session, manager_id: int, until: date) -> list[MonthCount]:
    since = until
    for _ in range(MONTHS_OF_HISTORY):
        since = month_before(since)
    asked_by_month: dict[date, int] = defaultdict(int)
    heard_by_month: dict[date, int] = defaultdict(int)
    for count in feedback.history(session, manager_id, since, until):
        month = count.day.replace(day=1)
        asked_by_month[month] += count.asked
        heard_by_month[month] += count.heard
    return [MonthCount(month, asked_by_month[month], heard_by_month[month]) for month in sorted(asked_by_month)]
