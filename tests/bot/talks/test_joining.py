"""Who follows a link to Telegram, and who blocks us there: one chat, one person, once, and nothing given away."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from bot.chats.links import Links
from bot.talks.joining import Joining
from channels.base import Departed, Joined
from channels.telegram.reading import parse, read
from store.tables import ContactPoint, Invitation, Message, OptOut, Person
from tests.bot.talks.playing import answers, history, phase, reply, status, talk
from tests.builders import MUM, House, make_case
from tests.standins.telegram_updates import Updates

CHAT, ANOTHER = "900100", "900200"
NEUTRAL = "This is Kent Early Help. We ask people what they think, so that help gets better."
YOUNG = {"audience": "young_person", "birth_date": date(2009, 1, 1)}


def joining(house: House) -> Joining:
    service = house.service
    return Joining(house.database, service.catalogue, service.council, house.clock, wake=lambda: None)


def link(house: House, person_id: int, invitation_id: int | None = 1) -> str:
    """The token of a fresh link to Telegram."""
    links = Links("https://heard.council.example", "heard_test_bot", 14)
    with house.database.writing() as session:
        return links.to_telegram(session, person_id, invitation_id, house.clock.now()).partition("start=")[2]


def follow(house: House, token: str, chat: str = CHAT, number: int = 1) -> None:
    joining(house).joined(Joined("telegram", f"T{number}", chat, token))
    house.service.outbox.drain()


def block(house: House, chat: str = CHAT, number: int = 9) -> None:
    joining(house).departed(Departed("telegram", f"T{number}", chat))
    house.service.outbox.drain()


def bind(house: House, person_id: int) -> None:
    """Let a chat be a person's."""
    with house.database.writing() as session:
        session.add(ContactPoint(person_id=person_id, channel="telegram", address=CHAT))


def points(house: House, channel: str = "telegram") -> list[tuple[int, str, str | None]]:
    with house.database.reading() as session:
        rows = session.scalars(select(ContactPoint).where(ContactPoint.channel == channel).order_by(ContactPoint.id))
        return [(row.person_id, row.address, row.closed_because) for row in rows]


def stops(house: House) -> list[tuple[str, str]]:
    with house.database.reading() as session:
        rows = session.scalars(select(OptOut).where(OptOut.ended_at.is_(None)))
        return [(row.channel, row.address) for row in rows]


def test_a_link_binds_the_chat_and_the_questions_begin_there_at_once(house: House) -> None:
    made = make_case(house)
    follow(house, link(house, made.person_id))
    assert points(house) == [(made.person_id, CHAT, None)]
    assert house.told(CHAT)[0].startswith("Hi, it's Kent Early Help. A few questions on the help from Sam.")
    assert (house.said(), status(house), house.ask()) == ([], "asked", 0)
    for words in ("GO", "7"):
        house.text(words, CHAT, channel="telegram")
    house.text("1", CHAT, channel="telegram", button="1.q2")
    assert answers(house) == {"q1": 7, "q2": 1}
    asked = house.on("telegram").sent[-1]
    assert asked.text.startswith("3/8 Does Sam do what was agreed")
    with house.database.reading() as session:
        kept = session.scalars(select(Message.choices).order_by(Message.id.desc())).first()
    assert kept is not None
    assert '"question": "1.q3"' in kept


@pytest.mark.parametrize("later", [timedelta(hours=8), timedelta(days=3, hours=5)], ids=["at night", "Friday at 16:30"])
def test_whoever_presses_start_is_answered_at_once_whatever_the_hour(house: House, later: timedelta) -> None:
    made = make_case(house)
    house.clock.move(later)
    follow(house, link(house, made.person_id))
    assert house.told(CHAT)[0].startswith("Hi, it's Kent Early Help.")
    assert status(house) == "asked"


def test_what_was_begun_by_text_goes_on_in_the_chat(house: House) -> None:
    made = make_case(house)
    house.ask()
    reply(house, "GO", "7")
    follow(house, link(house, made.person_id))
    assert house.told(CHAT) == ["Welcome back. Here is where we left off. 2/8 Since we started, have things got …"]
    assert (talk(house).channel, talk(house).address) == ("telegram", CHAT)
    house.text("better", CHAT, channel="telegram")
    assert answers(house) == {"q1": 7, "q2": 1}


def test_the_same_start_twice_changes_nothing(house: House) -> None:
    made = make_case(house)
    token = link(house, made.person_id)
    follow(house, token)
    said = house.told(CHAT)
    follow(house, token)
    block(house)
    block(house)
    assert (house.told(CHAT), points(house)) == (said, [(made.person_id, CHAT, "blocked")])


def test_every_start_without_a_good_link_reads_the_same(house: House) -> None:
    made = make_case(house)
    used, old, revoked = (link(house, made.person_id) for _ in range(3))
    follow(house, used)
    house.clock.move(timedelta(days=8))
    for number, token in enumerate((used, old, revoked, "nonsense", ""), start=2):
        follow(house, token, chat=f"{ANOTHER}{number}", number=number)
    lines = [house.told(f"{ANOTHER}{number}") for number in range(2, 7)]
    assert len({tuple(line) for line in lines}) == 1
    assert lines[0][0].startswith(NEUTRAL)
    assert [address for _, address, _ in points(house)] == [CHAT]


def test_a_link_holds_what_the_channel_reads_as_a_token(house: House) -> None:
    made = make_case(house)
    token = link(house, made.person_id)
    update = parse(Updates(first=1).text(int(CHAT), f"/start {token}"))
    assert read(update) == Joined("telegram", "u1", CHAT, token)


def test_the_token_is_kept_in_no_message(house: House) -> None:
    made = make_case(house)
    token = link(house, made.person_id)
    follow(house, token)
    with house.database.reading() as session:
        assert not [text for text in session.scalars(select(Message.text)) if token in text]


def test_a_chat_that_is_somebodys_already_is_not_given_to_another(house: House) -> None:
    first = make_case(house)
    second = make_case(house, reference="EH-2", mobile="+447700900002")
    follow(house, link(house, first.person_id))
    follow(house, link(house, second.person_id, 2), number=2)
    assert points(house) == [(first.person_id, CHAT, None)]
    assert house.told(CHAT)[-1].startswith(NEUTRAL)
    assert status(house, 2) == "offered"


def test_a_new_chat_of_the_same_person_takes_the_place_of_the_old_one(house: House) -> None:
    made = make_case(house)
    follow(house, link(house, made.person_id))
    follow(house, link(house, made.person_id), ANOTHER, 2)
    assert points(house) == [(made.person_id, CHAT, "replaced"), (made.person_id, ANOTHER, None)]
    assert talk(house).address == ANOTHER
    assert house.told(ANOTHER)[0] == house.told(CHAT)[0]


@pytest.mark.parametrize(
    ("change", "case"),
    [
        ({"birth_date": date(2011, 1, 1)}, YOUNG),
        ({"birth_date": None}, YOUNG),
        ({"safe_contact": "discreet"}, {}),
        ({"safe_contact": "none"}, {}),
    ],
    ids=["turns out to be 15", "of an age nobody knows", "discreet by now", "not safe by now"],
)
def test_whoever_may_not_be_on_telegram_by_now_gets_the_neutral_line(house: House, change: dict, case: dict) -> None:
    made = make_case(house, **case)
    token = link(house, made.person_id)
    with house.database.writing() as session:
        person = session.get_one(Person, made.person_id)
        for name, value in change.items():
            setattr(person, name, value)
    follow(house, token)
    assert points(house) == []
    assert [line.startswith(NEUTRAL) for line in house.told(CHAT)] == [True]


def test_somebody_who_has_chosen_telegram_is_asked_there_and_not_by_text(house: House) -> None:
    made = make_case(house)
    bind(house, made.person_id)
    assert house.ask() == 1
    assert (house.said(), len(house.told(CHAT))) == ([], 2)


def test_a_stop_in_the_chat_that_they_have_chosen_is_a_stop(house: House) -> None:
    make_case(house)
    bind(house, 1)
    with house.database.writing() as session:
        session.add(OptOut(channel="telegram", address=CHAT, began_at=house.clock.now()))
    assert (house.ask(), house.said(), house.told(CHAT)) == (0, [], [])
    assert history(house) == [("offered", "not_asked", "opted_out")]


def test_whoever_has_blocked_us_before_is_asked_by_text(house: House) -> None:
    make_case(house)
    bind(house, 1)
    block(house)
    assert (house.ask(), len(house.said()), house.told(CHAT)) == (1, 2, [])


def test_age_is_looked_at_again_when_somebody_is_asked(house: House) -> None:
    made = make_case(house, **YOUNG)
    with house.database.writing() as session:
        session.get_one(Person, made.person_id).birth_date = date(2011, 1, 1)
    bind(house, made.person_id)
    house.clock.move(timedelta(hours=2))
    assert house.ask() == 0
    assert (house.told(CHAT), house.said()) == ([], [])
    assert history(house) == [("offered", "not_asked", "no_record_of_agreement")]


def test_who_blocks_us_is_written_to_no_more_and_asked_on_the_line_they_have_agreed_to(house: House) -> None:
    made = make_case(house)
    follow(house, link(house, made.person_id))
    house.text("GO", CHAT, channel="telegram")
    block(house)
    assert stops(house) == [("telegram", CHAT)]
    assert (talk(house).channel, talk(house).address, phase(house)) == ("sms", MUM, "asking")
    assert house.said()[-1].startswith("Welcome back. Here is where we left off. 1/8 How are things")


def test_who_blocks_us_and_has_no_other_line_is_asked_no_more(house: House) -> None:
    made = make_case(house, mobile=None)
    with house.database.writing() as session:
        session.add(ContactPoint(person_id=made.person_id, channel="sms", address=MUM, closed_because="undeliverable"))
        invitation = session.get_one(Invitation, 1)
        invitation.status, invitation.not_asked_because = "offered", None
    follow(house, link(house, made.person_id))
    block(house)
    assert (phase(house), history(house)[-1]) == ("opted_out", ("asked", "declined", "opted_out"))
    assert house.said() == []


def test_a_stop_on_telegram_is_no_wish_to_be_texted(house: House) -> None:
    made = make_case(house)
    follow(house, link(house, made.person_id))
    house.text("STOP", CHAT, channel="telegram")
    block(house)
    assert (house.said(), history(house)[-1]) == ([], ("asked", "declined", "opted_out"))


def test_whoever_comes_back_by_a_fresh_link_is_written_to_again(house: House) -> None:
    made = make_case(house)
    follow(house, link(house, made.person_id))
    block(house)
    follow(house, link(house, made.person_id), number=2)
    assert (points(house), stops(house)) == ([(made.person_id, CHAT, None)], [])
    assert (talk(house).channel, talk(house).address) == ("telegram", CHAT)
