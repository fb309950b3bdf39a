"""Where the rota has gaps in the hours in which families are asked, in words; and the rota as its page shows it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.calendar import LONDON, SEND_WINDOWS, local_day, midnight
from bot.calendar.hours import stretch_on, window_on
from bot.council import Council
from bot.cover import rota as duty
from bot.cover.hours import is_short
from bot.cover.rota import COVER, Rota, Span
from bot.respondents import who_label
from store.council import cover as rows
from store.council.cover import Shift
from store.session import Session
from surveys.stages import FAMILIES

ONE_DAY = timedelta(days=1)
NOT_ASKED_THEN = "Families are not asked then, nor in the two hours before."
FAMILY_WINDOWS = tuple(key for key in SEND_WINDOWS if key[0] in FAMILIES)


@dataclass(frozen=True)
class ShownShift:
    """A shift on the page of a week. `counts`: its person is there for some of it."""

    shift: Shift
    counts: bool


@dataclass(frozen=True)
class ShownDay:
    """One day of the rota: who is on, and where nobody is while families are asked."""

    day: date
    shifts: tuple[ShownShift, ...]
    gaps: tuple[Span, ...]
    is_asked_on: bool


def cover_gaps(session: Session, now: datetime, days: int) -> list[Span]:
    """When nobody is on while families are asked, from now on for so many days; none where no rota is kept."""
    return gaps_of(duty.read(session, now, days), now, days)


def gaps_of(rota: Rota, now: datetime, days: int) -> list[Span]:
    """The same of a rota that has been read."""
    if not rota.is_kept:
        return []
    found = []
    for later in range(days):
        stretch = _asked_on(local_day(now) + later * ONE_DAY)
        if stretch is not None and stretch[1] > now:
            found += rota.missing_in(max(stretch[0], now), stretch[1])
    return found


def opened_by(session: Session, shift: Shift, now: datetime) -> list[Span]:
    """When nobody would be on while families are asked, from now on, if this shift were taken off the rota."""
    present = duty.presences(session, rows.standing(session, shift.begins_at, shift.ends_at), shift.begins_at)
    others = (span for one, spans in present if one.id != shift.id for span in spans)
    without = Rota(is_kept=True, spans=duty.joined(others))
    return [
        gap
        for one, spans in present
        if one.id == shift.id
        for begins, ends in spans
        for asked in filter(None, map(_asked_on, sorted({local_day(begins), local_day(ends)})))
        for gap in without.missing_in(max(begins, asked[0], now), min(ends, asked[1]))
    ]


def never_covered(rota: Rota, now: datetime, days: int) -> list[str]:
    """Whom nobody may ask in so many days, since in all their hours nobody is on for the two hours after."""
    if not rota.is_kept:
        return []
    return [who_label(*key) or key[0] for key in FAMILY_WINDOWS if not _is_ever_covered(key, rota, now, days)]


def short_of_cover(rota: Rota, council: Council, now: datetime, days: int) -> list[str]:
    """Whom the desk's hours let ask in so many days with less than two hours of cover, in a sentence; empty with a rota."""
    if rota.is_kept or not council.keeps_windows:
        return []
    desk, ahead = council.duty.hours, [local_day(now) + later * ONE_DAY for later in range(days)]
    windows = {
        key: window
        for key in FAMILY_WINDOWS
        for day in ahead
        if stretch_on(*key, day) and (window := window_on(*key, day)) and is_short(window, desk)
    }
    if not windows:
        return []
    who = ", ".join(who_label(*key) or key[0] for key in windows)
    until = min((datetime.combine(now.date(), window.opens) + COVER).time() for window in windows.values())
    return [
        f"Asked with less than two hours of cover, since no rota is kept and the duty desk closes at {desk.closes:%H:%M}: "
        f"{who}. Put somebody on the rota past {until:%H:%M}, or let DUTY_HOURS end later than that."
    ]


def _is_ever_covered(key: tuple[str, str | None], rota: Rota, now: datetime, days: int) -> bool:
    stretches = [stretch_on(*key, local_day(now) + later * ONE_DAY) for later in range(days)]
    left = [(max(now, begins), ends) for begins, ends in filter(None, stretches) if ends > now]
    return not left or any(rota.covered_in(begins, ends) is not None for begins, ends in left)


def _asked_on(day: date) -> tuple[datetime, datetime] | None:
    """From when to when any family is asked on a day; None on a day on which none is."""
    stretches = [stretch for key in FAMILY_WINDOWS if (stretch := stretch_on(*key, day))]
    return (min(begins for begins, _ in stretches), max(ends for _, ends in stretches)) if stretches else None


def told(session: Session, now: datetime, days: int = 7) -> list[str]:
    """What somebody must see to about cover, a sentence each; empty where all is well."""
    rota = duty.read(session, now, days)
    gaps = gaps_of(rota, now, days)
    if not gaps:
        return []
    first = in_words(gaps[0])
    more = f", and {len(gaps) - 1} more in the next {days} days" if len(gaps) > 1 else ""
    return [f"Nobody is on duty on {first}{more}. {NOT_ASKED_THEN}"]


def in_words(span: Span) -> str:
    """A stretch of one day: `Tue 6 October, 13:00 to 15:00`."""
    begins, ends = span.begins_at.astimezone(LONDON), span.ends_at.astimezone(LONDON)
    return f"{begins:%a} {begins.day} {begins:%B}, {begins:%H:%M} to {ends:%H:%M}"


def week(session: Session, monday: date, now: datetime) -> list[ShownDay]:
    """Seven days of the rota, whatever has passed of them."""
    begins, ends = midnight(monday), midnight(monday + 7 * ONE_DAY)
    present = duty.presences(session, rows.standing(session, begins, ends), begins)
    kept = rows.is_kept(session)
    rota = Rota(is_kept=kept, spans=duty.joined(span for _, spans in present for span in spans))
    shown = [ShownShift(shift, counts=bool(spans)) for shift, spans in present]
    return list(_days(monday, shown, rota, now))


def _days(monday: date, shown: Sequence[ShownShift], rota: Rota, now: datetime) -> Iterator[ShownDay]:
    for later in range(7):
        day = monday + later * ONE_DAY
        here = tuple(one for one in shown if local_day(one.shift.begins_at) == day)
        asked = _asked_on(day)
        gaps = gaps_of(rota, max(now, midnight(day)), 1) if day >= local_day(now) else []
        yield ShownDay(day, here, tuple(gaps), is_asked_on=asked is not None)
