"""What has happened in cases. Invitations follow from an event by themselves, at the planner's next turn."""

from __future__ import annotations

from bot.calendar import local_day
from bot.cases import events
from console.api import cursors
from console.api.cases import case_of
from console.api.models import EventSaid, EventsTold, EventTold, MovedSaid, Paging, Withdrawal
from console.api.operations import Call, Reply
from console.api.problems import PREFIX, Flaw, Problem
from console.api.refusals import as_problem
from store.systems import reading
from store.systems.reading import EventRow


def report_event(call: Call) -> Reply:
    """Keep an event of a case, unless it is there already."""
    said = call.said(EventSaid)
    case, service = case_of(call), call.service
    with as_problem():
        reported = events.report(
            call.session,
            case.id,
            said.stage,
            said.happened_on,
            reference=said.reference,
            catalogue=service.catalogue,
            council=service.council,
            now=call.now,
        )
    kept = reading.event(call.session, reported.event_id)
    if kept is None:
        flaw = Flaw(
            pointer="#/reference", parameter=None, detail="Report it under a new reference, if it has happened."
        )
        raise Problem("refused", "This event was withdrawn.", errors=[flaw])
    did = f"reported {said.stage}" if reported.is_new else None
    location = f"{PREFIX}/events/{kept.id}"
    return Reply(201 if reported.is_new else 200, _told(kept), did=did, location=location)


def list_events(call: Call) -> Reply:
    """The events of a case, in the order in which we were told of them; withdrawn ones too."""
    asked, case = call.asked(Paging), case_of(call)
    found = reading.events(call.session, case.id, cursors.read_id(asked.after), asked.limit + 1)
    shown = found[: asked.limit]
    following = cursors.after_id(shown[-1].id) if len(found) > asked.limit else None
    return Reply(200, EventsTold(events=[_told(event) for event in shown], next=following))


def read_event(call: Call) -> Reply:
    """An event, unless it has been withdrawn."""
    return Reply(200, _told(_event(call, int(call.path["event_id"]))))


def move_event(call: Call) -> Reply:
    """Correct the day of an event."""
    said, service = call.said(MovedSaid), call.service
    event = _event(call, int(call.path["event_id"]))
    with as_problem():
        events.correct(
            call.session,
            event.id,
            said.happened_on,
            catalogue=service.catalogue,
            council=service.council,
            now=call.now,
        )
    did = "corrected the day of an event" if event.happened_on != said.happened_on else None
    return Reply(200, _told(_event(call, event.id)), did=did)


def withdraw_event(call: Call) -> Reply:
    """Withdraw an event that never happened."""
    asked, service = call.asked(Withdrawal), call.service
    event = _event(call, int(call.path["event_id"]))
    with as_problem():
        events.withdraw(
            call.session,
            event.id,
            asked.because,
            catalogue=service.catalogue,
            council=service.council,
            now=call.now,
        )
    return Reply(204, did=f"withdrew an event: {asked.because}")


def _event(call: Call, event_id: int) -> EventRow:
    found = reading.event(call.session, event_id)
    if found is None:
        raise Problem("not-found", "No event of that number is kept here, or it was withdrawn.")
    return found


def _told(event: EventRow) -> EventTold:
    return EventTold(
        id=event.id,
        case=event.case,
        stage=event.stage,
        happened_on=event.happened_on,
        reference=event.reference,
        withdrawn_on=local_day(event.withdrawn_at) if event.withdrawn_at else None,
    )
