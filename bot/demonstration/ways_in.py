"""Ways into the web chat for whoever tries the service out: two open surveys, and an invented parent's own link."""

from __future__ import annotations

from datetime import datetime

from bot.chats.links import Links
from bot.chats.open_surveys import check, open_to_all
from bot.service import Service
from store.inviting import links as rows
from store.inviting import open_surveys
from store.session import Session

DOORS = {"demo": "open_access_session", "partners": "partner_ad_hoc"}
"""The open surveys of the demonstration, by their codes."""


def open_doors(session: Session, service: Service, now: datetime) -> None:
    """Open them; those that are there already stay as they are."""
    for code, survey in DOORS.items():
        open_to_all(session, check(service.catalogue, survey), now=now, code=code)


def doors(session: Session, links: Links, now: datetime) -> list[str]:
    """The addresses of those that are open."""
    found = [(code, open_surveys.find(session, code)) for code in DOORS]
    return [links.door(code) for code, opened in found if opened and opened.is_open(now)]


def invented_parent(session: Session, links: Links, now: datetime) -> str | None:
    """Make a link to the web chat of a parent who has been asked and has said nothing yet; None where there is none."""
    asked = rows.waiting_parent(session)
    return links.for_invitation(session, asked.invitation_id, asked.person_id, now) if asked else None
