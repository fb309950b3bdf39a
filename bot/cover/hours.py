"""No cover, no send: when somebody may be written to first, so that somebody is there to read what they answer.

Most replies come within two hours. Where a rota is kept, somebody on it must be there for all of them. Where none is, the
hours of the duty desk count, and a send window that ends so close to the desk's closing time that no moment of it has two
hours of cover is kept by the desk reading at the moment of sending: else its audience would never be asked.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot.calendar import LONDON, SEND_WINDOWS, Hours, in_a_text, in_window, local_day, next_in, window_on
from bot.calendar.hours import stretch_on
from bot.council import Council
from bot.cover.rota import COVER, MOST_DAYS, NO_ROTA, Rota

ONE_DAY = timedelta(days=1)
DAYS_TOLD = 7
"""So far ahead a week day tells when somebody reads next."""
A_WHILE = timedelta(hours=1)


def due_at(audience: str, band: str | None, moment: datetime, council: Council) -> datetime:
    """The first moment from `moment` on that lies in this audience's window, covered or not."""
    return in_window(audience, band, moment) if council.keeps_windows else moment


def may_go_at(
    audience: str, band: str | None, moment: datetime, council: Council, rota: Rota = NO_ROTA
) -> datetime | None:
    """The first moment from `moment` on that lies in this audience's window while somebody covers it.

    `moment` itself where the council keeps no windows; and for who has none, unless a rota must cover them. None where
    window and cover do not meet, as far as either is known.
    """
    if not council.keeps_windows:
        return moment
    if (audience, band) not in SEND_WINDOWS:
        return _within(moment, rota.next_covered(moment)) if rota.is_kept else moment
    day = local_day(moment)
    for later in range(MOST_DAYS):
        found = _on(audience, band, day + later * ONE_DAY, moment, council.duty.hours, rota)
        if found is not None:
            return _within(moment, found)
    return None


def _on(audience: str, band: str | None, day: date, moment: datetime, desk: Hours, rota: Rota) -> datetime | None:
    """The first moment of a day at which this audience may be written to first, from `moment` on."""
    window, stretch = window_on(audience, band, day), stretch_on(audience, band, day)
    if window is None or stretch is None or moment >= stretch[1]:
        return None
    opens, closes = max(moment, stretch[0]), stretch[1]
    if rota.is_kept:
        return rota.covered_in(opens, closes)
    cover = covering(window, desk)
    read = cover.on(day) if cover else None
    if read is None:
        return None
    first = max(opens, read[0])
    return first if first < min(closes, read[1]) else None


def _within(moment: datetime, found: datetime | None) -> datetime | None:
    """The moment itself where it is that one, else the one that was found, in London."""
    return moment if found == moment else found and found.astimezone(LONDON)


def ask_at(audience: str, band: str | None, moment: datetime, council: Council, rota: Rota) -> datetime:
    """When to look again whether somebody can be asked, from `moment` on; `moment` itself where that is now.

    The desk's hours are known long before. A rota is not looked ahead in: a shift may be added any minute, and whoever
    waits for cover is then asked without delay.
    """
    if rota.is_kept:
        return due_at(audience, band, moment, council)
    found = may_go_at(audience, band, moment, council)
    return found if found is not None else due_at(audience, band, moment + ONE_DAY, council)


def is_covered(moment: datetime, council: Council, rota: Rota) -> bool:
    """Whether the rota lets anybody be written to first now; as far as that goes, it does where none is kept."""
    return not council.keeps_windows or not rota.is_kept or rota.covers(moment)


def read_next(moment: datetime, desk: Hours, rota: Rota = NO_ROTA) -> str | None:
    """None while somebody reads; else when somebody reads next, short enough for a text.

    Whoever is on the rota reads, for however long; where none is kept, the desk in its hours. Empty where a week day does
    not tell: the rota knows of nobody, or of nobody within the week.
    """
    opening = rota.next_on(moment) if rota.is_kept else next_in(desk, moment)
    if opening == moment:
        return None
    if opening is None or (local_day(opening) - local_day(moment)).days >= DAYS_TOLD:
        return ""
    return in_a_text(opening)


def look_again_at(audience: str, band: str | None, moment: datetime) -> datetime:
    """When to look again at what waits for a rota that has run out: in the person's hours, an hour later or more."""
    return in_window(audience, band, moment + A_WHILE)


def is_short(window: Hours, desk: Hours) -> bool:
    """Whether a send window is kept by the desk reading at that moment, since two hours of it are never to be had."""
    return covering(window, desk) is desk


def covering(window: Hours, desk: Hours) -> Hours | None:
    """The part of the desk's hours in which a message may leave: until two hours before it closes, where that can be."""
    if not window.days & desk.days or window.closes <= desk.opens or desk.closes <= window.opens:
        return None
    day = datetime(2000, 1, 3)  # noqa: DTZ001 - any day: hours of the wall clock are compared
    last = datetime.combine(day, desk.closes) - COVER
    if last.date() == day.date() and last.time() > max(window.opens, desk.opens):
        return Hours(desk.days, desk.opens, last.time())
    return desk
