"""Links that are handed out: to one person's web chat, into an open survey, and from a person to their Telegram.

A link's token is the only proof that is asked of whoever follows it, so it is random, kept as a digest only, ends by itself
and can be taken back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_hex, token_urlsafe
from typing import Self

from bot.council import Council
from bot.talks.ways import may_use_telegram
from store.inviting import links as rows
from store.inviting import moves
from store.inviting.links import NewLink
from store.session import Session
from surveys.gaps import PLACEHOLDERS

TELEGRAM_DAYS = 7
"""So long a link to Telegram may be followed, once."""

OPEN_DAYS = 1
"""So long whoever has gone into an open survey may come back to it."""

_TOKEN_BYTES = 16
_CHAT = "/chat/"
_TOKEN_LENGTH = len(token_urlsafe(_TOKEN_BYTES))
_LONGEST = PLACEHOLDERS["link"] - len(_CHAT) - _TOKEN_LENGTH


class NoTelegram(ValueError):
    """Nobody, or not this person, can be asked on Telegram; the sentence says why and what to do instead."""


def check_base(base_url: str) -> None:
    """Look whether links that begin so have room in a text; nothing is cut, for half a link leads nowhere.

    Raises:
        ValueError: they have not.
    """
    if len(_host(base_url)) > _LONGEST:
        raise ValueError(
            f"links to web chats stand in texts, which have room for {_LONGEST} characters of it after https://; "
            "use a shorter host name"
        )


def _host(base_url: str) -> str:
    return base_url.partition("://")[2]


@dataclass(frozen=True)
class Links:
    """Makes links. Everything is written in the caller's transaction.

    Attributes:
        telegram_bot: the bot's user name; empty where nobody is asked on Telegram.
        chat_days: so long a web chat's link may be followed.
    """

    base_url: str
    telegram_bot: str
    chat_days: int

    @classmethod
    def of(cls, council: Council) -> Self:
        """Links as the council has chosen them."""
        return cls(council.base_url, council.telegram_bot, council.chat_days)

    def for_invitation(self, session: Session, invitation_id: int, person_id: int, now: datetime) -> str:
        """Make a link to the web chat of an invitation: short enough for a text, good on any device until it expires."""
        expires = now + timedelta(days=self.chat_days)
        link = NewLink("", "web", now, expires, person_id=person_id, invitation_id=invitation_id)
        token, _ = _web(session, link)
        return self.chat(token)

    @staticmethod
    def for_open_survey(session: Session, open_survey_id: int, now: datetime) -> tuple[str, str]:
        """Make a link for one more person who has gone into an open survey; return its token and its chat's address."""
        expires = now + timedelta(days=OPEN_DAYS)
        return _web(session, NewLink("", "web", now, expires, open_survey_id=open_survey_id))

    def to_telegram(self, session: Session, person_id: int, invitation_id: int | None, now: datetime) -> str:
        """Make a link that binds whichever Telegram chat follows it first to a person.

        Raises:
            NoTelegram: there is no bot, the person is under 16 or may be, or must be contacted discreetly or not at all.
        """
        if not self.telegram_bot:
            raise NoTelegram("Nobody is asked on Telegram: set TELEGRAM_BOT_TOKEN and TELEGRAM_BOT_NAME first.")
        if not may_use_telegram(moves.reachable(session, person_id), now):
            raise NoTelegram(
                "Telegram is not for anybody under 16, nor where the age is not known or contact must be discreet: "
                "ask them by text or web chat."
            )
        token = token_urlsafe(_TOKEN_BYTES)
        expires = now + timedelta(days=TELEGRAM_DAYS)
        link = NewLink(token, "telegram", now, expires, person_id=person_id, invitation_id=invitation_id)
        rows.add(session, link)
        return f"https://t.me/{self.telegram_bot}?start={token}"

    def chat(self, token: str) -> str:
        """The address of a web chat; without its https:// where a text would have no room for it."""
        whole = f"{self.base_url}{_CHAT}{token}"
        return whole if len(whole) <= PLACEHOLDERS["link"] else _host(whole)

    def door(self, code: str) -> str:
        """The address of an open survey."""
        return f"{self.base_url}/s/{code}"


def _web(session: Session, link: NewLink) -> tuple[str, str]:
    """Write a link to a web chat of its own; return its token and the chat's address."""
    token, address = token_urlsafe(_TOKEN_BYTES), f"chat-{token_hex(8)}"
    rows.add(session, link._replace(token=token, address=address))
    return token, address
