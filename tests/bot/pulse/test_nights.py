"""What the job of the nights leaves of anonymous conversations: every word, and no order in which they were said."""

from __future__ import annotations

from datetime import timedelta

from bot import correcting
from bot.access import Viewer
from bot.conversation.state import State
from bot.tagging import tag_waiting
from store.council import optouts
from store.tables import Answer, Conversation, Correction, Link, Message, Staff, Tag
from tests.bot.pulse.offices import Office, email_of


def kept(office: Office) -> dict[str, object]:
    """All that was answered, and what was made of it, without numbers."""
    with office.database.reading() as session:
        answers = session.query(Answer, Tag).outerjoin(Tag, Tag.answer_id == Answer.id)
        return {
            "answers": sorted(
                (answer.question, answer.value, answer.score, answer.comment or "", tag.sentiment if tag else None)
                for answer, tag in answers
            ),
            "words": sorted(message.text for message in session.query(Message).filter_by(direction="in")),
        }


def answer_in_order(office: Office, people: int) -> None:
    office.ask()
    for number in range(people):
        office.clock.move(timedelta(minutes=5))
        chat = office.tickets.hand_in(office.token_of(email_of("Ashbrook", number)))
        assert chat is not None
        office.room.say(chat, f"4 Place{number:02}")
        office.room.say(chat, "END")
    tag_waiting(office.database, office.clock)


def order(office: Office) -> list[str]:
    with office.database.reading() as session:
        return [words for (words,) in session.query(Answer.comment).order_by(Answer.id)]


def test_no_word_is_lost_and_the_order_is(office: Office):
    answer_in_order(office, 8)
    before, was = kept(office), order(office)
    assert was == sorted(was)
    office.night()
    assert kept(office) == before
    assert sorted(order(office)) == was
    assert order(office) != was


def test_what_people_made_of_words_goes_with_them(office: Office):
    answer_in_order(office, 3)
    with office.database.writing() as session:
        (staff_id,) = session.query(Staff.id).limit(1).one()
        for answer in session.query(Answer):
            row = {"sentiment": answer.comment, "themes": "{}", "complaint": False, "compliment": False}
            of = {"answer_id": answer.id, "message_id": answer.message_id, "staff_id": staff_id}
            session.add(Correction(**row, **of, made_at=office.clock.now()))
    office.night()
    with office.database.reading() as session:
        rows = session.query(Correction, Answer).join(Answer, Answer.id == Correction.answer_id).all()
    assert len(rows) == 3
    for made, answer in rows:
        assert (made.sentiment, made.message_id) == (answer.comment, answer.message_id)


def test_nobody_is_shown_the_tags_of_what_waits_for_a_whole_group(office: Office):
    answer_in_order(office, 3)
    viewer, catalogue = Viewer(1, "administrator"), office.room.house.service.catalogue
    with office.database.writing() as session:
        for answer in session.query(Answer):
            assert correcting.look(session, answer.id, viewer, catalogue=catalogue, now=office.clock.now()) is None


def test_conversations_messages_and_answers_still_belong_together(office: Office):
    answer_in_order(office, 4)
    office.night()
    with office.database.reading() as session:
        for answer in session.query(Answer):
            message = session.get(Message, answer.message_id)
            talk = session.get(Conversation, answer.conversation_id)
            assert message.conversation_id == talk.id
            assert message.address == talk.address
            assert answer.comment in message.text
        assert {message.direction for message in session.query(Message).filter_by(channel="web")} == {"in"}
        assert session.query(Link).count() == 0


def test_a_second_run_changes_nothing(office: Office):
    answer_in_order(office, 3)
    assert office.night() > 0
    was = order(office)
    assert office.night() == 0
    assert order(office) == was


def test_what_is_still_going_on_ends_at_night_and_no_word_of_it_is_lost(office: Office):
    office.ask()
    office.clock.move(timedelta(hours=10))
    chat = office.tickets.hand_in(office.token_of(email_of("Ashbrook", 0)))
    assert chat is not None
    office.room.say(chat, "4 Quieter rooms")
    office.night()
    assert office.room.chats.look(chat) is None, "it was begun less than a day ago, and would tell the minute"
    with office.database.reading() as session:
        assert session.query(Conversation).one().closed_at is not None
    assert order(office) == ["4 Quieter rooms"]


def test_the_kept_state_tells_no_number_that_a_message_had(office: Office):
    office.ask()
    chat = office.tickets.hand_in(office.token_of(email_of("Ashbrook", 0)))
    assert chat is not None
    office.room.say(chat, "4 Quieter rooms")
    office.room.say(chat, "it depends on the week really")
    assert state_of(office).unclear
    office.clock.move(timedelta(days=1))
    office.night()
    assert not state_of(office).unclear


def state_of(office: Office) -> State:
    with office.database.reading() as session:
        return State.from_json(session.query(Conversation).one().state)


def test_a_mail_that_was_never_sent_leaves_no_link_either(office: Office):
    with office.database.writing() as session:
        optouts.begin(session, "email", email_of("Ashbrook", 0), office.clock.now())
    office.ask()
    office.night()
    with office.database.reading() as session:
        mails = session.query(Message).filter_by(channel="email")
        found = {mail.address: (mail.status, "/t/~" in mail.text) for mail in mails}
    assert found[email_of("Ashbrook", 0)] == ("dropped", False)
    assert not any(is_sealed for _, is_sealed in found.values())
