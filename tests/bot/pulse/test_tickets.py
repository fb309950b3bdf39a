"""Private links: each lets one person in, once, and danger behind it is heard all the same."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread

from bot.access import Viewer
from bot.shown import alert_views
from store.tables import Alert, Conversation, Link, Message, OpenSurvey, Staff, Ticket
from tests.bot.chats.test_open_door import exact_times
from tests.bot.pulse.offices import Office, email_of

WHO = email_of("Ashbrook", 0)


def test_looking_spends_nothing_and_going_in_does(office: Office):
    office.ask()
    token = office.token_of(WHO)
    for _ in range(2):
        door = office.tickets.look(token)
        assert door is not None
        assert (door.is_open, door.once, door.is_spent) == (True, True, False)
    assert office.tickets.hand_in(token) is not None
    door = office.tickets.look(token)
    assert door is not None
    assert door.is_spent
    assert office.tickets.hand_in(token) is None
    with office.database.reading() as session:
        assert session.query(Conversation).count() == 1
        assert session.query(Ticket).filter_by(is_spent=True).count() == 1


def test_a_link_that_was_made_up_leads_nowhere(office: Office):
    office.ask()
    assert office.tickets.look("A" * 22) is None
    assert office.tickets.hand_in("A" * 22) is None


def test_of_two_who_press_start_at_once_one_gets_in(office: Office):
    office.ask()
    token, together, chats = office.token_of(WHO), Barrier(2), []

    def press() -> None:
        together.wait(10)
        chats.append(office.tickets.hand_in(token))

    threads = [Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(chat is None for chat in chats) == [False, True]


def test_after_the_last_day_nobody_is_let_in(office: Office):
    office.ask()
    office.clock.move(timedelta(days=21))
    door = office.tickets.look(office.token_of(WHO))
    assert door is not None
    assert not door.is_open
    assert office.tickets.hand_in(office.token_of(WHO)) is None


def test_the_code_of_its_survey_lets_nobody_in(office: Office):
    office.ask()
    with office.database.reading() as session:
        code = session.query(OpenSurvey.code).first()[0]
    assert office.room.chats.door(code) is None
    assert office.room.chats.enter(code) is None


def test_every_time_is_rounded_from_the_first(office: Office):
    office.ask()
    office.clock.move(timedelta(minutes=7, seconds=3))
    chat = office.tickets.hand_in(office.token_of(WHO))
    assert chat is not None
    with office.database.reading() as session:
        assert {link.made_at.minute for link in session.query(Link)} == {0}
    office.room.chats.begin(chat)
    office.room.say(chat, "4")
    office.room.say(chat, "END")
    with office.database.writing() as session:
        session.query(Message).filter_by(channel="email").delete()
    found = exact_times(office.room)
    assert found <= {"messages.first_attempt_at", "messages.sent_at"}, "what is sent in between is rounded by the clock"
    office.night()
    assert exact_times(office.room) == set()


def test_danger_in_a_pulse_reaches_the_duty_desk_at_once(office: Office):
    office.ask()
    chat = office.tickets.hand_in(office.token_of(WHO))
    assert chat is not None
    office.room.say(chat, "my partner hit me last night and im scared to go home")
    with office.database.writing() as session:
        reference = session.query(Alert.reference).scalar()
        desk = Staff(email="dee@council.example", name="Dee", role="duty")
        session.add(desk)
        session.flush()
        viewer = Viewer(desk.id, "duty")
    view = alert_views.look_at(office.room.house.service, reference, viewer)
    assert view is not None
    assert (view.person, view.address) == (None, "")
    assert view.place == "Staff pulse, by a link that nobody can tell whose it was, Ashbrook"
    office.night()
    with office.database.reading() as session:
        talk = session.query(Conversation).one()
    assert not talk.address.startswith("mixed-"), "somebody may have to be found, so it stays as it is"
