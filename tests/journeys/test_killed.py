"""Killed without warning at the worst moments: nothing is lost, and nothing is said twice."""

from __future__ import annotations

import contextlib
import threading
from datetime import datetime, timedelta

import pytest
import requests
from sqlalchemy import func, select

from bot.calendar import LONDON
from store.tables import Digest, Message
from tests.journeys.conftest import TWO_DATABASES
from tests.journeys.running import eventually, kill_group
from tests.journeys.town import MUM, Town, family

pytestmark = pytest.mark.journey

LONGER_THAN_A_LEASE = timedelta(minutes=2)
MANAGERS = 60
DIGEST_DAYS = ("2026-11-02", "2026-12-01", "2027-01-04", "2027-02-01", "2027-03-01")
"""First working days of five months: a run that was over before it could be killed is tried again a month later."""


@pytest.mark.parametrize("town", TWO_DATABASES, indirect=True)
def test_a_reply_that_was_decided_but_not_sent_before_the_kill_is_sent_once_afterwards(town: Town):
    town.ask_mum()
    town.text(MUM, "GO")
    town.wait_for_texts(MUM, 3)
    town.service.stop()

    town.service.start("web")
    assert town.text(MUM, "7", sid="SM" + "7" * 32).status_code == 200
    town.service.kill()
    assert len(town.texts_to(MUM)) == 3

    town.service.start()
    said = town.wait_for_texts(MUM, 4)
    assert [text[:3] for text in said[2:]] == ["1/8", "2/8"]
    town.text(MUM, "7", sid="SM" + "7" * 32)  # Twilio, which may not have had its answer, delivers once more
    town.wait_until_all_is_sent()
    assert len(town.texts_to(MUM)) == 4
    assert town.answers_of(MUM) == [("q1", 7, None)]


@pytest.mark.parametrize("town", TWO_DATABASES, indirect=True)
def test_a_text_that_twilio_took_while_we_were_killed_is_adopted_and_not_sent_again(town: Town):
    town.ask_mum()
    town.twilio.hang_after_accepting()
    town.text(MUM, "GO")
    assert town.twilio.wait_until_hanging(20)
    town.service.kill()
    town.twilio.release()
    reply = select(Message.status, Message.unsure, Message.provider_id).where(Message.kind == "reply")
    assert town.look_up(reply) == [("sending", True, None)], "the kill came too late"

    asked_before = len(town.twilio.requests)
    town.clock.move(LONGER_THAN_A_LEASE)
    town.service.start()
    town.wait_until_all_is_sent()
    taken = [message for message in town.twilio.messages if message.body.startswith("1/8")]
    assert len(taken) == 1
    assert town.look_up(reply) == [("accepted", False, taken[0].sid)]
    assert [request.split()[0] for request in town.twilio.requests[asked_before:]] == ["GET"]


@pytest.mark.parametrize("town", TWO_DATABASES, indirect=True)
def test_a_text_whose_request_was_cut_off_by_the_kill_counts_once_when_twilio_brings_it_again(town: Town):
    town.ask_mum()
    sent = ["GO", "7", "1", "2", "1", "1"]
    for place, words in enumerate(sent):
        sid = f"SM{place:032}"
        _post_and_kill(town, words, sid, milliseconds=place * 5)
        town.clock.move(LONGER_THAN_A_LEASE)
        town.service.start()
        assert town.text(MUM, words, sid).status_code == 200
        said = town.wait_for_texts(MUM, place + 3)
        assert [text[:3] for text in said[2:]] == [f"{number}/8" for number in range(1, place + 2)]
    assert town.received_from(MUM) == sent
    assert [(question, value) for question, value, _ in town.answers_of(MUM)] == [
        ("q1", 7),
        ("q2", 1),
        ("q3", 2),
        ("q4", 1),
        ("q5", 1),
    ]


def _post_and_kill(town: Town, words: str, sid: str, *, milliseconds: int):
    """Post a text and kill the service in the middle of it: at once, or when it has been at it for a few milliseconds."""

    def post():
        with contextlib.suppress(requests.RequestException):  # cut off, as meant
            town.text(MUM, words, sid)

    posting = threading.Thread(target=post)
    posting.start()
    posting.join(milliseconds / 1000)
    town.service.kill()
    posting.join(30)
    assert not posting.is_alive()


@pytest.mark.parametrize("town", TWO_DATABASES, indirect=True)
def test_a_digest_run_that_is_killed_halfway_leaves_one_digest_and_one_mail_for_each_manager(town: Town):
    town.service.command("migrate")
    town.import_rows(family(number) for number in range(1, MANAGERS + 1))
    town.service.start("web", "worker")
    day = next((day for day in DIGEST_DAYS if _is_killed_halfway(town, day)), None)
    assert day, "every run was over before it could be killed"

    printed = town.service.command("jobs", "run", "digests", "--at", f"{day}T09:00")
    again = town.service.command("jobs", "run", "digests", "--at", f"{day}T09:00")
    assert 0 < int(printed.split()[1]) < MANAGERS
    assert again.split()[1] == "0"
    per_manager = select(func.count(Digest.id)).group_by(Digest.manager_id, Digest.period)
    months = DIGEST_DAYS.index(day) + 1
    assert town.look_up(per_manager) == [1] * MANAGERS * months
    town.wait_until_all_is_sent()
    for number in range(1, MANAGERS + 1):
        subjects = [mail["Subject"] for mail in town.mails_to(f"owen.{number}@kent.example")]
        assert len(subjects) == len(set(subjects)) == months


def _is_killed_halfway(town: Town, day: str) -> bool:
    """Run the digests of a day and kill the run as soon as one exists; whether that was before all of them did."""
    town.clock.set(datetime.fromisoformat(f"{day}T09:00").replace(tzinfo=LONDON))
    digests = select(func.count(Digest.id))
    (before,) = town.look_up(digests)
    run = town.service.begin("jobs", "run", "digests", "--at", f"{day}T09:00")
    eventually(lambda: run.poll() is not None or town.look_up(digests) != [before], "the first digest", pause=0.001)
    kill_group(run)
    (after,) = town.look_up(digests)
    return 0 < after - before < MANAGERS
