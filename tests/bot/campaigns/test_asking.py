"""From an invitation of a campaign to a mail or a text, and from there to an answer that is kept."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.campaigns.lists import Outcome
from bot.chats.beginning import Beginnings
from bot.chats.chats import Chats
from bot.one_by_one import PartlyDone
from bot.shown import watching
from bot.talks.lapses import Silences
from channels.errors import BadAddress
from store.council import optouts
from store.tables import (
    Answer,
    Campaign,
    ContactPoint,
    Conversation,
    CoverShift,
    DoNotContact,
    Invitation,
    Message,
    OpenSurvey,
    Person,
    Staff,
)
from tests.bot.campaigns.town import (
    CLINIC,
    SCHOOL,
    ask,
    count,
    invitations,
    inviter,
    link_in,
    london,
    make_cycle,
    remind,
    take_in,
)
from tests.builders import COUNCIL, House

PAT = "pat@oak.example"


def chats(house: House) -> Chats:
    beginnings = Beginnings(house.service.catalogue, house.service.council)
    return Chats(house.database, house.service.catalogue, house.clock, house.service.inbox, beginnings, lambda: None)


def invite(house: House, *rows: str) -> Outcome:
    taken = take_in(house, *rows)
    make_cycle(house)
    return taken


def set_campaign(house: House, **values: object) -> None:
    with house.database.writing() as session:
        campaign = session.scalars(select(Campaign)).one()
        for name, value in values.items():
            setattr(campaign, name, value)


def test_a_partner_is_mailed_a_private_page_and_what_they_say_there_is_kept(house: House) -> None:
    invite(house, SCHOOL)
    assert ask(house) == 1
    assert ask(house) == 0
    [mail] = [sent for sent in house.email.sent if sent.address == PAT]
    assert mail.subject == "Kent Early Help: our questions to partners"
    for told in ("It is your choice", "read the answers", "Please name no child", "https://heard.council.example/s/"):
        assert told in mail.text
    assert "Pat" not in mail.text + mail.subject
    token, room = link_in(mail.text), chats(house)
    scene = room.look(token)
    assert scene is not None
    assert scene.standing == "asking"
    assert scene.asked is not None
    room.say(token, scene.turn, scene.asked.id, "2")
    with house.database.reading() as session:
        answer = session.scalars(select(Answer)).one()
        assert (answer.metric, answer.value, answer.stage) == ("joint_working", 2, None)
    assert [each.status for each in invitations(house)] == ["partly_answered"]


def test_who_has_only_a_mobile_is_texted_and_answers_by_text(house: House) -> None:
    invite(house, CLINIC)
    assert ask(house) == 1
    assert house.said("+447700900201")[0].startswith("Hello from Kent Early Help. Our six-monthly partner survey")
    house.text("GO", "+447700900201")
    house.text("1", "+447700900201")
    assert [each.status for each in invitations(house)] == ["partly_answered"]


def test_a_fault_in_one_makes_way_for_the_others_and_is_tried_again(house: House) -> None:
    invite(house, SCHOOL, CLINIC)
    first, second = (each.id for each in invitations(house))
    with house.database.writing() as session:
        session.get_one(Invitation, first).survey_id = "no_such_survey"
    with pytest.raises(PartlyDone, match="0 done, 1 failed"):
        inviter(house).send_due(limit=1)
    assert inviter(house).send_due(limit=1) == 1, "the next run is not filled by the one that fails"
    with house.database.writing() as session:
        session.get_one(Invitation, first).survey_id = "partner_six_monthly"
    assert inviter(house).send_due() == 0
    house.clock.move(timedelta(minutes=15))
    assert inviter(house).send_due() == 1
    assert [each.status for each in invitations(house) if each.id == second] == ["asked"]


def test_two_processes_that_ask_at_once_ask_once(house: House) -> None:
    invite(house, SCHOOL, CLINIC)
    ids = [each.id for each in invitations(house)]
    with ThreadPoolExecutor(4) as several:
        asked = list(several.map(inviter(house).ask, ids * 2))
        turns = list(several.map(lambda _: make_cycle(house), range(2)))
    assert sum(asked) == 2
    assert turns == [0, 0]
    assert count(house, Conversation) == 2
    house.service.outbox.drain()
    assert len(house.email.sent) == 1
    with house.database.reading() as session:
        assert len(session.scalars(select(OpenSurvey)).all()) == 1


def test_a_paused_campaign_sends_nothing_and_goes_on_where_it_was(house: House) -> None:
    invite(house, SCHOOL, SCHOOL.replace("Safeguarding lead,Pat Oak,pat@", "Head,Jo Oak,jo@"))
    first, second = (each.id for each in invitations(house))
    assert inviter(house).ask(first)
    set_campaign(house, status="paused")
    house.service.outbox.drain()
    assert house.email.sent == []
    assert not inviter(house).ask(second)
    assert inviter(house).send_due() == 0
    house.clock.move(timedelta(days=7))
    house.service.outbox.drain()
    assert house.email.sent == []
    set_campaign(house, status="running")
    house.clock.move(timedelta(minutes=6))
    assert ask(house) == 1
    assert sorted(sent.address for sent in house.email.sent) == ["jo@oak.example", PAT]


def test_nobody_is_asked_while_the_rota_leaves_nobody_to_read(house: House) -> None:
    invite(house, SCHOOL)
    now = house.clock.now()
    with house.database.writing() as session:
        duty = Staff(email="duty.person@council.example", name="Dee", role="duty", failed_sign_ins=0)
        session.add(duty)
        session.flush()
        begins, ends = now + timedelta(hours=1), now + timedelta(hours=4)
        session.add(CoverShift(staff_id=duty.id, begins_at=begins, ends_at=ends, made_at=now))
    assert inviter(house).send_due() == 0
    house.clock.move(timedelta(hours=1))
    assert inviter(house).send_due() == 1


def test_what_waits_when_a_campaign_ends_is_never_sent_and_nobody_counts_as_asked(house: House) -> None:
    invite(house, SCHOOL)
    inviter(house).send_due()
    set_campaign(house, status="ended")
    house.service.outbox.drain()
    assert house.email.sent == []
    assert [each.status for each in invitations(house)] == ["unreachable"]


@pytest.mark.parametrize(
    ("reminders", "days"), [(2, [0, 7, 14]), (1, [0, 7]), (0, [0])], ids=["twice", "once", "not at all"]
)
def test_who_says_nothing_is_reminded_three_days_later_in_their_hours(
    house: House, reminders: int, days: list[int]
) -> None:
    house.clock.at = london(2026, 10, 6)
    invite(house, SCHOOL)
    set_campaign(house, reminders=reminders)
    ask(house)
    sent_on = [0]
    for day in range(1, 20):
        house.clock.at = london(2026, 10, 6, 10, 5) + timedelta(days=day)
        if remind(house):
            sent_on.append(day)
        assert remind(house) == 0, "the second run changes nothing"
    assert sent_on == days, "three days on is a Friday, and partners are written to from Tuesday to Thursday"
    assert len(house.email.sent) == len(days)
    assert len({link_in(mail.text) for mail in house.email.sent}) == len(days)
    assert all(chats(house).look(link_in(mail.text)) for mail in house.email.sent), "every link leads to the same page"


def test_who_has_answered_has_a_stop_or_a_dead_address_is_not_reminded(house: House) -> None:
    rows = [SCHOOL.replace("Safeguarding lead,Pat Oak,pat@", f"Post {n},Jo Oak,jo{n}@") for n in range(3)]
    invite(house, *rows)
    ask(house)
    room, mails = chats(house), {mail.address: mail.text for mail in house.email.sent}
    token = link_in(mails["jo0@oak.example"])
    scene = room.look(token)
    assert scene is not None
    assert scene.asked is not None
    room.say(token, scene.turn, scene.asked.id, "1")
    with house.database.writing() as session:
        optouts.begin(session, "email", "jo1@oak.example", house.clock.now())
        point = select(ContactPoint).where(ContactPoint.address == "jo2@oak.example")
        session.scalars(point).one().closed_because = "undeliverable"
    house.clock.at = london(2026, 10, 13, 11)
    remind(house)
    assert len(house.email.sent) == 3


def test_a_mail_that_comes_back_closes_the_address_and_the_invitation(house: House) -> None:
    invite(house, SCHOOL.replace("\n", "07700 900202\n"))
    house.email.faults.append(BadAddress("no_mailbox", "There is no such mailbox."))
    ask(house)
    assert [each.status for each in invitations(house)] == ["unreachable"]
    assert house.said("+447700900202") == [], "nobody is texted in the middle of questions that they have not seen"
    with house.database.reading() as session:
        closed = [point.address for point in session.scalars(select(ContactPoint)) if point.closed_because]
    assert closed == [PAT]
    house.clock.at = london(2026, 11, 3)
    make_cycle(house)
    assert ask(house) == 1
    assert len(house.said("+447700900202")) == 1


@pytest.mark.parametrize(
    ("why", "reason"),
    [("barred", "do_not_contact"), ("stopped", "opted_out"), ("unsafe", "unsafe_contact"), ("gone", "no_address")],
)
def test_who_may_not_be_asked_is_not_and_the_reason_is_kept(house: House, why: str, reason: str) -> None:
    invite(house, SCHOOL)
    with house.database.writing() as session:
        person = session.scalars(select(Person)).one()
        if why == "barred":
            session.add(DoNotContact(person_id=person.id, reason="asked_not_to", began_at=house.clock.now()))
        elif why == "stopped":
            optouts.begin(session, "email", PAT, house.clock.now())
        elif why == "unsafe":
            person.safe_contact = "none"
        else:
            session.scalars(select(ContactPoint)).one().closed_because = "left"
    assert ask(house) == 0
    assert [(each.status, each.not_asked_because) for each in invitations(house)] == [("not_asked", reason)]
    assert count(house, Message) == 0


def test_who_was_asked_something_else_lately_waits_for_their_turn(house: House) -> None:
    invite(house, SCHOOL)
    [waiting] = invitations(house)
    with house.database.writing() as session:
        other = Campaign(**{**ONE_OFF, "made_at": house.clock.now()})
        session.add(other)
        session.flush()
        session.add(_asked(waiting, other.id, house.clock.now() - timedelta(days=10)))
    assert ask(house) == 0
    house.clock.move(timedelta(days=17))
    assert ask(house) == 0
    house.clock.at = london(2026, 10, 27, 11)
    assert ask(house) == 1


ONE_OFF = {
    "name": "Another",
    "kind": "one_off",
    "survey_id": "partner_six_monthly",
    "audience": "partner",
    "opens_on": london(2026, 9, 1).date(),
    "closes_on": london(2026, 9, 30).date(),
    "reminders": 0,
    "selection": "partners",
    "status": "ended",
}


def _asked(like, campaign_id: int, at):
    values = {"person_id": like.person_id, "campaign_id": campaign_id, "stage_on": at.date(), "audience": "partner"}
    asked = {"survey_id": "partner_six_monthly", "status": "lapsed", "due_at": at, "made_at": at, "asked_at": at}
    return type(like)(**values, **asked)


def test_silence_lapses_as_everywhere(house: House) -> None:
    invite(house, SCHOOL)
    set_campaign(house, reminders=0)
    ask(house)
    house.clock.move(timedelta(days=15))
    assert Silences(house.database, house.service.catalogue, COUNCIL).lapse_silent(house.clock.now()) == 1
    assert [each.status for each in invitations(house)] == ["lapsed"]


def test_a_partners_phone_can_be_watched_though_it_belongs_to_no_case(house: House) -> None:
    invite(house, CLINIC)
    ask(house)
    for words in ("GO", "3 nobody rings back"):
        house.text(words, "+447700900201")
    [phone], how_many = watching.holders(house.database)
    assert (phone.who, how_many) == ("Partner organisation", 1)
    scene = watching.scene(house.database, house.service.catalogue, phone.address)
    assert scene is not None
    assert scene.stage == "No case, 6 October 2026"
    assert any("nobody rings back" in message.text for message in scene.messages)
