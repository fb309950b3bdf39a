"""For any people, stages, stops, campaigns, holidays and cover: nobody is asked against a rule, and nobody is forgotten.

The real inviter and outbox are driven through weeks; what they do is held against the rules as `oracle` has them.
"""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from sqlalchemy import func, select

from bot.clock import SetClock
from channels.errors import Refused, Unreachable
from store.inviting import moves
from store.session import Database
from store.tables import Conversation, Invitation, Message
from tests.bot.invitations.oracle import Oracle, Row, Talk
from tests.bot.invitations.worlds import DAYS_OF_EVENTS, Happening, Someone, World, happen, settle_in, worlds
from tests.builders import House, make_house

TIMES = ((10, 0), (12, 0), (13, 10), (14, 30), (16, 30))
REFUSED = Refused("refused", "The provider will not send this.")
DOWN = Unreachable("down", "No connection.")
LEFT_AT = (
    select(func.max(Message.sent_at))
    .join(Conversation, Conversation.id == Message.conversation_id)
    .where(Conversation.invitation_id == Invitation.id, Message.kind == "invitation")
    .scalar_subquery()
)
ON_THE_PHONE = Conversation.channel == "sms"
A_WEEK = timedelta(days=7)
LAST_DAY = DAYS_OF_EVENTS + 40
_numbers = count()


def look(house: House, world: World) -> Oracle:
    """The oracle, told how far things have come."""
    with house.database.reading() as session:
        rows = session.execute(
            select(
                Invitation.id,
                Invitation.person_id,
                Invitation.stage,
                Invitation.stage_on,
                Invitation.status,
                Invitation.not_asked_because,
                Invitation.made_at,
                Invitation.asked_at,
                Invitation.settled_at,
                LEFT_AT,
            ).order_by(Invitation.id)
        )
        talks = session.execute(
            select(
                Conversation.id,
                Conversation.person_id,
                Conversation.opened_at,
                Conversation.closed_at,
            )
        )
        return Oracle(world, tuple(Row(*row) for row in rows), tuple(Talk(*talk) for talk in talks))


def end_talks(house: House, world: World, seen: Oracle, now: datetime) -> bool:
    """Conversations end when they have lasted so long; whether any did."""
    over = [talk for talk in seen.talks if talk.closed_at is None and talk.opened_at + world.lasts(talk.id) <= now]
    if over:
        with house.database.writing() as session:
            for talk in over:
                session.get_one(Conversation, talk.id).closed_at = now
    return bool(over)


def move_talks(house: House, world: World, now: datetime) -> None:
    """Conversations of which words have left go on elsewhere when they have been on the phone so long."""
    with house.database.writing() as session:
        told = select(Message.conversation_id).where(Message.sent_at.is_not(None))
        there = (Conversation.closed_at.is_(None), ON_THE_PHONE, Conversation.id.in_(told))
        for talk in session.scalars(select(Conversation).where(*there)):
            after = world.moves(talk.id)
            if after is not None and talk.opened_at + after < now:
                moves.readdress(session, talk.id, "web", f"chat-{talk.id}")


def run(house: House, world: World, seen: Oracle, now: datetime) -> Oracle:
    """Ask whoever is due, and hold what was done, and what was left, against the rules."""
    house.clock.at = now
    move_talks(house, world, now)
    before = look(house, world) if end_talks(house, world, seen, now) else seen
    is_away = world.day_of(now) in world.away
    fault = DOWN if is_away else REFUSED if world.day_of(now) in world.refusing else None
    house.sms.faults = [fault] * 20 if fault else []
    house.ask()
    after = look(house, world)
    asked = [row for row in after.rows if row.asked_at == now and row.stage]
    for row in asked:
        earlier = Oracle(world, tuple(r for r in before.rows if r.id != row.id), before.talks)
        assert earlier.forbids(row, now) == [], f"{row} was asked at {now}"
    people = [row.person for row in asked]
    assert len(people) == len(set(people)), "two at once for one person"
    phones = [world.people[person - 1].phone for person in people]
    assert len(phones) == len(set(phones)), "two at once on one phone"
    for row in asked:
        assert (row.sent_at == now) is (row.status != "unreachable" and not is_away), "what is asked leaves at once"
    for row in after.rows:
        if row.sent_at == now:
            may_leave = after.in_hours(row, now), after.is_covered(now), not after.is_capped(row, now)
            assert all(may_leave), f"{row} left at {now}: in hours, covered and not capped is {may_leave}"
    for row in after.rows:
        if row.status == "offered" and row.stage:
            forbidden = after.forbids(row, now) or after.waits_for_elder(row, now)
            assert forbidden, f"{row} was forgotten at {now}"
    return after


def waits_to_leave(row: Row, now: datetime) -> bool:
    """Whether words to somebody who was asked may still leave."""
    return row.stage is not None and row.asked_at is not None and row.sent_at is None and now < row.asked_at + A_WEEK


def play(house: House, world: World) -> Oracle:
    """Play the world to its end; what has come of it. Where nobody waits to be asked, time runs on."""
    with house.database.writing() as session:
        settle_in(session, world)
    seen = look(house, world)
    for day in range(LAST_DAY):
        morning = world.moment(day, 8).astimezone(UTC)
        if day in world.eventful:
            with house.database.writing() as session:
                happen(session, world, day, morning)
            seen = look(house, world)
        for hour, minute in TIMES if morning.weekday() < 4 else TIMES[:1]:
            now = world.moment(day, hour, minute).astimezone(UTC)
            if any(row.status == "offered" or waits_to_leave(row, now) for row in seen.rows):
                seen = run(house, world, seen, now)
    return seen


ONE_PHONE_LEFT = World(
    first_day=date(2026, 10, 5),
    people=(Someone("parent_carer", 0, None, None), Someone("young_person", 0, None, None)),
    happenings=(Happening(0, 0, "review"), Happening(1, 1, "review")),
    duties=None,
    talks_last=(30,),
    moves_after=(0,),
    refusing=frozenset(),
    away=frozenset(),
)
"""She is asked and goes on elsewhere; he is due on the same phone a day later."""

A_LATE_TEXT = World(
    first_day=date(2026, 10, 5),
    people=(Someone("parent_carer", 0, None, None),),
    happenings=(Happening(0, 0, "review"), Happening(24, 0, "review")),
    duties=None,
    talks_last=(168,),
    moves_after=(None,),
    refusing=frozenset(),
    away=frozenset({1, 2}),
)
"""Her first text leaves two days late, and the next stage is due when 28 days have passed since it was written."""


@example(world=ONE_PHONE_LEFT)
@example(world=A_LATE_TEXT)
@settings(max_examples=10, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(world=worlds())
def test_nobody_is_asked_against_a_rule_and_nobody_is_forgotten(empty_sqlite: Path, tmp_path: Path, world: World):
    file = tmp_path / f"{next(_numbers)}.sqlite"
    shutil.copyfile(empty_sqlite, file)
    database = Database(f"sqlite:///{file}")
    try:
        seen = play(make_house(database, SetClock(world.moment(0, 8))), world)
    finally:
        database.close()
        file.unlink()
    stages = [row for row in seen.rows if row.stage]
    told = {(one.person, one.day, one.what) for one in world.happenings if one.what != "campaign"}
    assert len(stages) >= len(told), "each person has one invitation for each stage they have reached"
    for row in stages:
        assert row.status != "offered", f"{row} still waits at the end"
        if row.asked_at is None:
            assert seen.is_true_reason(row), f"{row} was not asked, and the reason is not so"
