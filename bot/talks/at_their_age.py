"""First words that have not left yet are for the age that somebody is when they leave, not the eve of their birthday.

What is said after that goes on as it began: who turns 16 between two questions is asked the rest of the same survey, and
what was answered keeps its age band (scenario 34). The numbers for help alone change at once: they are those of the age that
somebody is on the day that they write.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple, cast

from bot.calendar import local_day
from bot.conversation.events import Invited
from bot.conversation.requests import GROWN_UP
from bot.conversation.state import State
from bot.conversation.step import step
from bot.council import Council
from bot.cover.hours import due_at
from bot.respondents import ADULT_FROM, years_between
from bot.talks import carry_out, ways
from bot.talks.beginning import checked_language
from store.inviting import moves
from store.session import Session
from store.talks.conversations import OpenConversation
from surveys.catalogue import Catalogue
from surveys.stages import Stage


class Anew(NamedTuple):
    """First words that are to be said anew: from when on, and what makes their keys unique."""

    earliest: datetime
    cause: str


def is_unanswered(state: State) -> bool:
    """Whether somebody has been told the first words at most, and has said nothing."""
    return not state.turn and not state.reminded and state.phase in {"invited", "checking"}


def as_of_today(state: State, born: date | None, now: datetime) -> State:
    """The state of somebody who writes now: from 18 on they are answered with the numbers that adults are given."""
    is_grown_up = born is not None and years_between(born, local_day(now)) >= ADULT_FROM
    if is_grown_up == (GROWN_UP in state.marks):
        return state
    others = tuple(mark for mark in state.marks if mark != GROWN_UP)
    return state.but(marks=(*others, GROWN_UP) if is_grown_up else others)


def is_another(session: Session, talk: OpenConversation, state: State, now: datetime) -> bool:
    """Whether a young person is in another age band by now than they were asked in."""
    if talk.person_id is None or state.audience != "young_person":
        return False
    return ways.band_of(moves.reachable(session, talk.person_id), state.audience, now) != talk.age_band


def ask(
    session: Session,
    talk: OpenConversation,
    state: State,
    anew: Anew,
    *,
    catalogue: Catalogue,
    council: Council,
    now: datetime,
) -> bool:
    """Ask in the same conversation what is for the age that its person is in; False where they may not be asked it.

    Args:
        talk: locked; nothing of it has left.
    """
    if talk.person_id is None or talk.invitation_id is None or talk.stage is None:
        return False
    person = moves.reachable(session, talk.person_id)
    band = ways.band_of(person, state.audience, now)
    level = moves.level_of(session, talk.invitation_id)
    survey = catalogue.for_stage(state.audience, band, cast("Stage", talk.stage), level)
    if (
        band is None
        or survey is None
        or ways.reason_of_person(person, band, survey)
        or talk.channel not in survey.channels
    ):
        return False
    fresh = State.new(
        survey,
        state.names,
        channel=state.channel,
        language=checked_language(survey, state.language),
        easy_read=person.easy_read,
        discreet=state.discreet,
        shared_phone=state.shared_phone,
    )
    asked, effects = step(fresh, survey, Invited(first_contact=state.first_contact), now)
    moves.ask_other_survey(
        session, talk.id, talk.invitation_id, moves.OtherSurvey(survey.id, survey.version, asked.to_json(), band)
    )
    line = carry_out.Line(talk.channel, talk.address, talk.id)
    opens = due_at(state.audience, band, anew.earliest, council)
    carry_out.say(session, line, effects, kind="invitation", cause=anew.cause, now=now, not_before=opens)
    return True
