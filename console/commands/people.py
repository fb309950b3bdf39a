"""`flask people`: what a named worker decides about somebody who takes part in a case. The number is never an argument."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click

from bot.chats.handing import NobodyToAsk, person_of
from bot.people import alone, barring, confirming
from bot.people.keeping import Refused
from bot.talks.ways import IN_ORDER
from console.commands.plain import PlainGroup
from console.wiring import service
from store.council import people as rows
from store.council import staff
from store.migrate import migrate
from store.session import Session

people = PlainGroup(
    "people", help="Who must not be contacted, can take part alone, and is still reached where we think."
)

_case = click.argument("case")
_who = click.argument("who", metavar="NAME|ROLE")
_by = click.option("--by", required=True, metavar="EMAIL", help="Whose decision it is: a member of staff.")


@people.command("do-not-contact")
@_case
@_who
@click.argument("reason", type=click.Choice(list(barring.REASONS)))
@_by
@click.option("--note", help="In a few words; needed for the reason 'other'.")
def do_not_contact(case: str, who: str, reason: str, by: str, note: str | None) -> None:
    """Let nobody write to somebody who takes part in CASE, from now on. What is being asked ends without a word."""
    here = service()
    with _about(case, who, by) as (session, person_id, staff_id):
        changed = barring.bar(
            session,
            person_id,
            reason,
            note=note,
            staff_id=staff_id,
            now=here.clock.now(),
            catalogue=here.catalogue,
            council=here.council,
        )
    print("Nobody writes to them any more." if changed else "That was so already.")


@people.command("contact-again")
@_case
@_who
@_by
def contact_again(case: str, who: str, by: str) -> None:
    """Let people write again to somebody who takes part in CASE; what is still due is asked."""
    here = service()
    with _about(case, who, by) as (session, person_id, staff_id):
        changed = barring.lift(
            session, person_id, staff_id=staff_id, now=here.clock.now(), catalogue=here.catalogue, council=here.council
        )
    print("They may be written to again." if changed else "Nothing stood in the way.")


@people.command("alone")
@_case
@_who
@click.argument("decision", type=click.Choice(["may", "may-not"]))
@_by
@click.option("--why", required=True, help="In a few words.")
def take_part_alone(case: str, who: str, decision: str, by: str, why: str) -> None:
    """Keep whether somebody of 11 to 15 who takes part in CASE can take part alone."""
    here = service()
    with _about(case, who, by) as (session, person_id, staff_id):
        may, now = decision == "may", here.clock.now()
        alone.decide(
            session,
            person_id,
            may=may,
            why=why,
            staff_id=staff_id,
            now=now,
            catalogue=here.catalogue,
            council=here.council,
        )
    print("Kept: they can take part alone." if may else "Kept: they cannot take part alone.")


@people.command("confirm")
@_case
@_who
@_by
def confirm(case: str, who: str, by: str) -> None:
    """Keep that you have asked somebody who takes part in CASE, and that every address we have is theirs still."""
    here = service()
    confirmed = 0
    with _about(case, who, by) as (session, person_id, staff_id):
        for channel in IN_ORDER:
            for point in rows.addresses(session, person_id, channel):
                confirmed += confirming.confirm(
                    session,
                    person_id,
                    channel,
                    point.address,
                    staff_id=staff_id,
                    now=here.clock.now(),
                    catalogue=here.catalogue,
                    council=here.council,
                )
    print(f"{confirmed} confirmed." if confirmed else "They have no address that could be used: ask for a new one.")


@contextmanager
def _about(case: str, who: str, by: str) -> Iterator[tuple[Session, int, int]]:
    """A transaction, the person who is meant and the member of staff; what cannot be done is told in its sentence."""
    migrate(service().database)
    try:
        with service().database.writing() as session:
            member = staff.by_email(session, by)
            if member is None:
                told = "nobody of that address works here: see 'flask staff list'"
                raise click.BadParameter(told, param_hint="--by")
            yield session, person_of(session, case, who).person_id, member.id
    except NobodyToAsk as problem:
        raise click.ClickException(str(problem)) from None
    except Refused as refused:
        told = "; ".join(f"{problem.field}: {problem.kind}; {problem.instead}" for problem in refused.problems)
        raise click.ClickException(told) from None
