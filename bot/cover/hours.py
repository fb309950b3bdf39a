"""No cover, no send: when a family may be written to first, so that somebody is there to read what they answer.

Most replies come within two hours. A send window that ends so close to the duty desk's closing time that no moment of it
has two hours of cover is kept by the desk reading at the moment of sending: else its audience would never be asked.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.calendar import SEND_WINDOWS, Hours, in_window, next_in
from bot.council import Council

COVER = timedelta(hours=2)
MOST_STEPS = 60
"""So often windows and desk are looked at in turn, before hours that never meet are given up."""


def due_at(audience: str, band: str | None, moment: datetime, council: Council) -> datetime:
    """The first moment from `moment` on at which this person may be texted first."""
    return in_window(audience, band, moment) if council.keeps_windows else moment


def may_go_at(audience: str, band: str | None, moment: datetime, council: Council) -> datetime | None:
    """The first moment from `moment` on that lies in this audience's window while the duty desk covers it.

    `moment` itself for who has no window (partners and staff) and where the council keeps none. None where window and desk
    hours never meet.
    """
    window = SEND_WINDOWS.get((audience, band))
    if window is None or not council.keeps_windows:
        return moment
    cover = covering(window, council.duty.hours)
    if cover is None:
        return None
    for _ in range(MOST_STEPS):
        in_its_window = in_window(audience, band, moment)
        covered = next_in(cover, in_its_window)
        if covered == in_its_window:
            return covered
        moment = covered
    return None


def covering(window: Hours, desk: Hours) -> Hours | None:
    """The part of the desk's hours in which a message may leave: until two hours before it closes, where that can be."""
    if not window.days & desk.days or window.closes <= desk.opens or desk.closes <= window.opens:
        return None
    day = datetime(2000, 1, 3)  # noqa: DTZ001 - any day: hours of the wall clock are compared
    last = datetime.combine(day, desk.closes) - COVER
    if last.date() == day.date() and last.time() > max(window.opens, desk.opens):
        return Hours(desk.days, desk.opens, last.time())
    return desk
