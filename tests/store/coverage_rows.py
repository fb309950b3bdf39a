"""Rows for the tests of coverage: teams, stages, and where the people invited about them stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count

from store.session import Database, Session
from store.tables import (
    Alert,
    Case,
    Conversation,
    District,
    Invitation,
    Message,
    Notice,
    Participant,
    Person,
    Staff,
    StageEvent,
    Unit,
)

_ASKED = {"asked", "started", "partly_answered", "answered", "declined", "lapsed", "unreachable"}
_numbers = count(1)


@dataclass(frozen=True)
class Team:
    """A worker in a unit, and who leads them."""

    unit_id: int
    worker_id: int
    manager_id: int


@dataclass
class Stage:
    """A stage of a case of its own."""

    rows: Rows
    team: Team
    case_id: int
    event_id: int
    stage: str
    on: date

    def invite(
        self,
        status: str,
        audience: str = "parent_carer",
        band: str | None = None,
        *,
        because: str | None = None,
        held: bool = False,
        notice: str | None = None,
        released: bool = False,
    ) -> Stage:
        """Invite somebody about it. `notice`: what was noticed in the words that came."""
        now = self.rows.now
        with self.rows.database.writing() as session:
            person = _add(session, Person(name="Jo", language="en", safe_contact="text"))
            _add(session, Participant(case_id=self.case_id, person_id=person, role=audience))
            invitation = Invitation(
                person_id=person,
                case_id=self.case_id,
                stage_event_id=self.event_id,
                stage=self.stage,
                stage_on=self.on,
                audience=audience,
                age_band=band,
                worker_id=self.team.worker_id,
                line_manager_id=self.team.manager_id,
                unit_id=self.team.unit_id,
                status=status,
                not_asked_because=because,
                held_by=self.team.worker_id if held else None,
                due_at=now,
                made_at=now,
                asked_at=now if status in _ASKED else None,
            )
            made = _add(session, invitation)
            if notice:
                _notice(session, made, person, notice, now, now if released else None)
        return self


@dataclass
class Rows:
    """What is in the database."""

    database: Database
    now: datetime

    def team(
        self, unit: str, district: str, *, worker: str = "Sam Worker", service: str = "Early Help", area: str = ""
    ) -> Team:
        """A unit with a worker and their line manager."""
        number = next(_numbers)
        with self.database.writing() as session:
            if area:
                session.merge(District(name=district, area=area))
            unit_id = _add(session, Unit(service=service, district=district, name=unit))
            boss = Staff(email=f"boss.{number}@council.example", name="Mo Boss", role="manager", failed_sign_ins=0)
            manager_id = _add(session, boss)
            email = f"w.{number}@council.example"
            member = Staff(email=email, name=worker, role="worker", line_manager_id=manager_id, failed_sign_ins=0)
            return Team(unit_id, _add(session, member), manager_id)

    def stage(
        self, team: Team, reference: str, stage: str = "review", *, days_ago: int = 1, withdrawn: bool = False
    ) -> Stage:
        """A case, and a stage that it reached so many days ago."""
        on = self.now.date() - timedelta(days=days_ago)
        with self.database.writing() as session:
            case = Case(reference=reference, level="intensive", unit_id=team.unit_id, worker_id=team.worker_id)
            case_id = _add(session, case)
            event = StageEvent(case_id=case_id, stage=stage, happened_on=on)
            event.withdrawn_at = self.now if withdrawn else None
            return Stage(self, team, case_id, _add(session, event), stage, on)


def _notice(
    session: Session, invitation_id: int, person_id: int, what: str, now: datetime, released_at: datetime | None
) -> None:
    talk = Conversation(
        invitation_id=invitation_id,
        person_id=person_id,
        channel="sms",
        address=f"+4477009{invitation_id:05}",
        survey_id="parent_review",
        survey_version=1,
        state="{}",
        opened_at=now,
    )
    talk_id = _add(session, talk)
    words = Message(
        direction="in", channel="sms", address=talk.address, text="wrong number mate", at=now, status="received"
    )
    words.conversation_id = talk_id
    message_id = _add(session, words)
    alert = Alert(
        reference=f"A-{message_id}",
        message_id=message_id,
        conversation_id=talk_id,
        reason=what,
        severity="amber",
        conduct=False,
        raised_at=now,
        released_at=released_at,
    )
    _add(session, alert)
    session.add(Notice(message_id=message_id, what=what, at=now))


def _add(session: Session, row: object) -> int:
    session.add(row)
    session.flush()
    return int(row.id)  # type: ignore[attr-defined]
