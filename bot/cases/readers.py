"""How the text of one field of a case list is read. Pure.

A reader takes the text and returns its value, or raises `Unfit` with the kind of fault and what to write instead.
Neither may hold the text itself: reports of an import are printed, mailed about and kept in logs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import TypeVar

from bot.cases.timeline import EVENTS, Kind
from channels.phones import BadNumber, parse_mobile

_T = TypeVar("_T")
_Word = TypeVar("_Word", bound=str)
Reader = Callable[[str], _T]

WRITE_A_MOBILE = "write a mobile number such as 07700 900123, or leave it empty"
_LONGEST_NOTE = 2000
EARLIEST_STAGE = date(2000, 1, 1)
LATEST_STAGE = timedelta(days=731)
"""So far ahead may lie what is planned; a date beyond that has a wrong year."""
_EARLIEST_BIRTH = date(1900, 1, 1)
_DATES = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})", re.ASCII),
    re.compile(r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})", re.ASCII),
)
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>.]+(\.[^@\s,;<>.]+)+")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", re.ASCII)


_JOINER = re.compile(r"(?<=[^\x00-\u036f\s])[\u200c\u200d](?=[^\x00-\u036f\s])")
"""Persian, Sinhala and other scripts spell with these between two letters; Latin letters never do."""


class Unfit(Exception):
    """A field that cannot be taken.

    Attributes:
        kind: the class of the fault, never the text: "blank", "not a date", "landline".
        instead: what to write.
    """

    def __init__(self, kind: str, instead: str) -> None:
        super().__init__(kind, instead)
        self.kind = kind
        self.instead = instead


def words(limit: int, instead: str) -> Reader[str]:
    """A reader of a few words on one line, which must be there; runs of blanks become one."""

    def read(text: str) -> str:
        kept = " ".join(unicodedata.normalize("NFC", text).split())
        if not kept:
            raise Unfit("blank", instead)
        if len(kept) > limit:
            raise Unfit("too long", f"write at most {limit} characters")
        kinds = {unicodedata.category(character) for character in _JOINER.sub("", kept)}
        if kinds & {"Cc", "Cs"}:
            raise Unfit("holds control characters", instead)
        if kinds & {"Cf", "Co", "Cn"}:
            raise Unfit("holds hidden characters", "delete the field and type it afresh, rather than pasting it")
        return kept

    return read


def one_of(choices: Sequence[_Word]) -> Reader[_Word]:
    """A reader of one of a few words; capitals, blanks, dashes and underscores make no difference."""
    known = {_folded(choice): choice for choice in choices}
    instead = f"write one of: {', '.join(choices)}"

    def read(text: str) -> _Word:
        if not text.strip():
            raise Unfit("blank", instead)
        if _folded(text) not in known:
            raise Unfit("not one of the choices", instead)
        return known[_folded(text)]

    return read


def _folded(text: str) -> str:
    return re.sub(r"[\s_\-\u2010-\u2015]+", "_", text.strip().lower())


def email(text: str) -> str:
    """An e-mail address, in small letters."""
    kept = text.strip().lower()
    if not kept:
        raise Unfit("blank", "write the work e-mail address")
    if len(kept) > 254 or not kept.isprintable() or not _EMAIL.fullmatch(kept):
        raise Unfit("not an e-mail address", "write the work e-mail address, such as jo.bright@council.example")
    return kept


def day(text: str) -> date:
    """A date, 2026-03-02 or 02/03/2026 (the day first)."""
    for form in _DATES:
        if match := form.fullmatch(text.strip()):
            year, month, of_month = (int(match[part]) for part in ("year", "month", "day"))
            try:
                return date(year, month, of_month)
            except ValueError:
                break
    raise Unfit("not a date", "write it like 2026-03-02 or 02/03/2026")


def birth_date(today: date) -> Reader[date | None]:
    """A reader of a date of birth, None where the field is empty."""

    def read(text: str) -> date | None:
        if not text.strip():
            return None
        born = day(text)
        if born > today:
            raise Unfit("in the future", "write the date of birth")
        if born < _EARLIEST_BIRTH:
            raise Unfit("too long ago", "write the date of birth with all four digits of the year")
        return born

    return read


def stage_reached(today: date) -> Reader[tuple[Kind, date]]:
    """A reader of one event and its day, `review:2026-03-02`; it may lie ahead."""
    read_stage = one_of(tuple(EVENTS))

    def read(text: str) -> tuple[Kind, date]:
        name, separator, on = text.partition(":")
        if not separator:
            raise Unfit("not a stage with its date", "write each stage like review:2026-03-02, with ; between them")
        stage, happened_on = read_stage(name), day(on)
        if happened_on - today > LATEST_STAGE:
            raise Unfit("more than two years ahead", "check the year")
        if happened_on < EARLIEST_STAGE:
            raise Unfit("before 2000", "write the date with all four digits of the year")
        return stage, happened_on

    return read


def mobile(text: str) -> str | None:
    """A mobile number as E.164, None where the field is empty."""
    if not text.strip():
        return None
    try:
        return parse_mobile(text)
    except BadNumber as problem:
        kind = problem.code.replace("_", " ")
    raise Unfit(kind, WRITE_A_MOBILE)


def yes_or_no(text: str) -> bool | None:
    """A yes or a no, None where the field is empty."""
    return one_of(("yes", "no"))(text) == "yes" if text.strip() else None


def language(text: str) -> str:
    """A language code, `en` where the field is empty."""
    kept = text.strip().lower()
    if not kept:
        return "en"
    if not _LANGUAGE.fullmatch(kept):
        raise Unfit("not a language code", "write the ISO code, such as en for English or pl for Polish")
    return kept


def note(text: str) -> str | None:
    """A note word for word, None where there is none."""
    if len(text) > _LONGEST_NOTE:
        raise Unfit("too long", f"write at most {_LONGEST_NOTE} characters")
    return text if text.strip() else None
