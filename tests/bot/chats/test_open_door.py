"""Open surveys: anybody goes in, nobody is known, and danger is heard all the same."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.access import Viewer
from bot.calendar import LONDON
from bot.chats import anonymity
from bot.chats.open_surveys import CannotOpen, check
from bot.shown import alert_views
from bot.shown import answers as shown
from bot.tagging import tag_waiting
from store.base import UtcTime
from store.inviting import open_surveys
from store.tables import Alert, Answer, Conversation, Link, Message, Staff, Tag
from tests.bot.chats.rooms import Room, words_of

SESSION = "open_access_session"


def enter(room: Room, survey: str = SESSION) -> str:
    token = room.chats.enter(room.open(survey))
    assert token is not None
    room.house.service.outbox.drain()
    return token


def test_a_door_says_what_is_behind_it(room: Room):
    room.open(SESSION)
    door = room.chats.door("HUB")
    assert door is not None
    assert (door.code, door.is_open, door.ends_tonight) == ("hub", True, True)
    assert door.opening == ("Hi! 4 quick questions about today's session. We don't ask your name.",)


def test_somebody_answers_all_the_way_and_nobody_is_known(room: Room):
    token = enter(room)
    for text in ("1", "2", "The music", "More of it"):
        scene = room.say(token, text)
    assert scene.standing == "finished"
    assert scene.door == "hub"
    with room.house.database.reading() as session:
        talk = session.query(Conversation).one()
        kept = {answer.question: (answer.value, answer.comment) for answer in session.query(Answer)}
        assert (talk.invitation_id, talk.person_id) == (None, None)
    assert kept == {"q1": (1, None), "q2": (2, None), "q3": (None, "The music"), "q4": (None, "More of it")}


def test_each_who_goes_in_has_a_chat_of_their_own(room: Room):
    first = enter(room)
    second = room.chats.enter("hub")
    assert second is not None
    room.say(first, "1")
    scene = room.scene(second)
    assert scene.asked is not None
    assert scene.asked.id == "q1"


def test_danger_behind_a_door_reaches_the_duty_desk(room: Room):
    token = enter(room)
    for text in ("4", "3"):
        room.say(token, text)
    scene = room.say(token, "my dad hit me last night and im scared to go home")
    assert scene.standing == "waiting"
    assert "999" in words_of(scene)[-1]
    with room.house.database.reading() as session:
        alert = session.query(Alert).one()
    assert alert.severity.startswith("red")
    assert room.house.email.sent


def test_an_alert_from_behind_a_door_says_where_it_was_said(room: Room):
    room.say(enter(room), "my dad hit me last night and im scared to go home")
    with room.house.database.writing() as session:
        reference = session.query(Alert.reference).scalar()
        desk = Staff(email="dee@council.example", name="Dee", role="duty", failed_sign_ins=0)
        session.add(desk)
        session.flush()
        viewer = Viewer(desk.id, "duty")
    view = alert_views.look_at(room.house.service, reference, viewer)
    assert view is not None
    assert (view.person, view.who, view.address) == (None, "Visitor to a session", "")
    assert view.place == "Web chat that anybody may enter: Children's centre or youth hub session (code hub)"
    assert view.words == "my dad hit me last night and im scared to go home"


def _close(room: Room) -> None:
    with room.house.database.writing() as session:
        assert open_surveys.close(session, "hub", room.house.clock.now())


def test_nobody_goes_in_once_it_is_closed_and_whoever_is_in_may_finish(room: Room):
    token = enter(room)
    _close(room)
    door = room.chats.door("hub")
    assert door is not None
    assert not door.is_open
    assert room.chats.enter("hub") is None
    scene = room.say(token, "1")
    assert scene.asked is not None
    assert scene.asked.id == "q2"


def test_a_chat_behind_a_door_ends_after_a_day(room: Room):
    token = enter(room)
    room.house.clock.move(timedelta(days=1, minutes=1))
    assert room.scene(token).standing == "closed"


def exact_times(room: Room) -> set[str]:
    """The columns that hold a time which is not on the hour."""
    found = set()
    with room.house.database.reading() as session:
        for table in (Conversation, Message, Answer, Tag, Link):
            columns = [column for column in table.__table__.columns if isinstance(column.type, UtcTime)]
            for row in session.query(table):
                times = {column.name: getattr(row, column.name) for column in columns}
                found |= {
                    f"{table.__tablename__}.{name}" for name, at in times.items() if at and (at.minute or at.second)
                }
    return found


def test_times_of_an_anonymous_survey_are_rounded_at_once_and_for_good(room: Room):
    room.house.clock.move(timedelta(minutes=7, seconds=3))
    token = enter(room)
    for text in ("1", "2", "The music", "More of it"):
        room.say(token, text)
    with room.house.database.reading() as session:
        assert {answer.answered_at.astimezone(LONDON).hour for answer in session.query(Answer)} == {0}
        assert {message.at.minute for message in session.query(Message).filter_by(direction="in")} == {0}
        state = session.query(Conversation.state).scalar()
    assert ":37:03" not in state
    tag_waiting(room.house.database, room.house.clock)
    service = room.house.service
    assert anonymity.round_all(service.database, service.catalogue, room.house.clock.now()) == 1
    assert exact_times(room) == set()
    assert anonymity.round_all(service.database, service.catalogue, room.house.clock.now()) == 0


def test_words_that_are_replaced_are_looked_at_anew_though_times_are_rounded(room: Room):
    token = enter(room)
    for text in ("1", "2", "It was awful and rude", "BACK"):
        room.say(token, text)
        tag_waiting(room.house.database, room.house.clock)
    room.say(token, "It was lovely and kind")
    assert tag_waiting(room.house.database, room.house.clock) == 1


def test_what_is_seen_of_an_anonymous_chat_is_stamped_with_the_moment_of_looking(room: Room):
    room.house.clock.move(timedelta(minutes=7))
    token = enter(room)
    assert {bubble.at for bubble in room.scene(token).bubbles} == {room.house.clock.now()}


def test_partners_words_stand_in_the_inbox_and_staffs_do_not(room: Room):
    token = enter(room, "partner_ad_hoc")
    for text in ("1", "Marlbury", "Always quick to answer the phone"):
        room.say(token, text)
    staff = room.chats.enter(room.open("staff_event", "day"))
    assert staff is not None
    for text in ("1", "1", "The talk in the morning"):
        room.say(staff, text)
    with room.house.database.reading() as session:
        page = shown.latest(session, Viewer(1, "duty"), catalogue=room.house.service.catalogue)
    words = {answer.words: answer for answer in page.answers}
    assert words["Always quick to answer the phone"].who == "Partner organisation"
    assert "The talk in the morning" not in words, "so few answers could be told apart"


@pytest.mark.parametrize(("answer", "told"), [("4", ["complaint"]), ("3", [])])
def test_a_partner_who_calls_it_a_complaint_is_told_of_to_whoever_sees_to_complaints(
    room: Room, answer: str, told: list[str]
):
    room.say(enter(room, "partner_ad_hoc"), answer)
    room.house.service.outbox.drain()
    with room.house.database.reading() as session:
        assert list(session.scalars(select(Alert.reason))) == told
    assert [mail.address for mail in room.house.email.sent] == ["complaints@council.example"] * len(told)


@pytest.mark.parametrize("survey", ["parent_review", "partner_six_monthly", "yp_8_10_review", "no_such_survey"])
def test_only_what_anybody_may_answer_can_be_open(room: Room, survey: str):
    with pytest.raises(CannotOpen, match=r"These may be open: .*open_access_session"):
        check(room.house.service.catalogue, survey)
