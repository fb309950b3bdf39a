"""Alerts: a concern given to a named person at once, and what that person does about it.

A mail or a text about an alert carries its reference and a link, never a word of what was said and never a name. The alert
stays at the top of the console until someone signed in acknowledges it; the conversation stays paused until it is released.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from analysis.urgency import Concern, hides_from_manager, most_serious
from bot import talk
from bot.access import Viewer
from bot.comments import wording
from bot.conversation.events import Released
from bot.conversation.state import State
from bot.conversation.step import step
from bot.council import Council
from bot.respondents import who_label
from store import audit, conversations, messages, safety
from store.messages import Queued, ThreadLine
from store.safety import AlertFacts, AlertLine, Sight
from store.session import Session
from surveys.catalogue import Catalogue

ALPHABET = "ACDEFGHJKLMNPQRTUVWXY34679"
"""Letters and digits that cannot be taken for one another when a reference is read out."""

SEVERITY_OF_REASON = "red_today"
"""For a very low score, milder words beside it or not, and for a message that a fault of ours left unread."""

HOW_SOON = {
    "red_now": "someone may be in danger now: open it within 15 minutes",
    "red_today": "someone may not be safe: open it within the hour",
    "conduct": "about a worker's conduct: open it within the hour",
    "amber": "please read it today",
}
TEXTED = frozenset({"red_now", "red_today"})
"""What is worth a text besides the mail."""


@dataclass(frozen=True)
class NewAlert:
    """Something that a person must look at.

    Attributes:
        reason: `concern` (words), `low_score` (a closed answer, with words no worse than amber) or `unread` (our fault).
    """

    message_id: int
    conversation_id: int | None
    reason: str
    concerns: tuple[Concern, ...]
    at: datetime

    @property
    def severity(self) -> str:
        """How serious it is: by its words, or by its reason where that is more than the words say."""
        return most_serious(self.concerns) or "amber" if self.reason == "concern" else SEVERITY_OF_REASON

    @property
    def conduct(self) -> bool:
        """Whether it is about a worker's conduct, among whatever else it says."""
        return hides_from_manager(self.concerns)


@dataclass(frozen=True)
class AlertView:
    """An alert as its page shows it.

    Attributes:
        words: the message, word for word.
        question: what it was taken as an answer to, if anything.
        concerns: category, severity and words of each concern found.
        thread: all that was said in the conversation, or at the address where there is none.
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
    case_reference: str | None
    worker: str | None
    stage: str | None
    acknowledged_at: datetime | None
    acknowledged_by: str | None
    released_at: datetime | None
    released_by: str | None
    note: str | None
    can_release: bool
    thread: list[ThreadLine]


def raise_alert(session: Session, alert: NewAlert, council: Council) -> str:
    """Write the alert and the messages that tell the duty person, in the caller's transaction; return its reference."""
    reference = new_reference()
    safety.add_alert(
        session,
        {
            "reference": reference,
            "message_id": alert.message_id,
            "conversation_id": alert.conversation_id,
            "reason": alert.reason,
            "severity": alert.severity,
            "conduct": alert.conduct,
            "raised_at": alert.at,
        },
        [{"message_id": alert.message_id, **concern._asdict()} for concern in alert.concerns],
    )
    messages.queue(session, _notices(reference, alert, council), alert.at)
    return reference


def new_reference() -> str:
    """A reference that can be read out on the telephone, such as `K3P-7QX`."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(6))
    return f"{letters[:3]}-{letters[3:]}"


def _notices(reference: str, alert: NewAlert, council: Council) -> list[Queued]:
    desk = council.duty
    link = f"{council.base_url}/alerts/{reference}"
    how_soon = HOW_SOON[alert.severity]
    mail = Queued(
        "email",
        desk.safeguarding_email if alert.conduct else desk.email,
        f"{desk.name},\n\nalert {reference}: {how_soon}.\n\n{link}\n\n"
        "What was said, and by whom, stands there after sign-in. It is not in this mail on purpose.\n",
        kind="alert",
        key=f"alert:{reference}:mail",
        subject=f"Heard alert {reference}",
    )
    if alert.severity not in TEXTED or desk.mobile is None:
        return [mail]
    text = Queued(
        "sms", desk.mobile, f"Heard alert {reference}: {how_soon}. {link}", kind="alert", key=f"alert:{reference}:text"
    )
    return [mail, text]


def sight_of(viewer: Viewer) -> Sight:
    """Which alerts this viewer may see."""
    return Sight(manager_id=None if viewer.sees_all_alerts else viewer.staff_id, conduct=viewer.sees_conduct)


def standing(session: Session, viewer: Viewer) -> list[AlertLine]:
    """Alerts that nobody has acknowledged yet, oldest first."""
    return safety.lines(session, sight_of(viewer), standing=True)


def recent(session: Session, viewer: Viewer, limit: int = 50) -> list[AlertLine]:
    """The latest alerts, newest first."""
    return safety.lines(session, sight_of(viewer), standing=False, limit=limit)


def look_at(
    session: Session, reference: str, viewer: Viewer, *, catalogue: Catalogue, now: datetime
) -> AlertView | None:
    """One alert with everything there is to know; that it was looked at goes into the audit log.

    Returns:
        None where there is no such alert, or none that this viewer may see.
    """
    facts = safety.facts(session, reference, sight_of(viewer))
    if facts is None:
        return None
    audit.record(session, at=now, staff_id=viewer.staff_id, what="looked at an alert", subject=reference)
    steps = {taken.step: taken for taken in safety.steps_of(session, facts.id)}
    acknowledged, released = steps.get("acknowledged"), steps.get("released")
    return AlertView(
        reference=facts.reference,
        severity=facts.severity,
        reason=facts.reason,
        raised_at=facts.raised_at,
        received_at=facts.received_at,
        words=facts.words,
        question=_question(session, facts, catalogue),
        concerns=safety.concerns_of(session, facts.id),
        person=facts.person,
        who=who_label(facts.audience, facts.age_band),
        address=facts.address,
        case_reference=facts.case_reference,
        worker=facts.worker,
        stage=facts.stage,
        acknowledged_at=facts.acknowledged_at,
        acknowledged_by=acknowledged.by if acknowledged else None,
        released_at=facts.released_at,
        released_by=released.by if released else None,
        note=released.note if released else None,
        can_release=facts.acknowledged_at is not None and facts.released_at is None,
        thread=_thread(session, facts),
    )


def _thread(session: Session, facts: AlertFacts) -> list[ThreadLine]:
    if facts.conversation_id is None:
        return messages.thread_at(session, facts.channel, facts.address)
    return messages.thread(session, facts.conversation_id)


def _question(session: Session, facts: AlertFacts, catalogue: Catalogue) -> str | None:
    asked = safety.question_answered_by(session, facts.message_id)
    if asked is None or facts.survey_id is None:
        return None
    question = catalogue.get(facts.survey_id, facts.survey_version).question(asked)
    return wording(question, facts.worker) if facts.worker else question.ask


def acknowledge(session: Session, reference: str, viewer: Viewer, now: datetime) -> bool:
    """Note that this person has the alert; False where somebody had it already, or it is not theirs to see."""
    facts = safety.facts(session, reference, sight_of(viewer))
    if facts is None or not safety.take_step(session, facts.id, "acknowledged", now, viewer.staff_id):
        return False
    safety.mark(session, facts.id, acknowledged_at=now)
    audit.record(session, at=now, staff_id=viewer.staff_id, what="acknowledged an alert", subject=reference)
    return True


def release(
    session: Session, reference: str, viewer: Viewer, note: str, *, catalogue: Catalogue, now: datetime
) -> bool:
    """Let what was said go to the line manager, and the conversation go on if nothing else holds it.

    Returns:
        False where nobody has acknowledged the alert, where it was released before, or it is not this viewer's to see.
    """
    facts = safety.facts(session, reference, sight_of(viewer))
    if facts is None or facts.acknowledged_at is None:
        return False
    if not safety.take_step(session, facts.id, "released", now, viewer.staff_id, note):
        return False
    safety.mark(session, facts.id, released_at=now)
    audit.record(session, at=now, staff_id=viewer.staff_id, what="released an alert", subject=reference)
    if facts.conversation_id is not None and not safety.unreleased_holds(session, facts.conversation_id, facts.id):
        _let_go_on(session, facts, facts.conversation_id, catalogue, now)
    return True


def _let_go_on(session: Session, facts: AlertFacts, conversation_id: int, catalogue: Catalogue, now: datetime) -> None:
    open_talk = conversations.lock(session, conversation_id)
    if open_talk is None:
        return
    state = State.from_json(open_talk.state)
    if state.phase != "paused":
        return
    new_state, effects = step(state, catalogue.get(open_talk.survey_id, open_talk.survey_version), Released(), now)
    talk.move_on(session, open_talk, new_state, answered=False, heard_at=now, now=now)
    line = talk.Line(facts.channel, facts.address, conversation_id)
    talk.say(session, line, effects, kind="reply", cause=f"released:{facts.reference}", now=now)
