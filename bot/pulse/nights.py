"""What is done every night so that what was said by day cannot be matched with who was where when.

Times of anonymous conversations are rounded as they are written (`bot.chats.anonymity`), but the numbers of rows go up, and
between two rows with exact times they tell the minute all the same. So what was begun on the days before is over at night,
finished or not, and is written anew, all of it in an order of chance; and of the mails that staff were sent the day is left.
"""

from __future__ import annotations

from datetime import datetime
from random import Random, SystemRandom
from secrets import token_hex

from bot.calendar import local_day, midnight
from bot.chats.anonymity import to_the_day
from bot.conversation.state import State, UnknownState
from bot.sending.sealed import Sealed
from store.inviting import pulse
from store.session import Database
from store.talks import mixing
from store.talks.mixing import MIXED, Blurring
from surveys.catalogue import Catalogue

MOST = 5_000
"""So many conversations are written anew in one night, and so many mails looked at: both in one transaction."""


def run(database: Database, catalogue: Catalogue, now: datetime, random: Random | None = None) -> int:
    """End and mix the anonymous conversations of the days before; return how many rows of mails and talks changed.

    Args:
        random: orders them; the machine's own randomness, where it is left out.
    """
    with database.writing() as session:
        changed = pulse.conceal(session, Sealed.concealed, to_the_day, MOST)
        found = mixing.over(session, begun_before=midnight(local_day(now)), limit=MOST)
        ids = [talk.id for talk in found if catalogue.get(talk.survey_id, talk.survey_version).anonymous]
        (random or SystemRandom()).shuffle(ids)
        mixing.rewrite(session, {each: f"{MIXED}{token_hex(8)}" for each in ids}, Blurring(to_the_day, _without_time))
    return changed + len(ids)


def _without_time(kept: str) -> str:
    """A kept state without the moment of the latest words, and without numbers of messages, which are written anew."""
    try:
        return State.from_json(kept).but(heard_at=None, unclear={}).to_json()
    except UnknownState:
        return kept
