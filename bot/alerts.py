"""Alerts: a concern given to a named person at once, and what that person does about it. How one reads: `alert_views`.

A mail or a text about an alert carries its reference and a link, never a word of what was said and never a name. The alert
stays at the top of the console until someone signed in acknowledges it; the conversation stays paused until it is released.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from analysis.taxonomy import ORDER, Concern
from analysis.urgency import hides_from_manager, most_serious
from bot.access import Viewer
from bot.conversation.events import Released
from bot.conversation.state import UnknownState
from bot.council import Council
from bot.talks.events import happens
from store import audit
from store.session import Session
from store.shown import safety
from store.shown.safety import AlertFacts, Raised
from store.shown.sight import Sight
from store.talks import conversations, messages
from store.talks.messages import Queued
from surveys.catalogue import Catalogue

log = logging.getLogger(__name__)

ALPHABET = "ACDEFGHJKLMNPQRTUVWXY34679"
"""Letters and digits that cannot be taken for one another when a reference is read out."""

HOW_SOON = {
    "red_now": "Red: open within 15 minutes",
    "red_today": "Red: open within the hour",
    "conduct": "A worker's conduct: open within the hour",
    "amber": "Amber: read today",
}
"""How serious an alert is, in the same words in mails, texts, the console and beside the simulated phones."""
TEXTED = frozenset({"red_now", "red_today"})
"""What is worth a text besides the mail."""


@dataclass(frozen=True)
class NewAlert:
    """Something that a person must look at.

    Attributes:
        reason: `concern` (words), `low_score` (a closed answer), `unread` (a fault of ours: nobody has read the message), or
            what the conversation core noticed (`bot.conversation.effects.Notice`).
        at_least: how serious it is whatever the words are.
    """

    message_id: int
    conversation_id: int | None
    reason: str
    concerns: tuple[Concern, ...]
    at: datetime
    at_least: str = "amber"

    @property
    def severity(self) -> str:
        """How serious it is: by its words, or by its reason where that is more than the words say."""
        return min(most_serious(self.concerns) or "amber", self.at_least, key=ORDER.index)

    @property
    def conduct(self) -> bool:
        """Whether it is about a worker's conduct, among whatever else it says."""
        return hides_from_manager(self.concerns)


def raise_alert(session: Session, alert: NewAlert, council: Council) -> str:
    """Write the alert and the messages that tell the duty person, in the caller's transaction; return its reference.

    A message raises one alert. A second raise for it adds its concerns to that one, and tells the duty person again where
    the alert has become more serious or turned out to be about a worker's conduct.
    """
    reference = new_reference()
    concerns = [{"message_id": alert.message_id, **concern._asdict()} for concern in alert.concerns]
    row = {
        "reference": reference,
        "message_id": alert.message_id,
        "conversation_id": alert.conversation_id,
        "reason": alert.reason,
        "severity": alert.severity,
        "conduct": alert.conduct,
        "raised_at": alert.at,
    }
    if not safety.add_alert(session, row, concerns):
        return _add_to(session, safety.raised_by(session, alert.message_id), alert, council, concerns)
    notices = _notices(reference, council, alert.reason, severity=alert.severity, conduct=alert.conduct)
    messages.queue(session, notices, alert.at)
    return reference


def _add_to(
    session: Session, raised: Raised, alert: NewAlert, council: Council, concerns: Sequence[Mapping[str, object]]
) -> str:
    safety.add_concerns(session, raised.id, concerns)
    severity = min(raised.severity, alert.severity, key=ORDER.index)
    conduct = raised.conduct or alert.conduct
    if (severity, conduct) != (raised.severity, raised.conduct):
        safety.worsen(session, raised.id, severity, conduct=conduct)
        told_again = f":{severity}:{'conduct' if conduct else 'words'}"
        notices = _notices(
            raised.reference, council, alert.reason, severity=severity, conduct=conduct, again=told_again
        )
        messages.queue(session, notices, alert.at)
    return raised.reference


def new_reference() -> str:
    """A reference that can be read out on the telephone, such as `K3P-7QX`."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(6))
    return f"{letters[:3]}-{letters[3:]}"


def _notices(
    reference: str, council: Council, reason: str, *, severity: str, conduct: bool, again: str = ""
) -> list[Queued]:
    desk = council.duty
    link = f"{council.base_url}/alerts/{reference}"
    how_soon = HOW_SOON[severity]
    by_when = how_soon.partition(": ")[2]
    mail = Queued(
        "email",
        desk.safeguarding_email if conduct else desk.mailbox(reason),
        f"Alert {reference}. {how_soon}.\n\n"
        f"Open it, and press the button there to say that you are dealing with it:\n{link}\n\n"
        "Until then it stays at the top of the console.\n\n"
        "What was said, and by whom, stands there after sign-in. It is not in this mail on purpose.\n",
        kind="alert",
        key=f"alert:{reference}:mail{again}",
        subject=f"Heard alert {reference}: {by_when}",
    )
    if severity not in TEXTED or desk.mobile is None:
        return [mail]
    text = Queued(
        "sms",
        desk.mobile,
        f"Heard alert {reference}. {how_soon}. {link}",
        kind="alert",
        key=f"alert:{reference}:text{again}",
    )
    return [mail, text]


def sight_of(viewer: Viewer) -> Sight:
    """Which alerts this viewer may see."""
    return Sight(
        viewer.staff_id,
        manager_ids=None if viewer.sees_all_alerts else viewer.managers,
        conduct=viewer.sees_conduct,
    )


def _facts_to_deal_with(session: Session, reference: str, viewer: Viewer) -> AlertFacts | None:
    return safety.facts(session, reference, sight_of(viewer)) if viewer.deals_with_alerts else None


def _record(session: Session, viewer: Viewer, what: str, reference: str, now: datetime) -> None:
    audit.record(session, at=now, staff_id=viewer.staff_id, what=viewer.noted(what), subject=reference)


def acknowledge(session: Session, reference: str, viewer: Viewer, now: datetime) -> bool:
    """Note that this person has the alert; False where somebody had it already, or it is not theirs to deal with."""
    facts = _facts_to_deal_with(session, reference, viewer)
    if facts is None or not safety.take_step(session, facts.id, "acknowledged", now, viewer.staff_id):
        return False
    safety.mark(session, facts.id, acknowledged_at=now)
    _record(session, viewer, "acknowledged an alert", reference, now)
    return True


def release(
    session: Session, reference: str, viewer: Viewer, note: str, *, catalogue: Catalogue, now: datetime
) -> bool:
    """Let what was said go to the line manager, and the conversation go on if nothing else holds it.

    Returns:
        False where nobody has acknowledged the alert, where it was released before, or it is not this viewer's to release.
    """
    facts = _facts_to_deal_with(session, reference, viewer)
    if facts is None or facts.acknowledged_at is None:
        return False
    if not safety.take_step(session, facts.id, "released", now, viewer.staff_id, note):
        return False
    safety.mark(session, facts.id, released_at=now)
    _record(session, viewer, "released an alert", reference, now)
    if facts.conversation_id is not None and not safety.unreleased_holds(session, facts.conversation_id, facts.id):
        _let_go_on(session, facts, facts.conversation_id, catalogue, now)
    return True


def _let_go_on(session: Session, facts: AlertFacts, conversation_id: int, catalogue: Catalogue, now: datetime) -> None:
    open_talk = conversations.lock(session, conversation_id)
    if open_talk is not None:
        cause = f"released:{facts.reference}"
        try:
            happens(session, open_talk, Released(), catalogue=catalogue, kind="reply", cause=cause, now=now)
        except UnknownState:
            log.error("alerts: a conversation of a format that is not known could not be let go on")  # noqa: TRY400
