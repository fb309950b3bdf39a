"""People, as the case system has them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from bot.calendar import local_day
from bot.cases import unusable
from bot.people import again, alone, barring, keeping
from bot.people.keeping import PersonDetails, Refused
from bot.people.named import worker_named
from channels.phones import BadNumber, parse_mobile
from console.api.models import AloneSaid, AloneTold, BarSaid, BarTold, PersonSaid, PersonTold, PointTold
from console.api.operations import Call, Reply
from console.api.problems import Flaw, Problem, missing
from console.api.refusals import as_problem
from store.council import data_notes
from store.systems import reading
from store.systems.reading import PersonRow

_MOBILES = "#/mobiles"


def put_person(call: Call) -> Reply:
    """Keep a person as they are now: new, or changed."""
    service = call.service
    try:
        details = _details(call)
        with as_problem():
            known, has_changed = _keep(call, details)
    except Problem as problem:
        problem.afterwards = _note_of_number(call, problem)
        raise
    if known:
        data_notes.settle_refused(call.session, [known.id], call.now)
    if known and has_changed:
        again.look_again(call.session, known.id, catalogue=service.catalogue, council=service.council, now=call.now)
    did = "kept a person" if has_changed else None
    return Reply(200 if known else 201, _told(call, person_of(call)), did=did)


def read_person(call: Call) -> Reply:
    """What is kept of a person."""
    return Reply(200, _told(call, person_of(call)))


def bar_person(call: Call) -> Reply:
    """Have nobody write to a person, whatever else is recorded."""
    said = call.said(BarSaid)
    person = person_of(call)
    service = call.service
    with as_problem():
        is_new = barring.bar(
            call.session,
            person.id,
            said.reason,
            note=said.note,
            staff_id=worker_named(call.session, said.worker, call.now) if said.worker else None,
            catalogue=service.catalogue,
            council=service.council,
            now=call.now,
        )
    did = f"said that a person must not be contacted: {said.reason}" if is_new else None
    return Reply(200, _told(call, person), did=did)


def free_person(call: Call) -> Reply:
    """Let people write to a person again."""
    person, service = person_of(call), call.service
    was_barred = barring.lift(
        call.session, person.id, staff_id=None, catalogue=service.catalogue, council=service.council, now=call.now
    )
    return Reply(204, did="said that a person may be contacted again" if was_barred else None)


def decide_alone(call: Call) -> Reply:
    """Keep whether a person can take part alone, as a named worker has decided."""
    said, person, service = call.said(AloneSaid), person_of(call), call.service
    with as_problem():
        is_new = alone.decide_in_name_of(
            call.session,
            person.id,
            said.worker,
            may=said.may,
            why=said.why,
            catalogue=service.catalogue,
            council=service.council,
            now=call.now,
        )
    did = f"told of a worker's decision that somebody {'can' if said.may else 'cannot'} take part alone"
    return Reply(200, _told(call, person), did=did if is_new else None)


def person_of(call: Call, parameter: str = "reference") -> PersonRow:
    """The person in the path.

    Raises:
        Problem: nobody of that reference is kept.
    """
    found = reading.person(call.session, str(call.path[parameter]))
    if found is None:
        raise missing("person", parameter)
    return found


def _keep(call: Call, details: PersonDetails) -> tuple[PersonRow | None, bool]:
    """Add or change a person; return how they were kept before, if they were, and whether anything has changed."""
    known = reading.person(call.session, call.reference)
    desk = call.service.council.duty.mobile
    if known is None:
        try:
            keeping.add(call.session, details, now=call.now, desk=desk)
        except Refused:
            known = reading.person(call.session, call.reference)
            if known is None:
                raise  # it is not that the same call has come a moment earlier
        else:
            return None, True
    return known, keeping.change(call.session, known.id, details, now=call.now, desk=desk)


def _note_of_number(call: Call, problem: Problem) -> Callable[[], None] | None:
    """What notes for the team that a number of somebody who is kept was refused; None where none was, or nobody is kept."""
    instead = next((flaw.detail for flaw in problem.errors if (flaw.pointer or "").startswith(_MOBILES)), None)
    known = reading.person(call.session, call.reference) if instead else None
    if instead is None or known is None:
        return None
    return partial(unusable.note_one, call.service.database, "a case system", instead, call.now, person_id=known.id)


def _details(call: Call) -> PersonDetails:
    said = call.said(PersonSaid)
    read: list[str] = []
    flaws: list[Flaw] = []
    for place, mobile in enumerate(said.mobiles):
        try:
            read.append(parse_mobile(mobile, call.service.council.country))
        except BadNumber as bad:
            flaws.append(Flaw(pointer=f"#/mobiles/{place}", parameter=None, detail=bad.explanation))
    if flaws:
        raise Problem("refused", "Mend what `errors` lists; nothing has been changed.", errors=flaws)
    written = said.model_dump(exclude={"mobiles", "emails"})
    return PersonDetails(**written, mobiles=tuple(read), emails=tuple(said.emails), reference=call.reference)


def _told(call: Call, person: PersonRow) -> PersonTold:
    points = reading.points(call.session, person.id)
    bar, decided = reading.bar(call.session, person.id), reading.alone(call.session, person.id)
    shown = person._asdict()
    del shown["id"]
    return PersonTold(
        **shown,
        contact_points=[
            PointTold(
                channel=point.channel,
                address=point.address,
                in_use=point.in_use,
                confirmed_on=local_day(point.confirmed_at),
            )
            for point in points
        ],
        do_not_contact=BarTold(reason=bar.reason, since=local_day(bar.began_at)) if bar else None,
        alone=AloneTold(may=decided.may, worker=decided.worker, decided_on=local_day(decided.decided_at))
        if decided
        else None,
    )
