"""What happens to an inbound message, on real databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from channels.base import Received
from store.tables import Alert, Answer, Concern, Conversation, Invitation, Message, OptOut
from tests.bot.cover.keeping import add_duty, add_shift
from tests.builders import DUTY_MOBILE, MUM, House, make_case


def count(house: House, table: type) -> int:
    with house.database.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_review_is_asked_answered_and_kept_against_its_stage(house: House) -> None:
    made = make_case(house)
    assert house.ask() == 1
    for reply in ("GO", "7", "1", "2 but she is late", "1", "4", "she listens", "nothing", "1"):
        house.text(reply)
    with house.database.reading() as session:
        answers = session.scalars(select(Answer).order_by(Answer.id)).all()
        assert [answer.value for answer in answers] == [7, 1, 2, 1, 4, None, None, 1]
        assert {(answer.survey_id, answer.survey_version, answer.stage) for answer in answers} == {
            ("parent_review", 1, "review")
        }
        assert answers[0].score == 70
        assert answers[2].comment == "2 but she is late"
        assert answers[5].comment == "she listens"
        assert session.get_one(Invitation, 1).status == "answered"
        assert session.get_one(Conversation, 1).person_id == made.person_id
    assert house.said()[2].startswith("1/8 How are things in your family?")
    assert house.said()[-1].startswith("That's it, thank you. Sam's manager will read this.")


def test_the_same_message_twice_is_answered_once(house: House) -> None:
    make_case(house)
    house.ask()
    house.text("GO", provider_id="SM1")
    house.text("GO", provider_id="SM1")
    house.text("7", provider_id="SM2")
    said = house.said()
    house.text("7", provider_id="SM2")
    assert house.said() == said
    assert count(house, Answer) == 1


def test_the_same_message_at_the_same_moment_is_answered_once(house: House) -> None:
    make_case(house)
    house.ask()
    house.text("GO")
    received = Received("sms", "SMsame", MUM, "7")
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(house.service.inbox.receive, [received] * 8))
    house.service.outbox.drain()
    assert count(house, Answer) == 1
    assert [text[:4] for text in house.said()[2:]] == ["1/8 ", "2/8 "]


def test_a_strangers_text_is_kept_looked_through_and_answered(house: House) -> None:
    house.text("he hit me", address="+447700900555")
    assert count(house, Alert) == 1
    house.text("hello there")
    assert house.said()[-1] == house.service.catalogue.nothing_open("young_person").messages["nothing_open"]
    assert count(house, Message) > 2


@pytest.mark.parametrize("words", ["x" * 1600, "😢👨‍👩‍👧", "nul \x00 inside", "שלום עולם", "", "  two  spaces\r\n"])
def test_words_are_kept_exactly_as_sent(house: House, words: str) -> None:
    house.text(words)
    with house.database.reading() as session:
        assert session.scalars(select(Message.text).where(Message.direction == "in")).one() == words


def test_a_disclosure_pauses_the_conversation_and_tells_the_duty_desk_without_a_word_of_it(house: House) -> None:
    make_case(house)
    house.ask()
    house.text("GO")
    house.text("7")
    before = len(house.said())
    house.text("1 but he hit me last night")
    with house.database.reading() as session:
        alert = session.scalars(select(Alert)).one()
        concern = session.scalars(select(Concern)).one()
        assert (alert.severity, alert.reason, concern.category) == ("red_today", "concern", "physical_abuse")
        assert session.scalars(select(Answer).where(Answer.question == "q2")).one().value == 1
    assert [text[:24] for text in house.said()[before:]] == ["Thanks for your message."]
    mail = house.email.sent[-1]
    assert mail.address == "duty@council.example"
    (text,) = house.said(DUTY_MOBILE)
    for told in (mail.text, mail.subject or "", text):
        assert alert.reference in told
        assert not {"hit", "night", "Jo", MUM} & set(told.replace(",", " ").split())
    house.text("hello?")
    assert len(house.said()) == before + 1, "a paused conversation says nothing more"


def test_a_disclosure_at_night_is_answered_with_the_numbers_that_answer(house: House) -> None:
    make_case(house)
    house.ask()
    house.text("GO")
    house.clock.at = datetime(2026, 10, 6, 23, 40, tzinfo=UTC)
    house.text("im going to kill myself tonight")
    assert [text[:30] for text in house.said()[-2:]] == [
        "Thanks for your message. A per",
        "No one reads this line until W",
    ]


@pytest.mark.parametrize(
    ("begins", "ends", "said"),
    [
        ("2026-10-07 19:00", "2026-10-07 23:00", ["No one reads this line until Wed 7pm."]),
        ("2026-10-20 09:00", "2026-10-20 12:00", ["No one reads this line until we reopen."]),
        ("2026-10-06 22:00", "2026-10-07 02:00", []),
    ],
)
def test_a_disclosure_is_told_by_the_rota_when_somebody_reads_it(
    house: House, begins: str, ends: str, said: list[str]
) -> None:
    make_case(house)
    house.ask()
    house.text("GO")
    add_duty(house.database)
    add_shift(house.database, begins, ends)
    house.clock.at = datetime(2026, 10, 6, 22, 40, tzinfo=UTC)
    house.text("im going to kill myself tonight")
    house.text("he hit me", address="+447700900555")
    for told in (house.said(), house.said("+447700900555")):
        assert [text.partition(" To reach")[0] for text in told if text.startswith("No one reads")] == said


def test_a_very_low_score_tells_the_duty_desk(house: House) -> None:
    make_case(house)
    house.ask()
    house.text("GO")
    house.text("0")
    with house.database.reading() as session:
        assert session.scalars(select(Alert)).one().reason == "low_score"
    assert house.said()[-1].startswith("2/8")


def test_a_very_low_score_beside_a_milder_word_counts_as_the_score_does(house: House) -> None:
    make_case(house)
    house.ask()
    house.text("GO")
    house.text("1 we have no money left")
    with house.database.reading() as session:
        alert = session.scalars(select(Alert)).one()
        assert session.scalars(select(Concern.severity)).one() == "amber"
    assert (alert.reason, alert.severity) == ("low_score", "red_today")
    assert house.said(DUTY_MOBILE) != []


def test_stop_drops_what_waits_and_is_confirmed_once(house: House) -> None:
    make_case(house)
    house.ask()
    house.text("GO")
    house.text("7")
    house.text("Stop. Thank you")
    said = house.said()
    assert said[-1].startswith("OK, we've stopped.")
    house.text("stop")
    house.text("are you there?")
    assert house.said() == said
    with house.database.reading() as session:
        assert session.get_one(Invitation, 1).status == "partly_answered"
        assert session.scalars(select(OptOut)).one().ended_at is None
    house.text("START")
    assert house.said()[-1].startswith("You're back on the list.")
    with house.database.reading() as session:
        assert session.scalars(select(OptOut)).one().ended_at is not None


def test_help_is_answered_and_read_by_a_person(house: House) -> None:
    make_case(house)
    house.ask()
    house.text("HELP")
    assert "In danger? Call 999" in house.said()[-1]
    with house.database.reading() as session:
        assert session.scalars(select(Alert.severity)).one() == "amber"


def test_a_keyword_that_the_provider_has_answered_is_not_answered_again(house: House) -> None:
    make_case(house)
    house.ask()
    said = house.said()
    house.text("STOP", handled_by_provider="stop")
    assert house.said() == said
    assert count(house, OptOut) == 1


def test_a_fault_of_ours_keeps_the_message_and_tells_a_person(house: House) -> None:
    make_case(house)
    house.ask()
    with house.database.writing() as session:
        session.get_one(Conversation, 1).state = '{"format": 99}'
    house.text("my private words")
    with house.database.reading() as session:
        kept = session.scalars(select(Message).where(Message.direction == "in")).one()
        assert kept.text == "my private words"
        assert session.scalars(select(Alert.reason)).one() == "unread"
    assert "private" not in house.email.sent[-1].text


def test_a_picture_is_counted_and_looked_at_by_a_person(house: House) -> None:
    house.text("", media_count=1)
    with house.database.reading() as session:
        assert session.scalars(select(Concern.category)).one() == "unreadable"
