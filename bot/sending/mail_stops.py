"""How whoever is invited by mail ends such mails, and takes that back: by a link that names the mail, never the address.

A stop is of one address and of invitations only. What somebody needs for their work, alerts and digests, comes all the same.
"""

from __future__ import annotations

from itsdangerous import BadSignature, URLSafeSerializer

from bot.clock import Clock
from store.council import optouts
from store.sending import mails
from store.session import Database, Session

CHANNEL = "email"


class MailStops:
    """The links in our mails, and what following them does. What is done twice changes nothing the second time."""

    def __init__(self, database: Database, clock: Clock, base_url: str, secret: str) -> None:
        """Remember where the pages are, and with what their links are signed."""
        self._database, self._clock, self._base_url = database, clock, base_url
        self._signer = URLSafeSerializer(secret, salt="mail stop")

    def link(self, key: str) -> str:
        """The page on which the reader of the mail with this key can end such mails."""
        return f"{self._base_url}/mail/stop/{self._signer.dumps(key)}"

    def stands(self, signed: str) -> bool | None:
        """Whether the reader of that mail has said stop; None where the link is not ours, or of no mail that we know."""
        with self._database.reading() as session:
            address = self._address(session, signed)
            return None if address is None else optouts.stands(session, CHANNEL, address)

    def stop(self, signed: str) -> bool:
        """Invite whoever got that mail no more; False where the link is not ours, or of no mail that we know."""
        with self._database.writing() as session:
            address = self._address(session, signed)
            if address is not None:
                optouts.begin(session, CHANNEL, address, self._clock.now())
        return address is not None

    def take_back(self, signed: str) -> bool:
        """Invite them again; False as with `stop`."""
        with self._database.writing() as session:
            address = self._address(session, signed)
            if address is not None:
                optouts.end(session, CHANNEL, address, self._clock.now())
        return address is not None

    def _address(self, session: Session, signed: str) -> str | None:
        try:
            key = self._signer.loads(signed)
        except BadSignature:
            return None
        return mails.invited(session, key)
