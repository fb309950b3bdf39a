"""The register of partner organisations and of whom to ask there."""

from __future__ import annotations

from datetime import datetime

from bot.calendar import local_day
from bot.campaigns import lists
from bot.campaigns.lists import Outcome, Row
from bot.cases import readers
from bot.cases.rows import Refusal
from bot.people import numbers
from store import audit
from store.inviting import addressees
from store.inviting import partners as rows
from store.inviting.addressees import Addressee
from store.inviting.partners import OrganisationFacts
from store.session import Session
from surveys.stages import LEVELS

COLUMNS: lists.Readers = {
    "organisation": lists.few_words("the organisation's name"),
    "kind": lists.few_words("what it is, such as school, health or voluntary", 60),
    "level": lists.optional(readers.one_of(LEVELS)),
    "district": lists.optional(lists.few_words("the district", 80)),
    "post": lists.few_words("what the contact is there, such as designated safeguarding lead"),
    "name": lists.few_words("the contact's name"),
    **lists.ADDRESSES,
}
MAY_LACK = ("level", "district", "email", "mobile")


class NoSuchPartner(ValueError):
    """There is no such organisation or contact; the sentence says what to do instead."""


def import_list(session: Session, data: bytes, now: datetime) -> Outcome:
    """Take in a register, one contact a row; rows that are refused change nothing.

    A contact is found by organisation and post: whoever takes over a post takes over its place in the register.

    Raises:
        bot.campaigns.lists.UnreadableList: nothing was changed.
    """
    read = lists.read(data, COLUMNS, may_lack=MAY_LACK)
    added = changed = 0
    refused = list(read.refused)
    taken = 0
    for row in read.rows:
        kept = _keep(session, row, now)
        if isinstance(kept, Refusal):
            refused.append(kept)
            continue
        taken += 1
        added += kept == "added"
        changed += kept == "changed"
    audit.record(session, at=now, staff_id=None, what="imported partners", subject="partners")
    return Outcome(added, changed, taken - added - changed, tuple(sorted(refused, key=lambda each: each.line)))


def add(session: Session, values: dict[str, str], now: datetime) -> Outcome:
    """Add one contact, given as the texts of a row by column; as `import_list` does."""
    read = lists.read_one(values, COLUMNS)
    if read.refused:
        return Outcome(0, 0, 0, read.refused)
    kept = _keep(session, read.rows[0], now)
    if isinstance(kept, Refusal):
        return Outcome(0, 0, 0, (kept,))
    return Outcome(int(kept == "added"), int(kept == "changed"), int(kept == "unchanged"), ())


def leave(session: Session, organisation: str, post: str | None, now: datetime) -> int:
    """Ask an organisation no more, or whoever is in a post there; return how many addresses are used no more.

    Raises:
        NoSuchPartner: there is none.
    """
    organisation_id = rows.find(session, organisation)
    if organisation_id is None:
        raise NoSuchPartner(f"There is no organisation {organisation}: see 'flask partners list'.")
    if post is None:
        rows.leave(session, organisation_id, local_day(now))
        people = rows.contacts(session, [organisation_id])
    else:
        person_id = rows.contact_in(session, organisation_id, post)
        if person_id is None:
            raise NoSuchPartner(f"{organisation} has nobody who is {post}: see 'flask partners list'.")
        people = [person_id]
    audit.record(session, at=now, staff_id=None, what="noted that a partner has left", subject="partners")
    return addressees.leave(session, people)


def _keep(session: Session, row: Row, now: datetime) -> str | Refusal:
    """Keep one row; say whether it was `added`, `changed` or `unchanged`."""
    reached_at = lists.addresses(row)
    if not reached_at:
        return lists.without_address(row)
    mobile = reached_at.get("sms")
    if addressees.of_a_family(session, {way: at for way, at in reached_at.items() if way != "sms"}):
        return lists.of_a_family(row)
    if mobile:
        numbers.taken_by_partner(session, mobile, now)
    organisation = rows.keep(session, _facts(session, row), local_day(now))
    post = row.values["post"]
    person = addressees.keep(
        session,
        Addressee(
            reference=f"partner:{organisation.id}:{post.casefold()}",
            name=row.values["name"],
            addresses=reached_at,
            organisation_id=organisation.id,
            post=post,
        ),
        now,
    )
    if person.is_new:
        return "added"
    return "changed" if person.has_changed or organisation.has_changed else "unchanged"


def _facts(session: Session, row: Row) -> OrganisationFacts:
    """What a row says of its organisation, by the name that the register has for it, capitals or not."""
    values = row.values
    known = rows.name_of(session, values["organisation"])
    return OrganisationFacts(known or values["organisation"], values["kind"], values["level"], values["district"])
