"""What there is to see of alerts, and for whom.

The duty desk and the administrators read what was said at once. A line manager sees that there is an alert about one of his
workers' cases, and its words only after it has been released; what is about a worker's conduct he never sees, in this
alert's conversation or in any other's. That is for the duty desk alone, an administrator on the rota included, and never for
those of whose own work it is.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from bot.access import Viewer
from bot.alerts import sight_of
from bot.conversation.state import State, UnknownState
from bot.respondents import who_label
from bot.service import Service
from bot.shown.comments import wording
from store import audit
from store.session import Session
from store.shown import reached, safety
from store.shown.doubts import HOLDING
from store.shown.reached import Reached
from store.shown.safety import AlertFacts, AlertRow
from store.shown.sight import messages_of_conduct, unreleased_messages
from store.talks import messages
from store.talks.messages import ThreadLine
from surveys.catalogue import Catalogue

HELD = "held"
"""The reason that those read who may not know it yet."""


ALONE = frozenset({"help", "other_language", "unreadable"})
"""Concerns that mean no sign of danger where they stand alone; the reason then names them."""


@dataclass(frozen=True)
class AlertLine:
    """An alert in a list: nothing of what was said. `conversation_paused`: our questions wait for its release."""

    reference: str
    severity: str
    reason: str
    raised_at: datetime
    acknowledged_at: datetime | None
    released_at: datetime | None
    conversation_paused: bool


@dataclass(frozen=True)
class AlertView:
    """An alert as its page shows it. While `held`, it says that there is one, how serious, since when and of which case.

    Attributes:
        words: the message, word for word.
        question: what it was taken as an answer to, if anything.
        concerns: category, severity and words of each concern found.
        place: where it was said, if that was no phone: in a web chat, or in an open survey of which anybody may answer.
        thread: all that was said in the conversation, or at the address where there is none.
        works_at: the organisation of a partner's contact, and what they are there.
        reached_at: how whoever wrote on their own page on the web is reached beside it.
        can_deal: this viewer acknowledges and releases alerts.
    """

    reference: str
    severity: str
    reason: str
    raised_at: datetime
    received_at: datetime
    words: str
    question: str | None
    concerns: list[tuple[str, str, str]]
    person: str | None
    who: str | None
    address: str
    place: str | None
    case_reference: str | None
    worker: str | None
    stage: str | None
    acknowledged_at: datetime | None
    acknowledged_by: str | None
    released_at: datetime | None
    released_by: str | None
    note: str | None
    can_deal: bool
    can_release: bool
    held: bool
    thread: list[ThreadLine]
    works_at: str | None = None
    reached_at: tuple[str, ...] = ()


def standing(session: Session, viewer: Viewer) -> list[AlertLine]:
    """Alerts that nobody has acknowledged yet, the most serious first and then the oldest."""
    return [_line(row, viewer) for row in safety.lines(session, sight_of(viewer), standing=True)]


def recent(session: Session, viewer: Viewer, limit: int = 50) -> list[AlertLine]:
    """The latest alerts, newest first."""
    return [_line(row, viewer) for row in safety.lines(session, sight_of(viewer), standing=False, limit=limit)]


def _line(row: AlertRow, viewer: Viewer) -> AlertLine:
    return AlertLine(
        reference=row.reference,
        severity=row.severity,
        reason=HELD if _is_held(row, viewer) else _reason(row.reason, {row.first_category, row.last_category}),
        raised_at=row.raised_at,
        acknowledged_at=row.acknowledged_at,
        released_at=row.released_at,
        conversation_paused=row.open_state is not None
        and _is_paused(row.open_state)
        and _may_tell_of_pause(row, viewer),
    )


def _is_paused(kept: str) -> bool:
    """Whether a conversation waits for a release; one that this version cannot read asks nothing, and hides no alert."""
    try:
        return State.from_json(kept).phase == "paused"
    except UnknownState:
        return True


def _may_tell_of_pause(row: AlertRow, viewer: Viewer) -> bool:
    """Whether the pause is known to be this alert's doing; else it may be that of one about a worker's conduct."""
    return viewer.sees_conduct or (row.severity in HOLDING and row.released_at is None)


def _reason(reason: str, categories: Collection[str | None]) -> str:
    """Why there is an alert; where a mere HELP, say, is all of it, that."""
    alone = next(iter(categories)) if len(categories) == 1 else None
    return alone if reason == "concern" and alone in ALONE else reason


def _is_held(alert: AlertRow | AlertFacts, viewer: Viewer) -> bool:
    return alert.released_at is None and not viewer.deals_with_alerts


def look_at(service: Service, reference: str, viewer: Viewer) -> AlertView | None:
    """One alert with everything that this viewer may know; that it was looked at goes into the audit log first.

    Returns:
        None where there is no such alert, or none that this viewer may see.
    """
    with service.database.reading() as session:
        facts = safety.facts(session, reference, sight_of(viewer))
        view = _view(session, facts, viewer, service.catalogue) if facts else None
    if view is None:
        return None
    with service.database.writing() as session:
        now = service.clock.now()
        audit.record(
            session, at=now, staff_id=viewer.staff_id, what=viewer.noted("looked at an alert"), subject=reference
        )
    return view


def _view(session: Session, facts: AlertFacts, viewer: Viewer, catalogue: Catalogue) -> AlertView:
    beside = _reached(session, facts)
    steps = {taken.step: taken for taken in safety.steps_of(session, facts.id)}
    acknowledged, released = steps.get("acknowledged"), steps.get("released")
    concerns = safety.concerns_of(session, facts.id)
    view = AlertView(
        reference=facts.reference,
        severity=facts.severity,
        reason=_reason(facts.reason, {concern[0] for concern in concerns}),
        raised_at=facts.raised_at,
        received_at=facts.received_at,
        words=messages.words_of(session, facts.message_id),
        question=_question(session, facts, catalogue),
        concerns=concerns,
        person=facts.person,
        who=_who(facts, catalogue),
        address="" if facts.channel == "web" else facts.address,
        place=_place(facts, catalogue),
        case_reference=facts.case_reference,
        worker=facts.worker,
        stage=facts.stage,
        acknowledged_at=facts.acknowledged_at,
        acknowledged_by=acknowledged.by if acknowledged else None,
        released_at=facts.released_at,
        released_by=released.by if released else None,
        note=released.note if released else None,
        can_deal=viewer.deals_with_alerts,
        can_release=viewer.deals_with_alerts and facts.acknowledged_at is not None and facts.released_at is None,
        held=False,
        thread=_thread(session, facts, viewer),
        works_at=", ".join(filter(None, (beside.organisation, beside.post))) or None if beside else None,
        reached_at=beside.addresses if beside else (),
    )
    return _without_words(view) if _is_held(facts, viewer) else view


def _who(facts: AlertFacts, catalogue: Catalogue) -> str | None:
    """Who wrote it, as far as anybody knows: in an open survey, whom it asks."""
    if facts.door is None or facts.survey_id is None:
        return who_label(facts.audience, facts.age_band)
    return who_label(catalogue.get(facts.survey_id, facts.survey_version).audience, None)


def _place(facts: AlertFacts, catalogue: Catalogue) -> str | None:
    if facts.channel != "web":
        return None
    if facts.door is None or facts.survey_id is None:
        return "Web chat, by their own link"
    title = catalogue.get(facts.survey_id, facts.survey_version).title
    about = f", {facts.unit}" if facts.unit else ""
    if facts.by_ticket:
        return f"{title}, by a link that nobody can tell whose it was{about}"
    return f"Web chat that anybody may enter: {title} (code {facts.door}){about}"


def _without_words(view: AlertView) -> AlertView:
    return replace(
        view,
        reason=HELD,
        words="",
        question=None,
        concerns=[],
        person=None,
        who=None,
        address="",
        held=True,
        thread=[],
        works_at=None,
        reached_at=(),
    )


def _reached(session: Session, facts: AlertFacts) -> Reached | None:
    """How to reach somebody who wrote on their own page; on a phone, that phone is known, and behind a door nobody is."""
    is_own_page = facts.channel == "web" and facts.door is None and facts.conversation_id is not None
    return reached.of_conversation(session, facts.conversation_id or 0) if is_own_page else None


def _thread(session: Session, facts: AlertFacts, viewer: Viewer) -> list[ThreadLine]:
    if facts.conversation_id is None:
        lines = messages.thread_at(session, facts.channel, facts.address)
    else:
        lines = messages.thread(session, facts.conversation_id)
    ids = [line.id for line in lines]
    unknown = messages_of_conduct(session, ids, sight_of(viewer))
    waiting = set() if viewer.deals_with_alerts else unreleased_messages(session, ids)
    return [line._replace(text=None) if line.id in waiting else line for line in lines if line.id not in unknown]


def _question(session: Session, facts: AlertFacts, catalogue: Catalogue) -> str | None:
    asked = safety.question_answered_by(session, facts.message_id)
    if asked is None or facts.survey_id is None:
        return None
    question = catalogue.get(facts.survey_id, facts.survey_version).question(asked)
    return wording(question, facts.worker) if facts.worker else question.ask
