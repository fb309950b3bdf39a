"""A month of the whole service: families are imported and asked, they answer, and their words reach who can act on them."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.calendar import LONDON
from store.tables import (
    Alert,
    Answer,
    Conversation,
    Digest,
    Invitation,
    Message,
    OptOut,
    Person,
    Staff,
)
from tests.journeys.conftest import TWO_DATABASES
from tests.journeys.running import Browser, eventually
from tests.journeys.town import BEGINS, DUTY_EMAIL, DUTY_MOBILE, PASSWORD, Town
from tests.standins.smtp import html_of, text_of

pytestmark = pytest.mark.journey

ROWS = 120
DIGEST_DAY = "2026-11-02T09:00"
"""The first working day of the month after."""

LATE = "2 but she was late twice"
HELPED = "The parenting group, it got us talking again"
CHANGE = "Evening visits please, I work days"
ANSWERS = ("7", "1", LATE, "SKIP", "1", HELPED, CHANGE, "2")
DISCLOSED = "1 but he hit me last night"


@pytest.mark.parametrize("town", TWO_DATABASES, indirect=True)
def test_a_month_from_the_case_list_to_the_digest_that_a_manager_reads(town: Town, tmp_path: Path):
    town.service.start()
    town.service.command("staff", "add", DUTY_EMAIL, "--name=Dee", "--role=duty", "--password-stdin", typed=PASSWORD)
    _import_the_same_list_twice(town, tmp_path / "list.csv")
    _everyone_who_is_due_is_asked(town)

    talker, discloser, stopper = _three_parents_of_one_manager(town)
    _answers_all_eight_questions(town, talker)
    _twilio_reports_out_of_order(town, talker)
    _discloses_and_the_duty_desk_takes_it_on(town, discloser)
    _stops(town, stopper)
    _a_stranger_texts(town)

    town.clock.set(datetime.fromisoformat(DIGEST_DAY).replace(tzinfo=LONDON))
    _every_manager_gets_one_mail(town)
    _the_manager_reads_what_was_said(town, talker)


def _import_the_same_list_twice(town: Town, file: Path):
    today = BEGINS.date().isoformat()
    town.service.command("cases", "generate", str(file), "--rows", str(ROWS), "--seed", "4", "--today", today)
    first = town.service.command("cases", "import", str(file))
    second = town.service.command("cases", "import", str(file))
    assert re.search(rf"^  added +{ROWS}$", first, re.MULTILINE)
    assert re.search(rf"^  unchanged +{ROWS}$", second, re.MULTILINE)
    assert re.search(r"^  will be asked +0$", second, re.MULTILINE)
    assert re.search(r"^  not asked +0$", second, re.MULTILINE)


def _everyone_who_is_due_is_asked(town: Town):
    """The service's own clock asks them too, every twenty seconds: whoever comes first, each is asked once."""
    town.service.command("jobs", "run", "invitations")
    town.wait_until_all_is_sent()
    asked = select(Conversation.address, Conversation.survey_version, Person.safe_contact)
    conversations = town.look_up(asked.join(Person, Person.id == Conversation.person_id))
    assert len(conversations) > 8
    for address, version, safe_contact in conversations:
        texts = town.texts_to(address)
        if safe_contact == "discreet":
            assert [text.split(",")[0] for text in texts] == ["Hi"], texts
            assert "Early Help" not in texts[0]
        else:
            assert [text.startswith("Hi, it's Kent Early Help.") for text in texts] == [True, False], texts
            assert texts[1].endswith("heard.kent.example/p"), texts
        assert version == 1
    for message in town.twilio.messages:
        assert message.messaging_service_sid == town.twilio.messaging_service_sid
        assert message.status_callback == f"{town.service.url}/webhooks/sms/status"


def _three_parents_of_one_manager(town: Town) -> list[str]:
    asked = town.look_up(
        select(Invitation.line_manager_id, Conversation.address)
        .join(Conversation, Conversation.invitation_id == Invitation.id)
        .where(Conversation.survey_id == "parent_review")
        .order_by(Conversation.id)
    )
    managers = [manager for manager, _ in asked]
    busiest = max(managers, key=managers.count)
    return [address for manager, address in asked if manager == busiest][:3]


def _answers_all_eight_questions(town: Town, phone: str):
    for place, words in enumerate(("GO", *ANSWERS)):
        assert town.text(phone, words).status_code == 200
        town.wait_for_texts(phone, place + 3)
    said = town.texts_to(phone)[2:]
    numbers = [re.search(r"\b([1-8])/8 ", text) for text in said[:8]]
    assert [number and number[1] for number in numbers] == list("12345678")
    assert said[8].startswith("That's it, thank you.")
    assert len(said) == 9
    assert town.answers_of(phone) == [
        ("q1", 7, None),
        ("q2", 1, None),
        ("q3", 2, LATE),
        ("q4", None, None),
        ("q5", 1, None),
        ("q6", None, HELPED),
        ("q7", None, CHANGE),
        ("q8", 2, None),
    ]
    stands = select(Answer.survey_id, Answer.survey_version, Answer.stage, Invitation.status, Invitation.stage)
    against = town.look_up(
        stands.join(Invitation, Invitation.id == Answer.invitation_id)
        .join(Conversation, Conversation.id == Answer.conversation_id)
        .where(Conversation.address == phone)
        .distinct()
    )
    assert against == [("parent_review", 1, "review", "answered", "review")]
    assert town.received_from(phone) == ["GO", *ANSWERS]


def _twilio_reports_out_of_order(town: Town, phone: str):
    opening = next(message for message in town.twilio.messages if message.to == phone)
    for status in ("sent", "delivered", "sent"):
        assert town.twilio.report(opening, status).status_code == 204
    kept = select(Message.status).where(Message.provider_id == opening.sid)
    assert town.look_up(kept) == ["delivered"]


def _discloses_and_the_duty_desk_takes_it_on(town: Town, phone: str):
    for place, words in enumerate(("GO", "6", DISCLOSED)):
        town.text(phone, words)
        town.wait_for_texts(phone, place + 3)
    assert "A person from our team will read it" in town.texts_to(phone)[4]
    notices = _notices(town)
    reference, severity = town.look_up(select(Alert.reference, Alert.severity))[0]
    assert severity in {"red_now", "red_today"}
    name = town.look_up(_person_at(phone))[0]
    for notice in notices:
        assert reference in notice
        assert f"{town.service.url}/alerts/{reference}" in notice
        assert not _leaks(notice, {name, phone, *DISCLOSED.split()[2:]}), notice

    with town.browser() as browser:
        assert browser.sign_in(DUTY_EMAIL, "not the password").status_code == 422
        assert browser.sign_in(DUTY_EMAIL, PASSWORD).status_code == 200
        page = f"/alerts/{reference}"
        assert DISCLOSED in browser.get(page)
        assert browser.send(page, f"{page}/acknowledge").status_code == 200
        assert "Acknowledged by Dee" in browser.get(page)


def _notices(town: Town) -> list[str]:
    mails = eventually(lambda: town.mails_to(DUTY_EMAIL), "a mail to the duty desk")
    texts = eventually(lambda: town.texts_to(DUTY_MOBILE), "a text to the duty desk")
    town.wait_until_all_is_sent()
    assert len(town.mails_to(DUTY_EMAIL)) == len(town.texts_to(DUTY_MOBILE)) == 1
    return [f"{mails[0]['Subject']}\n{text_of(mails[0])}{html_of(mails[0])}", texts[0]]


def _person_at(phone: str):
    return (
        select(Person.name).join(Conversation, Conversation.person_id == Person.id).where(Conversation.address == phone)
    )


def _leaks(text: str, words: set[str]) -> list[str]:
    return [word for word in words if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text)]


def _stops(town: Town, phone: str):
    town.text(phone, "STOP")
    said = town.wait_for_texts(phone, 3)
    assert said[2].startswith("OK, we've stopped.")
    assert len(said) == 3
    assert town.look_up(select(OptOut.address).where(OptOut.ended_at.is_(None))) == [phone]


def _a_stranger_texts(town: Town):
    stranger = "+447911123456"
    town.text(stranger, "hello is anyone there")
    said = town.wait_for_texts(stranger, 1)
    assert len(said) == 1
    assert said[0].startswith("Thanks for your text. There are no questions open for you now.")


def _every_manager_gets_one_mail(town: Town):
    for _ in range(2):
        town.service.command("jobs", "run", "digests", "--at", DIGEST_DAY)
    town.wait_until_all_is_sent()
    boss = select(Staff.line_manager_id).where(Staff.line_manager_id.is_not(None))
    managers = town.look_up(select(Staff.email).where(Staff.id.in_(boss)))
    assert len(managers) >= 3
    private = {*town.look_up(select(Person.name)), LATE, HELPED, CHANGE, DISCLOSED}
    for email in managers:
        about = [mail for mail in town.mails_to(email) if "October 2026" in mail["Subject"]]
        assert len(about) == 1, (email, len(about))
        text = f"{about[0]['Subject']}\n{text_of(about[0])}{html_of(about[0])}"
        assert f"{town.service.url}/digests/" in text
        assert re.search(r"\d+ of \d+ (answered|asked)", text)
        assert not _leaks(text, private), text
        assert not re.search(r"\+44|07700|EH-\d", text), text


def _the_manager_reads_what_was_said(town: Town, talker: str):
    ((email, digest),) = town.look_up(
        select(Staff.email, Digest.id)
        .join(Invitation, Invitation.line_manager_id == Staff.id)
        .join(Conversation, Conversation.invitation_id == Invitation.id)
        .join(Digest, Digest.manager_id == Staff.id)
        .where(Conversation.address == talker, Digest.period == datetime.fromisoformat("2026-10-01").date())
    )
    town.service.command("staff", "password", email, "--password-stdin", typed=PASSWORD)
    with town.browser() as browser:
        assert browser.sign_in(email, PASSWORD).status_code == 200
        for page in (f"/digests/{digest}", "/"):
            _shows_what_was_given_and_holds_what_was_disclosed(browser, page)


def _shows_what_was_given_and_holds_what_was_disclosed(browser: Browser, page: str):
    shown = browser.get(page)
    for words in (LATE, HELPED, CHANGE):
        assert words in shown, (page, words)
    assert "he hit me" not in shown, page
