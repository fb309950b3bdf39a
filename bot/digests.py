"""The month's digest: one for each line manager, made on the first working day, exactly once.

The digest row and the mail that announces it are written in one transaction; manager and month are its key, so that
however often the job runs, or is killed, there is one digest and one mail. What the page shows is read from the answers
themselves: words are kept once.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from analysis.digest import DigestView, shape_digest
from analysis.figures import CoverageRow, FlagRow, Month, MonthCount
from bot.access import Viewer
from bot.calendar import first_working_day, local_day, midnight, month_after, month_before
from bot.comments import asked, comments, is_held, unplaced, wording
from bot.one_by_one import one_by_one
from bot.respondents import value_label
from bot.service import Service
from store import digests as rows
from store import feedback, messages
from store.digests import DigestLine, LineManager
from store.feedback import AnswerRow, CoverageCount
from store.messages import Queued
from store.session import Database, Session
from surveys.catalogue import Catalogue
from surveys.stages import STAGES

MONTHS_OF_HISTORY = 12
MANAGERS_FLAG = "flag_manager"
STARTED = frozenset({"started", "partly_answered", "answered"})
ASKED = STARTED | {"asked", "declined", "lapsed", "unreachable"}


@dataclass(frozen=True)
class DigestPage:
    """A digest as its page shows it."""

    line: DigestLine
    view: DigestView
    reflection: str | None


def make_due(database: Database, catalogue: Catalogue, *, base_url: str, now: datetime) -> int:
    """Make last month's digests, if its first working day has come, for every manager who has none; return how many."""
    today = local_day(now)
    if today < first_working_day(today):
        return 0
    period = month_before(today)
    with database.reading() as session:
        managers = rows.line_managers(session)
    return one_by_one(managers, lambda manager: _make(database, catalogue, manager, period, base_url=base_url, now=now))


def _make(
    database: Database, catalogue: Catalogue, manager: LineManager, period: date, *, base_url: str, now: datetime
) -> bool:
    with database.writing() as session:
        digest_id = rows.add(session, manager.id, period, now)
        if digest_id is None:
            return False
        view = _view(session, catalogue, manager.id, period)
        messages.queue(
            session, [_announcement(manager, period, view, f"{base_url}/digests/{digest_id}", digest_id)], now
        )
        return True


def _announcement(manager: LineManager, period: date, view: DigestView, link: str, digest_id: int) -> Queued:
    month = f"{period:%B %Y}"
    counts = view.summary_counts()
    lines = (
        f"Your digest for {month} is ready:",
        f"  {link}",
        "",
        f"  {counts['answered']} of {counts['asked']} people asked have answered",
        f"  {counts['comments']} comments, word for word",
        f"  {counts['needs']} things that need you now",
        "",
        "It opens after sign-in. What people said is not in this mail on purpose.",
        "",
    )
    return Queued(
        "email",
        manager.email,
        "\n".join(lines),
        kind="digest",
        key=f"digest:{digest_id}",
        subject=f"Heard: your digest for {month}",
    )


def listing(session: Session, viewer: Viewer) -> list[DigestLine]:
    """The digests that this viewer may read, newest first."""
    return rows.lines(session, None if viewer.role == "administrator" else viewer.staff_id)


def read(service: Service, digest_id: int, viewer: Viewer) -> DigestPage | None:
    """One digest, or None where there is none that this viewer may read. Opened counts when its own manager reads it."""
    with service.database.writing() as session:
        line = _allowed(session, digest_id, viewer)
        if line is None:
            return None
        if line.manager_id == viewer.staff_id:
            rows.mark_opened(session, digest_id, service.clock.now())
        view = _view(session, service.catalogue, line.manager_id, line.period)
    return DigestPage(line, view, line.reflection)


def reflect(session: Session, digest_id: int, viewer: Viewer, text: str) -> bool:
    """Keep what its manager makes of a digest; False where it is not theirs."""
    line = _allowed(session, digest_id, viewer)
    if line is None or line.manager_id != viewer.staff_id:
        return False
    rows.reflect(session, digest_id, text)
    return True


def _allowed(session: Session, digest_id: int, viewer: Viewer) -> DigestLine | None:
    line = rows.line(session, digest_id)
    if line is None or viewer.role == "administrator" or line.manager_id == viewer.staff_id:
        return line
    return None


def _view(session: Session, catalogue: Catalogue, manager_id: int, period: date) -> DigestView:
    until = month_after(period)
    begins, ends = midnight(period), midnight(until)
    answers = feedback.answers_between(session, manager_id, begins, ends)
    texts = feedback.unplaced_texts(session, manager_id, begins, ends)
    return shape_digest(
        Month.of(period),
        comments=[*comments(answers, catalogue), *unplaced(texts)],
        coverage=_coverage(feedback.coverage(session, manager_id, period, until)),
        flags=_flags(answers, catalogue),
        silent_cases=feedback.silent_cases(session, manager_id, period, until),
        history=_history(session, manager_id, until),
    )


def _flags(answers: list[AnswerRow], catalogue: Catalogue) -> list[FlagRow]:
    """The closed answers that ask for the manager's look; none from a conversation of which anything is held."""
    held = {answer.conversation_id for answer in answers if is_held(answer)}
    return [
        FlagRow(
            case_reference=answer.case_reference,
            stage=answer.stage,
            question=wording(asked(answer, catalogue), answer.worker),
            answer=value_label(asked(answer, catalogue), answer.value) or "",
            flag=MANAGERS_FLAG,
            on=local_day(answer.answered_at),
        )
        for answer in answers
        if MANAGERS_FLAG in answer.flags.split() and answer.conversation_id not in held
    ]


def _coverage(counts: list[CoverageCount]) -> list[CoverageRow]:
    return [_coverage_of(stage, [count for count in counts if count.stage == stage]) for stage in STAGES]


def _coverage_of(stage: str, counts: list[CoverageCount]) -> CoverageRow:
    def people(statuses: frozenset[str]) -> int:
        return sum(count.people for count in counts if count.status in statuses)

    reasons: dict[str, int] = defaultdict(int)
    for count in counts:
        if count.not_asked_because:
            reasons[count.not_asked_because] += count.people
    return CoverageRow(
        stage=stage,
        reached=sum(count.people for count in counts),
        asked=people(ASKED),
        started=people(STARTED),
        answered=people(frozenset(feedback.HEARD)),
        declined=people(frozenset({"declined"})),
        not_asked=dict(reasons),
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
