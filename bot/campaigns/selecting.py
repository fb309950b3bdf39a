"""Saying whom a campaign is for in a few words, such as `partners in Marlbury`, and finding them. Read anew each time."""

from __future__ import annotations

import re
from dataclasses import dataclass

from store.inviting import campaigns, selections
from store.session import Session
from surveys.stages import LEVELS, Audience

FROM_A_FILE = "a list of "
"""What the selection of a campaign begins with whose list came as a file."""

HOW = (
    'write "partners", "parents on open cases" or "young people on open cases"; after it, where you like, '
    '"of kind school" (partners), "at level intensive" and "in Marlbury"'
)
_WORDS = re.compile(
    r"(?P<who>partners|parents|young people)(?: on open cases)?"
    r"(?: of kind (?P<kind>.+?))?(?: at level (?P<level>\w+))?(?: in (?P<district>.+))?",
    re.IGNORECASE,
)
_ROLES: dict[str, Audience] = {"parents": "parent_carer", "young people": "young_person"}


class BadSelection(ValueError):
    """This selects nobody; the sentence says what to write instead."""


@dataclass(frozen=True)
class Selection:
    """Whom a campaign is for. `role`: of families; None for partners."""

    role: Audience | None
    kind: str | None
    level: str | None
    district: str | None


def read(session: Session, words: str) -> Selection:
    """Read a selection.

    Raises:
        BadSelection: it is none, or names a level, a kind or a district that there is not.
    """
    match = _WORDS.fullmatch(" ".join(words.split()))
    if match is None:
        raise BadSelection(f"This is no selection: {HOW}.")
    role = _ROLES.get(match["who"].lower())
    level = match["level"].lower() if match["level"] else None
    if role and match["kind"]:
        raise BadSelection(f"Families have no kind: {HOW}.")
    if level and level not in LEVELS:
        raise BadSelection(f"There is no such level: write one of {', '.join(LEVELS)}.")
    district = _known(match["district"], selections.districts(session), "district")
    kind = _known(match["kind"], selections.kinds(session), "kind of partner")
    return Selection(role, kind, level, district)


def _known(word: str | None, known: set[str], what: str) -> str | None:
    if word is None:
        return None
    found = next((each for each in sorted(known) if each.lower() == word.lower()), None)
    if found is None:
        there = ", ".join(sorted(known)[:20]) or "none yet"
        raise BadSelection(f"There is no such {what}; there are: {there}.")
    return found


def people(session: Session, campaign_id: int, words: str) -> list[int]:
    """Who is on the list of a campaign now: those whom its file named, or whom its words select.

    Raises:
        BadSelection: the words select nobody any more.
    """
    if words.startswith(FROM_A_FILE):
        return campaigns.members(session, campaign_id)
    wanted = read(session, words)
    if wanted.role is None:
        return selections.partners(session, kind=wanted.kind, level=wanted.level, district=wanted.district)
    return selections.families(session, wanted.role, level=wanted.level, district=wanted.district)
