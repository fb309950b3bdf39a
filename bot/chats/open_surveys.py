"""Opening a survey to anybody who has its code: from a QR code on a wall, on a kiosk, by a link in a mail to partners."""

from __future__ import annotations

import re
import secrets
from datetime import datetime

from bot.alerts import ALPHABET
from store.inviting import open_surveys as rows
from store.session import Session
from surveys.catalogue import Catalogue, UnknownSurvey
from surveys.survey import Survey

_STARTED_BY_THEMSELVES = frozenset({"self_start", "event_ended"})
_CODE = re.compile(r"[a-z0-9](?:[a-z0-9-]{1,18})[a-z0-9]")


class CannotOpen(ValueError):
    """This survey cannot be open to anybody; the sentence says why and what to do instead."""


def check(catalogue: Catalogue, survey_id: str) -> Survey:
    """Look whether a survey may be open to anybody.

    Raises:
        CannotOpen: there is none of that name, or it asks about somebody's own case, or it is not for the web.
    """
    may_be = ", ".join(sorted(survey.id for survey in catalogue.latest() if _reason(survey) is None))
    try:
        survey = catalogue.get(survey_id)
    except UnknownSurvey:
        raise CannotOpen(f"There is no survey {survey_id}. These may be open: {may_be}.") from None
    if reason := _reason(survey):
        raise CannotOpen(f"{survey_id} {reason}. These may be open: {may_be}.")
    return survey


def _reason(survey: Survey) -> str | None:
    """Why a survey cannot be open; None where it can."""
    if "web" not in survey.channels:
        return "is not asked on the web"
    if survey.stage is not None:
        return "asks about a stage of somebody's own case, so it goes to those who are invited"
    if survey.trigger not in _STARTED_BY_THEMSELVES and not survey.anonymous:
        return "goes to those who are invited"
    return None


def open_to_all(
    session: Session,
    survey: Survey,
    *,
    now: datetime,
    unit_id: int | None = None,
    closes_at: datetime | None = None,
    code: str | None = None,
    campaign_id: int | None = None,
) -> str | None:
    """Open a survey; return its code, or None where the code that was asked for is taken.

    Args:
        campaign_id: the campaign that it belongs to: nobody goes in before its first day.
        code: left out, one is made up that can be read out on the telephone, such as `k3p-7qx`.

    Raises:
        CannotOpen: the code cannot stand in an address.
    """
    if code is None:
        letters = "".join(secrets.choice(ALPHABET) for _ in range(6)).lower()
        code = f"{letters[:3]}-{letters[3:]}"
    elif not _CODE.fullmatch(code):
        raise CannotOpen("Write a code of 3 to 20 small letters, digits and hyphens, such as hub-gravesend.")
    about = {"unit_id": unit_id, "campaign_id": campaign_id}
    return code if rows.add(session, code, survey.id, now=now, closes_at=closes_at, **about) else None
