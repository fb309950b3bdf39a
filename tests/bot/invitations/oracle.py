"""The rules of asking, written down a second time and plainly: from the surveys' policy, not from the service's code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.calendar import LONDON
from tests.bot.invitations.worlds import World

A_DAY = timedelta(days=1)
CAP = timedelta(days=28)
WITHIN = timedelta(days=28)
DELAYS = {"assessment": 2, "review": 1, "closure": 3}
HOURS = {"parent_carer": (time(10), time(15)), "young_person": (time(12), time(16, 45))}
BANK_HOLIDAYS = {
    date(2026, 12, 25),
    date(2026, 12, 28),
    date(2027, 1, 1),
    date(2027, 3, 26),
    date(2027, 3, 29),
    date(2027, 5, 3),
    date(2028, 4, 14),
    date(2028, 4, 17),
}


@dataclass(frozen=True)
class Row:
    """An invitation as it stands. `stage` is None in a campaign. `sent_at`: when its words left."""

    id: int
    person: int
    stage: str | None
    stage_on: date
    status: str
    because: str | None
    made_at: datetime
    asked_at: datetime | None
    settled_at: datetime | None
    sent_at: datetime | None


@dataclass(frozen=True)
class Talk:
    """A conversation: whose, from when to when. Wherever it goes on, it has been on its person's phone."""

    id: int
    person: int
    opened_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True)
class Oracle:
    """What may be asked at a moment in a world, as far as it has come."""

    world: World
    rows: tuple[Row, ...]
    talks: tuple[Talk, ...]

    def in_hours(self, row: Row, at: datetime) -> bool:
        here = at.astimezone(LONDON)
        opens, closes = HOURS[self.world.people[row.person - 1].audience]
        closed = {here.date(), here.date() + A_DAY} & BANK_HOLIDAYS
        return here.weekday() in {0, 1, 2, 3} and not closed and opens <= here.time() < closes

    def is_covered(self, at: datetime) -> bool:
        """Somebody on the rota, or without one the desk from nine to five, is there for two hours."""
        if self.world.duties is None:
            return time(9) <= at.astimezone(LONDON).time() < time(15)
        shifts = []
        for duty in self.world.duties:
            begins = self.world.moment(duty.day, duty.hour).astimezone(UTC)
            shifts.append((begins, begins + timedelta(hours=duty.hours)))
        reached, goal = at.astimezone(UTC), at.astimezone(UTC) + timedelta(hours=2)
        while reached < goal:
            on = [ends for begins, ends in shifts if begins <= reached < ends]
            if not on:
                return False
            reached = max(on)
        return True

    def is_capped(self, row: Row, at: datetime) -> bool:
        asks = self._asked(row.person, at, but_for=row.id)
        return row.stage != "closure" and any(at - CAP < ask for ask in asks)

    def _asked(self, person: int, at: datetime, but_for: int) -> list[datetime]:
        """When a person was asked what had reached them, as far as was known at a moment: when it left, if it had."""
        return [
            row.sent_at if row.sent_at and row.sent_at <= at else row.asked_at
            for row in self.rows
            if row.person == person
            and row.id != but_for
            and row.asked_at is not None
            and row.asked_at <= at
            and not (row.status == "unreachable" and row.settled_at is not None and row.settled_at <= at)
        ]

    def line_is_free(self, row: Row, at: datetime) -> bool:
        """Nobody talks on the phone, nor this person anywhere, and a day has passed since somebody else has."""
        phone = self._phone(row.person)
        for talk in self.talks:
            if talk.opened_at > at:
                continue
            is_open = talk.closed_at is None or talk.closed_at > at
            if is_open and self._phone(talk.person) == phone:
                return False
            if (
                self._phone(talk.person) == phone
                and talk.person != row.person
                and talk.closed_at
                and at < talk.closed_at + A_DAY
            ):
                return False
        return True

    def _phone(self, person: int) -> int:
        return self.world.people[person - 1].phone

    def is_stopped(self, row: Row, at: datetime) -> bool:
        return self._since(self.world.people[row.person - 1].stops_on, at)

    def is_barred(self, row: Row, at: datetime) -> bool:
        return self._since(self.world.people[row.person - 1].is_barred_on, at)

    def _since(self, day: int | None, at: datetime) -> bool:
        return day is not None and at >= self.world.moment(day, 8)

    def is_due(self, row: Row, at: datetime) -> bool:
        day = row.stage_on + timedelta(days=DELAYS[row.stage or ""])
        return at >= datetime.combine(day, time(), LONDON)

    def is_too_old(self, row: Row, at: datetime) -> bool:
        return row.stage_on + WITHIN < at.astimezone(LONDON).date()

    def waits_for_elder(self, row: Row, at: datetime) -> bool:
        """Somebody else on the phone is to be asked about an older stage, and it falls due today."""
        tonight = datetime.combine(at.astimezone(LONDON).date() + A_DAY, time(), LONDON) - timedelta(minutes=1)
        phone = self._phone(row.person)
        return any(
            other.status == "offered"
            and self._phone(other.person) == phone
            and other.person != row.person
            and (other.stage_on, other.id) < (row.stage_on, row.id)
            and self.is_due(other, tonight)
            for other in self.rows
        )

    def forbids(self, row: Row, at: datetime) -> list[str]:
        """The rules that speak against asking somebody at a moment."""
        rules = {
            "not due": not self.is_due(row, at),
            "out of hours": not self.in_hours(row, at),
            "no cover": not self.is_covered(at),
            "cap": self.is_capped(row, at),
            "phone": not self.line_is_free(row, at),
            "stopped": self.is_stopped(row, at),
            "barred": self.is_barred(row, at),
            "too old": self.is_too_old(row, at),
        }
        return [name for name, holds in rules.items() if holds]

    def is_true_reason(self, row: Row) -> bool:
        """Whether the reason why somebody was not asked was so when it was written down."""
        at = row.settled_at or row.made_at
        if row.because == "asked_recently":
            return self.is_capped(row, at) and self._cap_outlasts(row, at)
        return {
            "opted_out": self.is_stopped,
            "do_not_contact": self.is_barred,
            "too_long_ago": self.is_too_old,
        }[row.because or ""](row, at)

    def _cap_outlasts(self, row: Row, at: datetime) -> bool:
        """No moment is left, after the cap and before the stage is too old, at which they could be asked."""
        moment = max(self._asked(row.person, at, but_for=row.id)) + CAP
        while not self.is_too_old(row, moment):
            covered = self.world.duties is not None or self.is_covered(moment)
            if self.in_hours(row, moment) and covered:
                return False
            moment += timedelta(minutes=15)
        return True
