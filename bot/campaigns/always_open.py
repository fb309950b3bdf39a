"""The page on which partners tell us anything, any time: always open, and its address is in every mail to them."""

from __future__ import annotations

from datetime import datetime

from bot.chats import open_surveys
from store.inviting import open_doors
from store.session import Session
from surveys.catalogue import Catalogue

SURVEY = "partner_ad_hoc"
CODE = "partners"


def keep_open(session: Session, catalogue: Catalogue, now: datetime) -> str:
    """The code of the partners' open page, which is opened where it is not, under the address that it had before."""
    code = open_doors.kept_open(session, SURVEY)
    if code is not None:
        return code
    if open_doors.open_again(session, CODE, SURVEY):
        return CODE
    survey = open_surveys.check(catalogue, SURVEY)
    made = open_surveys.open_to_all(session, survey, now=now, code=CODE)
    while made is None:  # another process has opened it at this moment, or something else has that code
        made = open_doors.kept_open(session, SURVEY) or open_surveys.open_to_all(session, survey, now=now)
    return made
