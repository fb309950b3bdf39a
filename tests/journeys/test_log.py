"""No family's words, no name, no password and no number in the log, whatever goes wrong and however much is logged."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import requests
from sqlalchemy import func, select, update

from store.tables import Alert, Answer, Conversation, Message
from tests.journeys.running import eventually
from tests.journeys.town import DUTY_EMAIL, MUM, PASSWORD, Town, family

pytestmark = pytest.mark.journey

MARKER = "Quizzaciously"
STRANGER = "+447911123456"
MANAGER = "owen.1@kent.example"


def test_nothing_that_anybody_said_typed_or_is_called_reaches_the_log(town: Town):
    town.service.start()
    _import_lists_with_the_marker_in_them(town)
    _text_it(town)
    _make_the_providers_complain_about_it(town)
    _type_it_into_the_console(town)
    _break_what_it_stands_in(town)
    town.wait_until_all_is_sent()
    town.service.stop()

    log = _log(town)
    for sign_of_life in ("inbox: ", "outbox: ", "job lapses: ", "Exception on /"):
        assert sign_of_life in log, f"the log says nothing of this, so it proves nothing: {sign_of_life}"
    assert MARKER.lower() not in log.lower(), _lines_with(MARKER, log)
    # 07700 900123 is the example that a refused row is given.
    numbers = re.compile(r"7700.?900(?!123)|7911.?123")
    assert not numbers.search(log), _lines_with(numbers.pattern, log)


def _log(town: Town) -> str:
    return town.service.output.read_text(encoding="utf-8")


def _lines_with(pattern: str, log: str) -> list[str]:
    return [line for line in log.splitlines() if re.search(pattern, line, re.IGNORECASE)]


def _import_lists_with_the_marker_in_them(town: Town):
    names = {
        "worker_name": f"{MARKER} Bright",
        "line_manager_name": f"Owen {MARKER}",
        "name_to_use": MARKER,
        "safe_contact_note": f"{MARKER} reads her phone",
    }
    faults = [
        {"level": MARKER},
        {"mobile": MARKER},
        {"mobile": f"0770090 {MARKER}"},
        {"stages": f"review:{MARKER}"},
        {"worker_email": MARKER},
        {"name_to_use": MARKER * 9},
        {"unit": ""},
    ]
    town.import_rows([family(1, **names), *(family(8 + place, **names | fault) for place, fault in enumerate(faults))])
    printed = town.import_rows([family(1, **names), family(1, **names, level="additional")])
    assert re.search(r"refused +1", printed)


def _text_it(town: Town):
    town.service.command("jobs", "run", "invitations")
    town.wait_for_texts(MUM, 2)
    words = ("GO", f"my number is 07700 900777 {MARKER}", f"7 {MARKER}", MARKER, f"1 he hit me {MARKER}")
    for place, said in enumerate(words):
        town.text(MUM, said)
        town.wait_for_texts(MUM, place + 3)
    town.text(STRANGER, f"{MARKER} i want to die")
    town.wait_for_texts(STRANGER, 1)


def _make_the_providers_complain_about_it(town: Town):
    """Their sentences hold the number, the words or the mailbox that the message was for."""
    before = len(town.twilio.requests)
    for place, code in enumerate((21211, 21617, 21610, 21408)):
        phone = f"+4479111231{place:02}"
        town.twilio.refuse_with(code, number=phone)
        town.text(phone, MARKER)
    town.mail.refuse("RCPT", f"550 5.1.1 <{MARKER}@kent.example> has no mailbox here")
    town.text(STRANGER, f"{MARKER} he hit me")
    refused = select(func.count()).where(Message.channel == "email", Message.error_code.is_not(None))
    eventually(lambda: town.look_up(refused) != [0], "a mail to be refused")
    town.mail.behave()
    town.wait_until_all_is_sent()
    assert len(town.twilio.requests) >= before + 4
    town.twilio.post_status(town.service.url, "SM9", MARKER, error_code=MARKER)
    assert town.twilio.post_inbound(town.service.url, "", MARKER).status_code == 400


def _type_it_into_the_console(town: Town):
    town.service.command("staff", "add", DUTY_EMAIL, "--name=Dee", "--role=duty", "--password-stdin", typed=PASSWORD)
    town.service.command("staff", "password", MANAGER, "--password-stdin", typed=f"{MARKER} and more")
    with town.browser() as browser:
        for email in (DUTY_EMAIL, f"{MARKER}@kent.example", MARKER):
            assert browser.sign_in(email, f"wrong {MARKER}").status_code == 422
        assert browser.sign_in(DUTY_EMAIL, PASSWORD).status_code == 200
        reference = town.look_up(select(Alert.reference).where(Alert.conversation_id.is_not(None)))[0]
        page = f"/alerts/{reference}"
        browser.send(page, f"{page}/acknowledge")
        assert MARKER in browser.send(page, f"{page}/release", note=f"{MARKER} is safe now").text
    post = requests.post(f"{town.service.url}/sign-in", data={"email": MARKER, "password": MARKER}, timeout=30)
    assert post.status_code == 400
    assert requests.get(f"{town.service.url}/alerts?name={MARKER}", timeout=30).ok


def _break_what_it_stands_in(town: Town):
    """Damage rows so that the step, a job and a page fail over values that hold the marker."""
    with town.database.writing() as session:
        session.execute(update(Conversation).values(state=f'{{"{MARKER}'))
        session.execute(update(Answer).values(survey_id=MARKER))
    town.text(MUM, f"{MARKER} again")
    unread = select(Alert.reference).where(Alert.reason == "unread")
    assert eventually(lambda: town.look_up(unread), "an alert that the message was not read")
    assert town.received_from(MUM)[-1] == f"{MARKER} again"

    with town.browser() as browser:
        broken = browser.sign_in(MANAGER, f"{MARKER} and more")
    assert broken.status_code == 500
    assert MARKER not in broken.text

    town.service.stop()
    town.clock.move(timedelta(days=8))  # so that the conversations are due to lapse, which needs their state
    town.service.start()
    eventually(lambda: "job lapses: " in _log(town), "a job that fails")
