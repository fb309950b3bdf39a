"""A council for one journey: the service, its database, Twilio, the mail server, and the families with their phones."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from uuid import uuid4

import requests
from sqlalchemy import Select, func, select

from bot.calendar import LONDON
from bot.cases.rows import COLUMNS
from store.session import Database
from store.tables import Answer, Conversation, Message
from store.talks.messages import UNSENT
from tests.journeys.moved_clock import VARIABLE, SharedClock
from tests.journeys.running import Browser, RunningService, eventually
from tests.standins.smtp import MailServer
from tests.standins.twilio_rest import TwilioStandIn

BEGINS = datetime(2026, 10, 6, 12, 30, tzinfo=LONDON)
"""A Tuesday on which parents and young people from 16 may both be texted first, with a working month behind it."""

MUM = "+447700900101"
DUTY_MOBILE = "+447911123999"
DUTY_EMAIL = "duty@kent.example"
PASSWORD = "a long enough password"


class Town:
    """Everything of one journey."""

    def __init__(
        self, folder: Path, database_url: str, twilio: TwilioStandIn, mail: MailServer, clock: SharedClock
    ) -> None:
        self._folder = folder
        self.twilio, self.mail, self.clock = twilio, mail, clock
        self.database = Database(database_url, pool_size=2)
        self.service = RunningService(
            folder,
            {
                "FLASK_APP": "tests.journeys.moved_clock:create_app",
                VARIABLE: str(clock.file),
                "TRIAL": "0",
                "DATABASE_URL": database_url,
                "SECRET_KEY": "a secret of this journey, long enough",
                "TWILIO_ACCOUNT_SID": twilio.account_sid,
                "TWILIO_AUTH_TOKEN": twilio.auth_token,
                "TWILIO_MESSAGING_SERVICE_SID": twilio.messaging_service_sid,
                "TWILIO_API_BASE_URL": twilio.base_url,
                "TWILIO_TIMEOUT_SECONDS": "14",
                "SMTP_HOST": mail.host,
                "SMTP_PORT": str(mail.port),
                "SMTP_SECURITY": "none",
                "SMTP_TIMEOUT_SECONDS": "14",
                "DUTY_EMAIL": DUTY_EMAIL,
                "DUTY_MOBILE": DUTY_MOBILE,
                "DUTY_HOURS": "mon-sun 00:00-23:59",
                "PRIVACY_URL": "heard.kent.example/p",
                "SMS_A_SECOND": "1000",
                "MAIL_A_SECOND": "1000",
                "LOG_LEVEL": "DEBUG",
            },
        )

    def close(self) -> None:
        """End what was started."""
        self.twilio.release()
        self.service.kill()
        self.database.close()

    def import_rows(self, rows: Iterable[dict[str, str]]) -> str:
        """Import a case list with these rows; return what the command printed."""
        file = self._folder / f"{uuid4().hex}.csv"
        with file.open("w", encoding="utf-8", newline="") as opened:
            writer = csv.DictWriter(opened, COLUMNS)
            writer.writeheader()
            writer.writerows(rows)
        return self.service.command("cases", "import", str(file))

    def ask_mum(self) -> None:
        """Start the whole service, import one mother, ask her, and wait until both opening texts have gone out."""
        self.service.start()
        self.import_rows([family()])
        self.service.command("jobs", "run", "invitations")
        self.wait_for_texts(MUM, 2)

    def text(self, number: str, words: str, sid: str | None = None) -> requests.Response:
        """Play a phone: a text arrives as Twilio brings it."""
        return self.twilio.post_inbound(self.service.url, number, words, sid)

    def texts_to(self, number: str) -> list[str]:
        """What Twilio has taken for a number, oldest first."""
        return [message.body for message in self.twilio.messages if message.to == number]

    def wait_for_texts(self, number: str, count: int) -> list[str]:
        """Wait until so many texts have gone to a number, and nothing waits to be sent; return them all."""
        eventually(lambda: len(self.texts_to(number)) >= count, f"{count} texts to a phone")
        self.wait_until_all_is_sent()
        return self.texts_to(number)

    def wait_until_all_is_sent(self) -> None:
        """Wait until the outbox is empty."""
        unsent = select(func.count()).where(Message.status.in_(UNSENT))
        eventually(lambda: self.look_up(unsent) == [0], "the outbox to be empty")

    def mails_to(self, address: str) -> list[EmailMessage]:
        """What the mail server has taken for an address, oldest first."""
        return [mail for mail in list(self.mail.mails) if mail["To"] == address]

    def browser(self) -> Browser:
        """A browser with nobody signed in."""
        return Browser(self.service.url)

    def look_up(self, statement: Select) -> list:
        """What stands in the database: values where one column is asked for, else rows."""
        with self.database.reading() as session:
            rows = session.execute(statement).all()
        return [row[0] if len(row) == 1 else row for row in rows]

    def answers_of(self, number: str) -> list[tuple]:
        """Question, value and comment of each answer that came from a phone."""
        return self.look_up(
            select(Answer.question, Answer.value, Answer.comment)
            .join(Conversation, Conversation.id == Answer.conversation_id)
            .where(Conversation.address == number)
            .order_by(Answer.id)
        )

    def received_from(self, number: str) -> list[str]:
        """The words kept of each text that came from a phone."""
        return self.look_up(
            select(Message.text).where(Message.direction == "in", Message.address == number).order_by(Message.id)
        )


def family(number: int = 1, **changes: str) -> dict[str, str]:
    """A row about a mother whose review was a few days ago, with a worker, a line manager and a unit of her own."""
    return {
        "case_reference": f"EH-{number}",
        "service": "Early Help",
        "unit": f"Unit {number}",
        "district": "Northwold",
        "level": "intensive",
        "worker_name": "Priya Bright",
        "worker_email": f"priya.{number}@kent.example",
        "line_manager_name": "Owen Hope",
        "line_manager_email": f"owen.{number}@kent.example",
        "stages": "review:2026-10-01",
        "participant_role": "parent_carer",
        "name_to_use": "Agnieszka",
        "birth_date": "",
        "age_band": "",
        "mobile": f"07700 900{number + 100:03}",
        "language": "en",
        "safe_contact": "text",
        "safe_contact_note": "",
        **changes,
    }
