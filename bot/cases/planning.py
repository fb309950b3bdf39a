"""What follows from the events of cases: statuses, invitations, and the end of what is being asked. Many cases at a time.

Whatever follows is worked out from all events of a case that stand (`bot.cases.timeline`), so that the order in which they
are told, and how often this is done, makes no difference. Cases are locked first, then invitations and conversations, then
contact points.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import cast

from bot.calendar import local_day
from bot.cases import timeline
from bot.cases.timeline import FREEZES, Happened, Kind
from bot.council import Council
from bot.invitations.offering import OVERTAKEN, StageReached, Unasked, draft, reconsider, tell_of_doubt
from bot.people.freezing import freeze_case
from bot.respondents import Respondent
from bot.talks import interruptions, ways
from store.council import participants, standing
from store.council import planning as rows
from store.council.planning import EventRow, OpenTalk, Overtaken, PlannedCase, Spell, Taking, UnaskedRow
from store.council.standing import Standing
from store.inviting import campaigns, invitations
from store.inviting.invitations import NewInvitation
from store.session import Session
from surveys.catalogue import Catalogue
from surveys.stages import STAGES, Stage

SAID_POLITELY = frozenset({"case_closed", "withdrawn"})
"""Reasons for which whoever is being asked is told that the questions have closed; for all others nothing is said.

Nor is it where the case has been closed first and taken elsewhere before anybody could be told.
"""


@dataclass
class _Known:
    """All that is known of one case while it is planned."""

    case: PlannedCase
    today: date
    rows: list[EventRow] = field(default_factory=list)
    people: list[Taking] = field(default_factory=list)
    spells: list[Spell] = field(default_factory=list)
    status: str = "open"
    overtaken: dict[int, str] = field(default_factory=dict)
    silent_until: date | None = None
    to_apply: dict[int, EventRow] = field(default_factory=dict)

    def read(self) -> None:
        """Work out what its events come to."""
        standing = [
            Happened(row.id, cast("Kind", row.stage), row.happened_on) for row in self.rows if not row.is_withdrawn
        ]
        self.status = timeline.status_on(standing, self.today)
        self.overtaken = timeline.overtaken(standing, self.today)
        self.silent_until = timeline.silent_until(standing, self.today)
        self.overtaken |= {row.id: "withdrawn" for row in self.rows if row.is_withdrawn}
        self.to_apply = {
            row.id: row
            for row in sorted(self.rows, key=lambda row: (row.happened_on, row.id))
            if not row.is_applied and not row.is_withdrawn and row.happened_on <= self.today
        }

    @property
    def freezes(self) -> str | None:
        """The latest of the events that are being applied after which contact is frozen."""
        return max(
            ((row.happened_on, row.stage) for row in self.to_apply.values() if row.stage in FREEZES),
            default=(None, None),
        )[1]

    def reason(self, event_id: int, person: Taking) -> str | None:
        """Why a person is not asked about an event any more; None where the case gives no reason."""
        has_left = person.left_on is not None and person.left_on <= self.today
        return "left_case" if has_left else self.overtaken.get(event_id)

    def reason_for(self, event_id: int, person_id: int) -> str | None:
        """The same, for whoever has an invitation about a stage of the case."""
        return self.reason(event_id, self.person(person_id))

    def is_silent(self, event_id: int) -> bool:
        """Whether nothing may be said of an event any more: contact has been frozen since."""
        return self.silent_until is not None and self.event(event_id).happened_on <= self.silent_until

    def person(self, person_id: int) -> Taking:
        """Someone who takes part in the case, or has."""
        return next(person for person in self.people if person.person_id == person_id)

    def event(self, event_id: int) -> EventRow:
        """An event of the case."""
        return next(row for row in self.rows if row.id == event_id)

    def held_by(self, day: date) -> int:
        """Whose case it was on a day; before the first day that is known, whose it was then."""
        held = [
            spell
            for spell in self.spells
            if spell.began_on <= day and (spell.ended_on is None or day <= spell.ended_on)
        ]
        found = held[-1:] or self.spells[:1]
        return found[0].staff_id if found else self.case.worker_id


@dataclass(frozen=True)
class Planner:
    """Does what follows from events, in the transaction it is given."""

    catalogue: Catalogue
    council: Council
    now: datetime

    def apply(self, session: Session, case_ids: Collection[int]) -> int:
        """Do what follows from the events of these cases whose day has come; return from how many events.

        A case that somebody else holds at this moment is left to them, or to the next time.
        """
        known = self._load(session, rows.lock_cases(session, case_ids))
        applied = {event_id: row for one in known for event_id, row in one.to_apply.items()}
        if not applied:
            return 0
        self._keep_statuses(session, known)
        self._follow(session, known)
        for one in known:
            if one.freezes:
                freeze_case(session, one.case.id, one.freezes, now=self.now)
        self._invite(session, known)
        rows.mark_applied(session, sorted(applied), self.now)
        return len(applied)

    def settle(self, session: Session, case_id: int, moved: Collection[int] = ()) -> int:
        """Look at a case anew: an event of it was withdrawn or corrected, or somebody has left it.

        Args:
            moved: events that are on another day now.

        Returns:
            How many people who were not to be asked about something will be asked now.
        """
        locked = rows.lock_case(session, case_id)
        known = self._load(session, [locked] if locked else [])
        self._keep_statuses(session, known)
        return self._follow(session, known, moved)

    def reconsider(self, session: Session, case_id: int, person_id: int) -> int:
        """Look anew at what one person of a case has not been asked; return to how much they will be asked after all."""
        known = self._load(session, rows.read_cases(session, [case_id]))
        theirs = [row for row in rows.unasked_of(session, [case_id]) if row.person_id == person_id]
        return self._revise(session, known, theirs, frozenset())

    def _load(self, session: Session, locked: Sequence[PlannedCase]) -> list[_Known]:
        known = {case.id: _Known(case, local_day(self.now)) for case in locked}
        ids = list(known)
        if ids:
            for event in rows.events_of(session, ids):
                known[event.case_id].rows.append(event)
            for person in rows.taking_part(session, ids):
                known[person.case_id].people.append(person)
            for spell in rows.spells_of(session, ids):
                known[spell.case_id].spells.append(spell)
        for one in known.values():
            one.read()
        return list(known.values())

    def _keep_statuses(self, session: Session, known: Iterable[_Known]) -> None:
        rows.set_statuses(session, [(one.case.id, one.status) for one in known if one.status != one.case.status])

    def _invite(self, session: Session, known: Sequence[_Known]) -> int:
        """Make the invitations that the new events call for and that are not there yet; return how many."""
        led_by = self._line_managers(session, known)
        people = {person.person_id for one in known for person in one.people}
        stands = standing.of_many(session, people, ways.fresh_since(self.now))
        new = [
            self._draft(_respondent(person), stands[person.person_id], _reached(one, person, row, led_by))
            for one in known
            for person in one.people
            for row in one.to_apply.values()
            if _concerns(person, row)
        ]
        tell_of_doubt(session, [(one.person_id, one.not_asked_because) for one in new], self.now)
        return invitations.add(session, new)

    def _draft(self, respondent: Respondent, stands: Standing, reached: StageReached) -> NewInvitation:
        return draft(respondent, stands, reached, self.catalogue, self.council, self.now)

    def _line_managers(self, session: Session, known: Iterable[_Known]) -> dict[int, int | None]:
        holders = {spell.staff_id for one in known for spell in one.spells} | {one.case.worker_id for one in known}
        return rows.line_managers_of(session, holders)

    def _follow(self, session: Session, known: Sequence[_Known], moved: Collection[int] = ()) -> int:
        """Ask no further what the case has overtaken, and again what it no longer does; return how much is asked again."""
        if not known:
            return 0
        by_id = {one.case.id: one for one in known}
        ended, again = [], []
        for row in rows.unasked_of(session, list(by_id)):
            because = by_id[row.case_id].reason_for(row.stage_event_id, row.person_id)
            if row.stage_event_id in moved or (row.because in OVERTAKEN and row.because != because):
                again.append(row)
            elif because and row.status == "offered":
                ended.append(Overtaken(row.id, because))
        rows.overtake(session, ended, self.now)
        asked_again = self._revise(session, known, again, {row.stage_event_id for row in again})
        self._stop(session, by_id, rows.open_talks(session, list(by_id)))
        self._stop_campaigns(session, by_id)
        return asked_again

    def _revise(
        self, session: Session, known: Sequence[_Known], unasked: Sequence[UnaskedRow], moved: Collection[int]
    ) -> int:
        """Look at these invitations anew; return of how many the person will be asked now, and was not to be before."""
        if not unasked:
            return 0
        by_id = {one.case.id: one for one in known}
        led_by = self._line_managers(session, known)
        asked = 0
        for row in unasked:
            one = by_id[row.case_id]
            person, event = one.person(row.person_id), one.event(row.stage_event_id)
            asked += reconsider(
                session,
                Unasked(row.id, row.status, row.because, has_moved=row.stage_event_id in moved),
                _respondent(person),
                _reached(one, person, event, led_by),
                catalogue=self.catalogue,
                council=self.council,
                now=self.now,
            )
        return asked

    def _stop(self, session: Session, by_id: dict[int, _Known], talks: Iterable[OpenTalk]) -> None:
        """Stop the conversations that the case has overtaken; what was answered stays with its stage."""
        for talk in talks:
            one = by_id[talk.case_id]
            because = one.reason_for(talk.stage_event_id, talk.person_id)
            if because is not None:
                self._end(session, talk.id, because, quietly=one.is_silent(talk.stage_event_id))

    def _stop_campaigns(self, session: Session, by_id: Mapping[int, _Known]) -> None:
        """Stop what campaigns are asking of whoever takes part in no open case any more, or whose contact is frozen now."""
        talks = campaigns.open_with_families(session, list(by_id))
        statuses = participants.case_statuses(session, {talk.person_id for talk in talks}) if talks else {}
        for talk in talks:
            frozen = None if talk.has_left else by_id[talk.case_id].freezes
            because = frozen or timeline.reason_outside(statuses[talk.person_id])
            if because is not None:
                self._end(session, talk.id, because, quietly=False)

    def _end(self, session: Session, conversation_id: int, because: str, *, quietly: bool) -> None:
        """End a conversation; quietly in any case for a reason that nobody is told of."""
        interruptions.stop(
            session,
            [conversation_id],
            because,
            quietly=quietly or because not in SAID_POLITELY,
            catalogue=self.catalogue,
            council=self.council,
            now=self.now,
        )


def _concerns(person: Taking, row: EventRow) -> bool:
    """Whether somebody is to have an invitation about an event: it is a stage, reached before they left."""
    return row.stage in STAGES and (person.left_on is None or row.happened_on < person.left_on)


def _respondent(person: Taking) -> Respondent:
    return Respondent(
        person_id=person.person_id,
        audience=person.role,
        birth_date=person.birth_date,
        age_band=person.age_band,
        safe_contact=person.safe_contact,
    )


def _reached(one: _Known, person: Taking, row: EventRow, led_by: dict[int, int | None]) -> StageReached:
    worker_id = one.held_by(row.happened_on)
    return StageReached(
        case_id=one.case.id,
        stage_event_id=row.id,
        stage=cast("Stage", row.stage),
        happened_on=row.happened_on,
        worker_id=worker_id,
        line_manager_id=led_by.get(worker_id),
        unit_id=one.case.unit_id,
        overtaken=one.reason(row.id, person),
        level=one.case.level,
    )
