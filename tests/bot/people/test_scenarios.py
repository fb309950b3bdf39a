"""Scenarios 1, 5, 6 and 33 as they would happen, from the case to the last word, on a clock that is moved."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from bot.people.keeping import Refused
from store.tables import Answer, Conversation, Invitation, Person
from tests.bot.people.acting import add, bar, change, correct, decide, hire, notes, point, stands
from tests.bot.talks.playing import at, phase, raised, remind, reply, status
from tests.builders import MUM, House, make_case

CHECK = "Hi, a few questions for {}. Is that you? 1 That's me, 2 I'm someone else, 3 Wrong number"


def whose_answers(house: House) -> dict[str, str]:
    """The person whose answers each survey's are."""
    with house.database.reading() as session:
        rows = session.execute(
            select(Invitation.survey_id, Person.name)
            .join(Conversation, Conversation.invitation_id == Invitation.id)
            .join(Person, Person.id == Conversation.person_id)
            .where(Conversation.id.in_(select(Answer.conversation_id)))
        )
        return {survey or "": name for survey, name in rows}


def test_scenario_1_a_mother_and_two_children_share_one_phone(house: House):
    house.clock.at = at(6, 12, 30)
    make_case(house, reached=date(2026, 10, 2), stage="assessment")
    make_case(house, reference="EH-2", audience="young_person", birth_date=date(2009, 1, 1), reached=date(2026, 10, 3))
    make_case(house, reference="EH-3", audience="young_person", birth_date=date(2012, 1, 1), reached=date(2026, 10, 4))
    for person_id, name in ((1, "Mel"), (2, "Jo"), (3, "Kim")):
        correct(house, person_id, name=name)
    decide(house, 3, may=True)

    assert house.ask() == 1
    assert house.said() == [CHECK.format("M")]
    reply(house, "7", "1", "GO", "1", "end")
    for moment in (at(7, 12, 40), at(8, 12, 40), at(8, 15, 50), at(12, 15, 50), at(13, 15, 50)):
        house.clock.at = moment
        if house.ask():
            reply(house, "1", "GO", "8", "end")
    assert CHECK.format("J") in house.said()
    assert CHECK.format("K") in house.said()
    assert whose_answers(house) == {
        "parent_assessment": "Mel",
        "yp_16_25_review": "Jo",
        "yp_11_15_review": "Kim",
    }
    assert not any(name in words for name in ("Mel", "Jo ", "Kim") for words in house.said())


def test_scenario_5_a_number_that_has_gone_to_a_stranger(house: House):
    make_case(house, stage="assessment")
    house.ask()
    reply(house, "wrong number mate")
    assert house.said()[-1] == "Sorry about that. We've taken this number off our list and won't text it again."
    assert (point(house).closed_because, status(house)) == ("wrong_number", "unreachable")
    assert notes(house) == [("EH-1001", "wrong_number")]
    assert raised(house) == [("wrong_number", "amber")]
    assert not change(house, 1, name="Jo", safe_contact="text", mobiles=(MUM,))
    assert point(house).closed_because == "wrong_number"
    said = house.said()
    house.clock.at = at(13, 12)
    assert (house.ask(), remind(house), house.said()) == (0, 0, said)
    assert change(house, 1, name="Jo", safe_contact="text", mobiles=("+447700900044",))
    assert notes(house) == []


def test_scenario_6_a_workers_own_mobile_and_a_school_landline(house: House):
    hire(house, MUM)
    for mobile, kind in ((MUM, "worker_number"), ("+441622690691", "landline")):
        with pytest.raises(Refused) as refused:
            add(house, mobiles=(mobile,), safe_contact="text")
        assert [problem.kind for problem in refused.value.problems] == [kind]


@pytest.mark.parametrize("reason", ["died", "in_hospital", "missing"])
def test_scenario_33_nobody_writes_to_who_has_died_or_is_missing(house: House, reason: str):
    make_case(house)
    house.ask()
    reply(house, "GO")
    make_case(house, reference="EH-2", stage="closure", mobile="+447700900002")
    said = house.said()
    assert bar(house, reason=reason)
    for day in (7, 8, 12, 13, 20):
        house.clock.at = at(day, 12)
        house.ask()
        remind(house)
        house.service.outbox.drain()
    assert (phase(house), house.said()) == ("cancelled", said)
    assert stands(house, 2) == ("asked", None), "somebody else goes on being asked"
