"""Handing somebody a link: finding the person of a case, and what they are to be asked."""

from __future__ import annotations

from datetime import datetime

from bot.chats.beginning import BY_HAND
from bot.chats.links import Links
from store import audit
from store.inviting import links
from store.inviting.links import Asked
from store.session import Session
from surveys.catalogue import Catalogue
from surveys.stages import AUDIENCE_LABELS


class NobodyToAsk(ValueError):
    """No such person, or nothing to ask them; the sentence says what to do instead and names nobody."""


def person_of(session: Session, case_reference: str, who: str) -> Asked:
    """The one person of a case who goes by that name or role.

    Raises:
        NobodyToAsk: there is none, or more than one.
    """
    people = links.people(session, case_reference)
    wanted = who.casefold()
    found = [person for person in people if wanted in {person.name.casefold(), person.role}]
    if not people:
        raise NobodyToAsk(f"There is no case {case_reference}: write its reference as the case list has it.")
    if len(found) != 1:
        there = " or ".join(sorted({person.role for person in people} & AUDIENCE_LABELS.keys()))
        how_many = "Nobody" if not found else "More than one person"
        raise NobodyToAsk(f"{how_many} of case {case_reference} goes by that: write the name in full, or {there}.")
    return found[0]


def to_chat(session: Session, case_reference: str, who: str, maker: Links, catalogue: Catalogue, now: datetime) -> str:
    """Make a link to somebody's web chat, about the latest stage that they can still be asked about.

    Raises:
        NobodyToAsk: nothing is to be asked of them on the web.
    """
    person = person_of(session, case_reference, who)
    found = links.to_ask(session, person.person_id, BY_HAND)
    if found is None or "web" not in catalogue.get(found.survey_id).channels:
        raise NobodyToAsk(
            f"Nothing is to be asked of them on the web now: look at the case list's stages of {case_reference}, "
            "and whether they have answered already."
        )
    audit.record(session, at=now, staff_id=None, what="made a link to a web chat", subject=case_reference)
    return maker.for_invitation(session, found.invitation_id, person.person_id, now)


def to_telegram(session: Session, case_reference: str, who: str, maker: Links, now: datetime) -> str:
    """Make a link by which somebody begins a Telegram chat with the service.

    Raises:
        NobodyToAsk: there is no such person.
        bot.chats.links.NoTelegram: they cannot be asked there.
    """
    person = person_of(session, case_reference, who)
    invitation_id = links.invitation_to_ask(session, person.person_id)
    link = maker.to_telegram(session, person.person_id, invitation_id, now)
    audit.record(session, at=now, staff_id=None, what="made a link to Telegram", subject=case_reference)
    return link


def take_back(session: Session, case_reference: str, who: str, now: datetime) -> int:
    """Take back every link of somebody that still works; return how many.

    Raises:
        NobodyToAsk: there is no such person.
    """
    person = person_of(session, case_reference, who)
    audit.record(session, at=now, staff_id=None, what="took links back", subject=case_reference)
    return links.revoke(session, person.person_id, now)
