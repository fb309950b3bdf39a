"""By which letters of a name the holder of a shared phone is asked whether they are the one meant. Changes nothing.

A text names nobody whole, and must not be taken by one for another: it says one letter, or two where a second tells them
apart (the surveys' `{initial}` holds two). Where two do not, nobody is asked there: whoever answered might be the other.
"""

from __future__ import annotations

from bot.talks.ways import Way
from store.session import Session
from store.talks import conversations
from surveys.gaps import PLACEHOLDERS
from surveys.letters import to_plain_letters

ALIKE = "names_alike"
"""Why somebody is not asked whose name begins like that of somebody else on their phone."""


def of(session: Session, person_id: int, way: Way) -> str | None:
    """The letters by which a person is asked for at an address; None where none tell them from the others there.

    Whoever is recorded there twice by the same name is taken for one and the same.
    """
    names = {each: _plain(name) for each, name in conversations.names_at(session, way.channel, way.address)}
    own = names.pop(person_id, "")
    others = {name.casefold() for name in names.values()} - {own.casefold()}
    beginnings = (own[:length] for length in range(1, PLACEHOLDERS["initial"] + 1))
    return next((each for each in beginnings if not any(name.startswith(each.casefold()) for name in others)), None)


def _plain(name: str) -> str:
    """A name in the letters in which it is texted."""
    return to_plain_letters(name).strip()
