"""Keeping a person as somebody gives them: in a form, or from another system. Kept whole, or refused with all its faults."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.calendar import local_day
from bot.people import numbers
from bot.refusals import NO_AGE, Problem, Refused
from bot.talks.ways import IN_ORDER
from channels.phones import BadNumber, parse_mobile
from store import audit
from store.council import details as rows
from store.council import participants, people
from store.council.details import Details
from store.session import Session
from surveys.stages import AGE_BANDS, AgeBand

__all__ = ["PersonDetails", "Problem", "Refused", "add", "change"]

SAFE_CONTACTS = ("text", "discreet", "none")
LONGEST_NAME = 40
LONGEST_NOTE = 2_000
EARLIEST_BIRTH = date(1900, 1, 1)
REPLACED, REMOVED = "replaced", "removed"
"""Why an address that was left out is not used any more; given again, it is."""

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", re.ASCII)
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>.]+(\.[^@\s,;<>.]+)+")


@dataclass(frozen=True)
class PersonDetails:
    """A person as they are to be kept.

    Attributes:
        name: the name to use in a text, such as a first name.
        age_band: where the birth date is not known.
        easy_read: they get the easy-read wording, where a question has one.
        safe_contact: `text`, `discreet` or `none`, as their worker has recorded it.
        preferred_channel: `sms` or `telegram`, if they have said.
        mobiles: E.164; all that they have, so that a number which is left out is used no more.
        emails: all that they have, likewise.
        reference: what the system that tells us of them calls them.
    """

    name: str
    birth_date: date | None = None
    age_band: AgeBand | None = None
    language: str = "en"
    easy_read: bool = False
    safe_contact: str = "none"
    safe_contact_note: str | None = None
    preferred_channel: str | None = None
    mobiles: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    reference: str | None = None


def add(
    session: Session, details: PersonDetails, *, now: datetime, staff_id: int | None = None, desk: str | None = None
) -> int:
    """Keep a new person, in the caller's transaction; return the id.

    Args:
        staff_id: who adds them by hand, for the log.
        desk: the mobile of the duty desk, which is no family's.

    Raises:
        Refused: with everything that is wrong; nothing was changed.
    """
    _check(session, details, None, now, desk)
    person_id = rows.add(session, _row(details))
    if person_id is None:
        raise Refused([_TAKEN])
    _keep_addresses(session, person_id, details, now)
    _note(session, person_id, "added a person", staff_id, now)
    return person_id


def change(
    session: Session,
    person_id: int,
    details: PersonDetails,
    *,
    now: datetime,
    staff_id: int | None = None,
    desk: str | None = None,
) -> bool:
    """Keep what is known of a person now, in the caller's transaction; return whether anything was another before.

    `bot.people.again.look_again` then offers what may be asked by now.

    Args:
        staff_id, desk: as for `add`.

    Raises:
        Refused: with everything that is wrong; nothing was changed.
    """
    known = rows.of(session, person_id)
    if known is None:
        raise Refused([Problem("person", "not known", "choose a person who is kept here")])
    _check(session, details, person_id, now, desk)
    wanted = _row(details)
    if rows.has_age(known) and not rows.has_age(wanted) and participants.is_young_person(session, person_id):
        raise Refused([NO_AGE])
    differs = wanted != known
    if differs and not rows.change(session, person_id, wanted):
        raise Refused([_TAKEN])
    readdressed = _keep_addresses(session, person_id, details, now, by_hand=staff_id is not None)
    if differs or readdressed:
        _note(session, person_id, "changed a person", staff_id, now)
    return differs or readdressed


_TAKEN = Problem(
    "reference", "taken", "somebody else is kept under it: change them, or write this person's own reference"
)


def _row(details: PersonDetails) -> Details:
    return Details(
        reference=details.reference,
        name=details.name.strip(),
        birth_date=details.birth_date,
        age_band=details.age_band,
        language=details.language,
        easy_read=details.easy_read,
        safe_contact=details.safe_contact,
        safe_contact_note=details.safe_contact_note or None,
        preferred_channel=details.preferred_channel,
    )


def _note(session: Session, person_id: int, what: str, staff_id: int | None, now: datetime) -> None:
    if staff_id is not None:
        audit.record(session, at=now, staff_id=staff_id, what=what, subject=f"person {person_id}")


def _check(session: Session, details: PersonDetails, person_id: int | None, now: datetime, desk: str | None) -> None:
    today = local_day(now)
    problems = [problem for check in (_of_words, _of_age(today), _of_choices, _of_emails) for problem in check(details)]
    problems += _of_mobiles(session, details.mobiles, person_id, desk)
    if problems:
        raise Refused(problems)


def _of_words(details: PersonDetails) -> Iterator[Problem]:
    name = details.name.strip()
    if not name:
        yield Problem("name", "blank", "write the name to use in a text, such as a first name")
    elif len(name) > LONGEST_NAME:
        yield Problem("name", "too long", f"write at most {LONGEST_NAME} characters")
    elif not name.isprintable():
        yield Problem("name", "holds hidden characters", "type it afresh, rather than pasting it")
    if len(details.safe_contact_note or "") > LONGEST_NOTE:
        yield Problem("safe_contact_note", "too long", f"write at most {LONGEST_NOTE} characters")
    if details.reference is not None and not details.reference.strip():
        yield Problem("reference", "blank", "write what your system calls this person, or leave it out")


def _of_age(today: date) -> Callable[[PersonDetails], Iterator[Problem]]:
    def check(details: PersonDetails) -> Iterator[Problem]:
        born = details.birth_date
        if born is not None and born > today:
            yield Problem("birth_date", "in the future", "write the date of birth")
        elif born is not None and born < EARLIEST_BIRTH:
            yield Problem("birth_date", "too long ago", "write the date of birth with all four digits of the year")
        yield from _one_of("age_band", details.age_band, (None, *AGE_BANDS))

    return check


def _of_choices(details: PersonDetails) -> Iterator[Problem]:
    yield from _one_of("safe_contact", details.safe_contact, SAFE_CONTACTS)
    yield from _one_of("preferred_channel", details.preferred_channel, (None, *IN_ORDER))
    if not _LANGUAGE.fullmatch(details.language):
        yield Problem("language", "not a language code", "write the ISO code, such as en for English or pl for Polish")


def _one_of(field: str, given: str | None, choices: Sequence[str | None]) -> Iterator[Problem]:
    if given not in choices:
        known = ", ".join(choice for choice in choices if choice)
        yield Problem(field, "not one of the choices", f"write one of: {known}")


def _of_emails(details: PersonDetails) -> Iterator[Problem]:
    if not all(_EMAIL.fullmatch(email) and len(email) <= 254 for email in details.emails):
        yield Problem("emails", "not an e-mail address", "write it like jo.bright@council.example")


def _of_mobiles(session: Session, mobiles: Iterable[str], person_id: int | None, desk: str | None) -> Iterator[Problem]:
    for mobile in dict.fromkeys(mobiles):
        try:
            is_exact = parse_mobile(mobile) == mobile
        except BadNumber as problem:
            yield Problem("mobiles", problem.code.replace("_", " "), problem.explanation)
            continue
        if not is_exact:
            yield Problem("mobiles", "not in full", "write it with its country in front, such as +447700900123")
        elif found := numbers.problem_with(session, mobile, person_id=person_id, desk=desk):
            yield found


def _keep_addresses(
    session: Session, person_id: int, details: PersonDetails, now: datetime, *, by_hand: bool = False
) -> bool:
    """Whether anything about the person's addresses was written.

    An address that was left out and is given again was known to be theirs when it was last; only a hand knows it anew.
    """
    emails = [email.lower() for email in details.emails]
    kept = [
        _keep(session, person_id, channel, list(dict.fromkeys(wanted)), now, by_hand=by_hand)
        for channel, wanted in (("sms", details.mobiles), ("email", emails))
    ]
    return any(kept)


def _keep(
    session: Session, person_id: int, channel: str, wanted: Sequence[str], now: datetime, *, by_hand: bool
) -> bool:
    known = {point.address: point for point in people.addresses(session, person_id, channel)}
    left = [point for point in known.values() if point.closed_because is None and point.address not in wanted]
    for point in left:
        people.mark_address(session, point.id, REPLACED if wanted else REMOVED)
    new = [address for address in wanted if address not in known]
    for address in new:
        people.add_address(session, person_id, channel, address, confirmed_at=now)
    back = [known[address] for address in wanted if address in known]
    back = [point for point in back if point.closed_because in {REPLACED, REMOVED}]
    for point in back:
        people.mark_address(session, point.id, None, confirmed_at=now if by_hand else None)
    return bool(left or new or back)
