"""Notifiers: whoever sent us a request for support is asked how triage handled it, two days after the decision."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.calendar import local_day, midnight
from bot.campaigns import lists
from bot.campaigns.lists import Outcome, Row
from bot.cases import readers
from bot.cases.rows import Refusal
from bot.council import Council
from bot.cover.hours import due_at
from store import audit
from store.inviting import addressees, campaigns
from store.inviting import triage as rows
from store.inviting.addressees import Addressee
from store.inviting.campaigns import NewInvitation
from store.inviting.triage import NewDecision
from store.session import Session
from surveys.catalogue import Catalogue

SURVEY = "notifier_triage"
LATER_DECISION = "later_decision"
"""Why nobody is asked about a decision after which there was another on a request of theirs."""

COLUMNS: lists.Readers = {
    "reference": lists.few_words("the decision's reference", 60),
    "decided_on": readers.day,
    "district": lists.few_words("the district", 80),
    "outcome": lists.few_words("the outcome, such as early help or no further action", 80),
    "name": lists.few_words("the notifier's name"),
    "organisation": lists.optional(lists.few_words("the notifier's organisation")),
    **lists.ADDRESSES,
}
MAY_LACK = ("organisation", "email", "mobile")


def import_list(session: Session, data: bytes, *, catalogue: Catalogue, council: Council, now: datetime) -> Outcome:
    """Take in decisions, one a row, and make the invitation of each; rows that are refused change nothing.

    A decision that is known by its reference stays as it is.

    Raises:
        bot.campaigns.lists.UnreadableList: nothing was changed.
    """
    read = lists.read(data, COLUMNS, may_lack=MAY_LACK)
    refused = list(read.refused)
    added = unchanged = 0
    for row in sorted(read.rows, key=lambda each: (each.values["decided_on"], each.line)):
        kept = _keep(session, row, catalogue, council, now)
        if isinstance(kept, Refusal):
            refused.append(kept)
        else:
            added, unchanged = added + kept, unchanged + (not kept)
    audit.record(session, at=now, staff_id=None, what="imported triage decisions", subject="triage")
    return Outcome(added, 0, unchanged, tuple(sorted(refused, key=lambda each: each.line)))


def _keep(session: Session, row: Row, catalogue: Catalogue, council: Council, now: datetime) -> bool | Refusal:
    """Keep one decision; say whether it was new."""
    values, reached_at = row.values, lists.addresses(row)
    if values["decided_on"] > local_day(now):
        return Refusal(row.line, "decided_on", "in the future", "list only decisions that have been made")
    if not reached_at:
        return lists.without_address(row)
    if addressees.of_a_family(session, reached_at):
        return lists.of_a_family(row)
    person_id = addressees.at(session, reached_at) or _add(session, row, reached_at, now)
    decision = NewDecision(
        values["reference"], person_id, values["district"], values["outcome"], values["decided_on"], now
    )
    decision_id = rows.add(session, decision)
    if decision_id is None:
        return False
    _invite(session, decision, decision_id, catalogue, council, now)
    return True


def _add(session: Session, row: Row, reached_at: Mapping[str, str], now: datetime) -> int:
    """Keep a notifier whom nobody knew, by a reference that tells nobody where they can be reached.

    They are no contact of the register, so their organisation stands as a word only.
    """
    first = next(iter(reached_at.values()))
    addressee = Addressee(
        reference=f"notifier:{hashlib.sha256(first.encode()).hexdigest()[:24]}",
        name=row.values["name"],
        addresses=reached_at,
        post=row.values["organisation"],
    )
    return addressees.keep(session, addressee, now).person_id


def _invite(
    session: Session,
    decision: NewDecision,
    decision_id: int,
    catalogue: Catalogue,
    council: Council,
    now: datetime,
) -> None:
    """Make the invitation of a decision; of several on requests of one person the latest alone is asked about."""
    survey = catalogue.get(SURVEY)
    too_old = decision.decided_on < local_day(now) - timedelta(days=council.ask_within_days)
    reason = "too_long_ago" if too_old else None
    if rows.has_later(session, decision.person_id, decision.decided_on):
        reason = LATER_DECISION
    else:
        earlier = rows.earlier_waiting(session, decision.person_id, decision.decided_on)
        campaigns.withdraw(session, earlier, LATER_DECISION, now)
    ready = midnight(decision.decided_on) + timedelta(days=survey.delay_days)
    new = NewInvitation(
        person_id=decision.person_id,
        campaign_id=None,
        triage_decision_id=decision_id,
        stage_on=decision.decided_on,
        audience=survey.audience,
        age_band=None,
        survey_id=survey.id,
        unit_id=None,
        status="not_asked" if reason else "offered",
        not_asked_because=reason,
        due_at=due_at(survey.audience, None, max(ready, now), council),
        made_at=now,
        settled_at=now if reason else None,
    )
    campaigns.invite(session, [new])
