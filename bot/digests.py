"""The month's digest: one for each line manager, made on the first working day, exactly once.

The digest row and the mail that announces it are written in one transaction; manager and month are its key, so that
however often the job runs, or is killed, there is one digest and one mail. It is read by the manager, or by whoever stands
in for them that day (`bot.organisation`), and the mail goes to them. What the page shows is read from the answers
themselves: words are kept once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from analysis.digest import DigestView
from analysis.figures import counted
from bot.access import Viewer
from bot.calendar import LONDON, first_working_day, local_day, midnight, month_after, month_before
from bot.one_by_one import one_by_one
from bot.organisation import who_reads
from bot.service import Service
from bot.shown.digest_view import view_of
from bot.shown.waiting import hand_over, seen_to
from store.session import Database, Session
from store.shown import digests as rows
from store.shown.digests import DigestLine, LineManager
from store.talks import messages
from store.talks.messages import Queued
from surveys.catalogue import Catalogue


@dataclass(frozen=True)
class DigestPage:
    """A digest as its page shows it.

    Attributes:
        month_before: what he made of the month before.
    """

    line: DigestLine
    view: DigestView
    reflection: str | None
    month_before: str | None


class Made(NamedTuple):
    """A digest that has been made, and when."""

    digest_id: int
    at: datetime


def make_due(database: Database, catalogue: Catalogue, *, base_url: str, now: datetime) -> int:
    """Make every digest that is due and not there yet; return how many.

    A month is due from the first working day after it on. Each month since the first invitation is looked at, so that one
    for which the clock was down is still made. What belonged to nobody and has an owner by now is handed over first.
    """
    hand_over(database)
    with database.reading() as session:
        due = [(manager, period) for period in _due_periods(session, now) for manager in _lacking(session, period, now)]
    return one_by_one(due, lambda each: _make(database, catalogue, *each, base_url=base_url, now=now))


def _due_periods(session: Session, now: datetime) -> Iterator[date]:
    first = rows.first_invitation(session)
    if first is None:
        return
    today = local_day(now)
    period, ends = local_day(first).replace(day=1), today.replace(day=1)
    while (after := month_after(period)) <= ends:
        if today >= first_working_day(after):
            yield period
        period = after


def _lacking(session: Session, period: date, now: datetime) -> list[LineManager]:
    """Who still needs the digest of a month: those whose cases had a part in it, wherever their workers are now.

    Whoever is a line manager today, and led somebody in it, gets last month's as well, be there nothing to report; and that
    of an older month where nobody has one. Nobody is sent the months before they came. Last month's goes to those as well
    who see to what waits for an owner.
    """
    after, today = month_after(period), local_day(now)
    is_last = period == month_before(today)
    sees = {owner for _, owner in seen_to(session, midnight(after), today) if owner is not None} if is_last else set()
    today_too = is_last or not rows.is_begun(session, period)
    moments = (midnight(period), midnight(after))
    return rows.lacking(session, period, after, moments, today_too=today_too, also=sees)


def _make(
    database: Database, catalogue: Catalogue, manager: LineManager, period: date, *, base_url: str, now: datetime
) -> bool:
    with database.writing() as session:
        digest_id = rows.add(session, manager.id, period, now)
        if digest_id is None:
            return False
        view = view_of(session, catalogue, manager.id, period, local_day(now))
        link = f"{base_url}/digests/{digest_id}"
        reader = who_reads(session, manager.id, local_day(now))
        if addressee := rows.addressee(session, reader) if reader else None:
            whose = None if addressee.id == manager.id else manager.name
            messages.queue(session, [_announcement(addressee, whose, period, view, link, Made(digest_id, now))], now)
        return True


def _announcement(
    reader: LineManager, whose: str | None, period: date, view: DigestView, link: str, made: Made
) -> Queued:
    """The mail to whoever reads a digest. `whose`: the line manager for whom they read it, if they do."""
    month = f"{period:%B %Y}"
    counts = view.summary_counts()
    lines = (
        f"The digest of {whose} for {month} is ready. You read it in their place."
        if whose
        else f"Your digest for {month} is ready.",
        "",
        "Read it, and write on the page what you make of it. It opens after sign-in:",
        link,
        "",
        f"When it was made, on {_moment(made.at)}:",
        f"  {view.headline}",
        f"  {counted(counts['comments'], 'comment')}, word for word",
        f"  {counted(counts['needs'], 'thing needs', 'things need')} you now",
        *([f"  {counted(counts['waiting'], 'item waits', 'items wait')} for an owner"] if counts["waiting"] else []),
        "",
        "The page counts later answers too. What people said is not in this mail on purpose.",
        "",
    )
    return Queued(
        "email",
        reader.email,
        "\n".join(lines),
        kind="digest",
        key=f"digest:{made.digest_id}",
        subject=f"Heard: {'a' if whose else 'your'} digest for {month}",
    )


def _moment(at: datetime) -> str:
    here = at.astimezone(LONDON)
    return f"{here.day} {here:%B %Y} at {here:%H:%M}"


def listing(session: Session, viewer: Viewer) -> list[DigestLine]:
    """The digests that this viewer may read, newest first."""
    return rows.lines(session, None if viewer.role == "administrator" else viewer.managers)


def read(service: Service, digest_id: int, viewer: Viewer) -> DigestPage | None:
    """One digest, or None where there is none that this viewer may read.

    Opened counts when its own manager reads it, or whoever reads in their place.
    """
    with service.database.reading() as session:
        line = _allowed(session, digest_id, viewer)
        if line is None:
            return None
        page = DigestPage(
            line,
            view_of(session, service.catalogue, line.manager_id, line.period, local_day(service.clock.now())),
            line.reflection,
            rows.reflection_on(session, line.manager_id, month_before(line.period)),
        )
    if line.manager_id in viewer.managers and line.opened_at is None:
        with service.database.writing() as session:
            rows.mark_opened(session, digest_id, service.clock.now())
    return page


def reflect(session: Session, digest_id: int, viewer: Viewer, text: str) -> bool:
    """Keep what its manager makes of a digest; False where it is not theirs."""
    line = _allowed(session, digest_id, viewer)
    if line is None or line.manager_id not in viewer.managers:
        return False
    rows.reflect(session, digest_id, text if text.strip() else "")
    return True


def _allowed(session: Session, digest_id: int, viewer: Viewer) -> DigestLine | None:
    line = rows.line(session, digest_id)
    if line is None or viewer.role == "administrator" or line.manager_id in viewer.managers:
        return line
    return None
