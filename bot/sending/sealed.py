"""Links in mails that nobody may find in the database: while a mail waits, its row holds a seed in the link's place.

The link's token is made of the seed with the service's secret key at the moment of sending, so that whoever has the database
alone, or a copy of it from any moment, can follow no such link and cannot tell whose it was. Once the mail has left, the
row holds neither.
"""

from __future__ import annotations

import hmac
import re
from base64 import urlsafe_b64encode
from random import Random, SystemRandom

PATH = "/t/"
"""Where such links lead; the pages are the web chat's."""

_SEED_BYTES = 16
_SEALED = re.compile(re.escape(PATH) + r"~([A-Za-z0-9_-]{22})")
_CONCEALED = f"{PATH}…"


class Sealed:
    """Makes links that are sealed while they wait, opens them for whoever is written to, and conceals them."""

    def __init__(self, secret: str) -> None:
        """`secret`: kept outside the database. Mails that wait while it is changed are sent with links that lead nowhere."""
        self._key = hmac.digest(secret.encode(), b"links sealed in mails", "sha256")

    def make(self, random: Random | None = None) -> tuple[str, str]:
        """Make a link: return its token, and the path to put into a mail that waits.

        Args:
            random: where the seed comes from; the machine's own randomness, where it is left out.
        """
        seed = _letters((random or SystemRandom()).randbytes(_SEED_BYTES))
        return self._token(seed), f"{PATH}~{seed}"

    def opened(self, text: str) -> str:
        """A waiting mail's text as its reader gets it."""
        return _SEALED.sub(lambda found: PATH + self._token(found[1]), text)

    @staticmethod
    def concealed(text: str) -> str:
        """The text without what a link could be made of."""
        return _SEALED.sub(_CONCEALED, text)

    def _token(self, seed: str) -> str:
        return _letters(hmac.digest(self._key, seed.encode(), "sha256")[:_SEED_BYTES])


def _letters(raw: bytes) -> str:
    """Bytes in the letters that may stand in an address: 22 of them for 16."""
    return urlsafe_b64encode(raw).decode().rstrip("=")
